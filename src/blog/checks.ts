import type { Insertable, Selectable } from 'kysely';
import { inPieces } from '../core/batches.ts';
import type { Database } from '../core/database.ts';
import type { CheckedKind, CheckTable, EvidenceTable } from '../core/state-tables.ts';

/** A row of blogctl_check. */
export type Check = Readonly<Selectable<CheckTable>>;

/** A row of blogctl_evidence. */
export type Evidence = Readonly<Selectable<EvidenceTable>>;

const rowsAtOnce = 50;
const evidenceKept = 100;

/** What is known of all things of a kind, by id. */
export async function checksOf({ query }: Database, site: string, kind: CheckedKind): Promise<Map<number, Check>> {
  const rows = await query
    .selectFrom('blogctl_check')
    .selectAll()
    .where('site', '=', site)
    .where('kind', '=', kind)
    .execute();
  return new Map(rows.map((row) => [row.target_id, row]));
}

/** Keeps what is known of things now, in place of what was. */
export async function keepChecks({ query }: Database, checks: readonly Check[]): Promise<void> {
  for (const some of inPieces(checks, rowsAtOnce)) {
    await query.transaction().execute(async (within) => {
      for (const { site, kind, target_id: id, ...values } of some) {
        const changed = await within
          .updateTable('blogctl_check')
          .set(values)
          .where('site', '=', site)
          .where('kind', '=', kind)
          .where('target_id', '=', id)
          .executeTakeFirst();
        // MySQL's driver asks for the rows that were found, so that one which was already so counts, too.
        if (changed.numUpdatedRows > 0n) continue;
        await within
          .insertInto('blogctl_check')
          .values({ site, kind, target_id: id, ...values })
          .execute();
      }
    });
  }
}

/** Adds to the time line. */
export async function addEvidence({ query }: Database, all: readonly Insertable<EvidenceTable>[]): Promise<void> {
  for (const some of inPieces(all, rowsAtOnce)) {
    await query
      .insertInto('blogctl_evidence')
      .values([...some])
      .execute();
  }
}

/** The time line of one thing, newest first. */
export async function evidenceOf(
  { query }: Database,
  site: string,
  kind: CheckedKind,
  id: number,
): Promise<readonly Evidence[]> {
  return query
    .selectFrom('blogctl_evidence')
    .selectAll()
    .where('site', '=', site)
    .where('kind', '=', kind)
    .where('target_id', '=', id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(evidenceKept)
    .execute();
}
