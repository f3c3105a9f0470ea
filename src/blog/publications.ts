import type { Selectable } from 'kysely';
import type { Database, StateDatabase } from '../core/database.ts';
import { isoUtc } from '../core/host.ts';
import type { PublicationStatus, PublicationTable } from '../core/state-tables.ts';

/** An entry of blogctl's own table of publications: an article that is to be published at an hour, or was. */
export interface Publication {
  readonly id: number;
  readonly articleId: number;
  readonly dueAtMs: number;
  readonly status: PublicationStatus;
  /** The action that publishes it; null while it waits. */
  readonly claimedBy: string | null;
  readonly hookAttempts: number;
  /** ISO 8601 in UTC, like `endedAt`. */
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly note: string | null;
}

/** Longer than any run takes: whoever claimed an entry so long ago is dead. */
const staleMs = 86_400_000;

/**
 * What the action has to publish: entries that wait and are due, and those that an earlier run of the same action began
 * and did not finish: the action's lock says that no such run is still alive. Another action's are left to it for a day.
 * Earliest first.
 */
export async function duePublications(
  { query }: Database,
  site: string,
  action: string,
  nowMs: number,
): Promise<readonly Publication[]> {
  const rows = await query
    .selectFrom('blogctl_publication')
    .selectAll()
    .where('status', 'in', ['waiting', 'publishing'])
    .where('site', '=', site)
    .where('due_at', '<=', isoUtc(nowMs))
    .orderBy('due_at')
    .orderBy('id')
    .execute();
  const isOurs = ({ status, claimedBy, dueAtMs }: Publication): boolean =>
    status === 'waiting' || claimedBy === action || dueAtMs < nowMs - staleMs;
  return rows.map(fromRow).filter(isOurs);
}

/** The entry of an article that has not ended; null where there is none. */
export async function openPublication({ query }: Database, site: string, articleId: number) {
  const row = await query
    .selectFrom('blogctl_publication')
    .selectAll()
    .where('site', '=', site)
    .where('waiting_id', '=', articleId)
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** All entries that have not ended, soonest first; with `ended` those that have, too. */
export async function listPublications(
  { query }: Database,
  site: string,
  { ended }: { readonly ended: boolean },
): Promise<readonly Publication[]> {
  let entries = query.selectFrom('blogctl_publication').selectAll().where('site', '=', site);
  if (!ended) entries = entries.where('status', 'in', ['waiting', 'publishing']);
  return (await entries.orderBy('due_at').orderBy('id').execute()).map(fromRow);
}

/** An entry to be made: one that waits, or one of an action that publishes the article at once. */
export interface NewPublication {
  readonly site: string;
  readonly articleId: number;
  readonly dueAtMs: number;
  readonly nowMs: number;
  readonly claimedBy: string | null;
}

/** Makes an entry; null where the article has one already that has not ended. */
export async function addPublication(state: StateDatabase, made: NewPublication): Promise<Publication | null> {
  const { site, articleId, claimedBy } = made;
  const status = claimedBy === null ? 'waiting' : 'publishing';
  const row = {
    site,
    article_id: articleId,
    waiting_id: articleId,
    due_at: isoUtc(made.dueAtMs),
    status,
    claimed_by: claimedBy,
    hook_attempts: 0,
    created_at: isoUtc(made.nowMs),
  } as const;
  try {
    await state.query.insertInto('blogctl_publication').values(row).execute();
  } catch (error) {
    // Somebody else may have been faster: the table takes one for each article.
    if ((await openPublication(state, site, articleId)) === null) throw error;
    return null;
  }
  const added = await openPublication(state, site, articleId);
  return added?.status === status && added.claimedBy === claimedBy ? added : null;
}

/** What of an entry may change. */
type Change = Partial<Pick<PublicationTable, 'status' | 'claimed_by' | 'due_at' | 'hook_attempts' | 'note'>>;

/** Changes an entry that is still as it was read; null where somebody else has changed it since. */
export async function changePublication(
  { query }: Database,
  entry: Publication,
  change: Change,
): Promise<Publication | null> {
  const done = await query
    .updateTable('blogctl_publication')
    .set(change)
    .where('id', '=', entry.id)
    .where('status', '=', entry.status)
    .where('claimed_by', entry.claimedBy === null ? 'is' : '=', entry.claimedBy)
    .executeTakeFirst();
  if (Number(done.numUpdatedRows) === 0) return null;
  const row = await query
    .selectFrom('blogctl_publication')
    .selectAll()
    .where('id', '=', entry.id)
    .executeTakeFirstOrThrow();
  return fromRow(row);
}

// A text column of MySQL holds 65,535 bytes.
const mostCharacters = 1000;

/** Ends an entry that is still as it was read; false where somebody else has changed it since. */
export async function endPublication(
  { query }: Database,
  entry: Publication,
  end: { readonly status: 'published' | 'cancelled' | 'failed'; readonly nowMs: number; readonly note: string | null },
): Promise<boolean> {
  const { status, nowMs, note } = end;
  const done = await query
    .updateTable('blogctl_publication')
    .set({
      status,
      waiting_id: null,
      ended_at: isoUtc(nowMs),
      note: note === null ? null : note.slice(0, mostCharacters),
    })
    .where('id', '=', entry.id)
    .where('status', '=', entry.status)
    .where('claimed_by', entry.claimedBy === null ? 'is' : '=', entry.claimedBy)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}

function fromRow(row: Selectable<PublicationTable>): Publication {
  return {
    id: row.id,
    articleId: row.article_id,
    dueAtMs: Date.parse(row.due_at),
    status: row.status,
    claimedBy: row.claimed_by,
    hookAttempts: row.hook_attempts,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    note: row.note,
  };
}
