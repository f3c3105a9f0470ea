import type { Insertable, Selectable } from 'kysely';
import { inPieces } from '../core/batches.ts';
import type { Database } from '../core/database.ts';
import { plainText, wellFormed } from '../core/plain-text.ts';
import type { CheckedKind, CheckTable, EvidenceTable } from '../core/web-tables.ts';

/** A row of blogctl_check. */
export type Check = Readonly<Selectable<CheckTable>>;

/** A row of blogctl_evidence. */
export type Evidence = Readonly<Selectable<EvidenceTable>>;

const rowsAtOnce = 50;
const evidenceKept = 100;
/** So many more may gather before they are cut back: not at each look. */
const evidenceSlack = 25;
const longestReason = 1000;

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

/** Adds to the time line. A reason may be a stranger's words: it is made fit for every database. */
export async function addEvidence({ query }: Database, all: readonly Insertable<EvidenceTable>[]): Promise<void> {
  for (const some of inPieces(all, rowsAtOnce)) {
    await query
      .insertInto('blogctl_evidence')
      .values(some.map((one) => ({ ...one, reason: plainText(wellFormed(one.reason.slice(0, longestReason))) })))
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

/** Cuts the time lines of a kind back to the newest hundred looks each. */
export async function cutEvidence({ query }: Database, site: string, kind: CheckedKind): Promise<void> {
  const of = query.selectFrom('blogctl_evidence').where('site', '=', site).where('kind', '=', kind);
  const long = await of
    .select('target_id')
    .groupBy('target_id')
    .having((has) => has(has.fn.countAll(), '>', evidenceKept + evidenceSlack))
    .execute();
  for (const { target_id: id } of long) {
    const old = of.select('id').where('target_id', '=', id).orderBy('at', 'desc').orderBy('id', 'desc');
    const rows = await old
      .offset(evidenceKept)
      .limit(rowsAtOnce * 10)
      .execute();
    await removeEvidence(
      query,
      rows.map((row) => row.id),
    );
  }
}

/** Removes looks from before an instant (ISO UTC), some hundred at a time. */
export async function pruneEvidence({ query }: Database, site: string, before: string): Promise<void> {
  const old = query.selectFrom('blogctl_evidence').select('id').where('site', '=', site).where('at', '<', before);
  const rows = await old
    .orderBy('at')
    .limit(rowsAtOnce * 10)
    .execute();
  await removeEvidence(
    query,
    rows.map((row) => row.id),
  );
}

async function removeEvidence(query: Database['query'], ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await query.deleteFrom('blogctl_evidence').where('id', 'in', ids).execute();
}
