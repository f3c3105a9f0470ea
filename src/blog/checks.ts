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

/**
 * Keeps what is known of things now, in place of what was. Which rows are there is read first: on MySQL an update that finds
 * none locks the gap, into which another job, or another blog with the same state database, is about to insert.
 */
export async function keepChecks({ query }: Database, checks: readonly Check[]): Promise<void> {
  for (const some of inPieces(checks, rowsAtOnce)) {
    await query.transaction().execute(async (within) => {
      const known = await knownOf(within, some);
      for (const check of some) {
        const { site, kind, target_id: id, ...values } = check;
        if (!known.has(keyOf(check))) {
          await within
            .insertInto('blogctl_check')
            .values({ site, kind, target_id: id, ...values })
            .execute();
          continue;
        }
        await within
          .updateTable('blogctl_check')
          .set(values)
          .where('site', '=', site)
          .where('kind', '=', kind)
          .where('target_id', '=', id)
          .execute();
      }
    });
  }
}

async function knownOf(query: Database['query'], checks: readonly Check[]): Promise<ReadonlySet<string>> {
  const distinct = <Key extends 'site' | 'kind' | 'target_id'>(key: Key) => [...new Set(checks.map((one) => one[key]))];
  const rows = await query
    .selectFrom('blogctl_check')
    .select(['site', 'kind', 'target_id'])
    .where('site', 'in', distinct('site'))
    .where('kind', 'in', distinct('kind'))
    .where('target_id', 'in', distinct('target_id'))
    .execute();
  return new Set(rows.map(keyOf));
}

function keyOf({ site, kind, target_id: id }: Pick<Check, 'site' | 'kind' | 'target_id'>): string {
  return `${site} ${kind} ${id}`;
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
