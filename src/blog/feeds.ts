import type { Database } from '../core/database.ts';
import type { FeedEntry } from '../core/parser.ts';
import { pythonJson } from './python-json.ts';

/** A row of the feed hub. */
export interface Feed {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  /** What the blog shows, as JSON; null where it was never fetched. */
  readonly data: string | null;
}

/** A feed without what it holds, which may be much. */
export type FeedHead = Omit<Feed, 'data'>;

/** The feeds that are switched on, in the order of their ids. */
export async function activeFeeds({ query }: Database): Promise<readonly FeedHead[]> {
  return query
    .selectFrom('blog_feedhub')
    .select(['id', 'name', 'url'])
    .where((where) => where('is_active', '=', where.lit(true)))
    .orderBy('id')
    .execute();
}

/** What the blog shows of a feed now. */
export async function feedData({ query }: Database, id: number): Promise<string | null> {
  const row = await query.selectFrom('blog_feedhub').select('data').where('id', '=', id).executeTakeFirst();
  return row?.data ?? null;
}

/** Puts data or an address into a feed's row, unless the owner has altered its address or switched it off since. */
export async function updateFeed(
  { query }: Database,
  { id, url }: FeedHead,
  values: { readonly data: string } | { readonly url: string },
): Promise<boolean> {
  const done = await query
    .updateTable('blog_feedhub')
    .set(values)
    .where('id', '=', id)
    .where('url', '=', url)
    .where((where) => where('is_active', '=', where.lit(true)))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** The JSON that the blog's page reads; `updated` is `YYYYMMDD HH:MM:SS` of the blog's zone, null where it is not known. */
export function feedText(entries: readonly FeedEntry[], updated: string | null): string {
  const list = entries.map(({ title, link }) => ({ title, link }));
  const text = pythonJson(updated === null ? { entries: list } : { entries: list, updated });
  // MySQL's utf8mb3 holds no more than three bytes a character; JSON has another way to write the others.
  return text.replace(/[\ud800-\udfff]/g, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

/** How many entries the blog shows of a feed; 0 where its data is no such JSON. */
export function countEntries(data: string | null): number {
  try {
    const value = JSON.parse(data ?? 'null') as { readonly entries?: unknown } | null;
    return Array.isArray(value?.entries) ? value.entries.length : 0;
  } catch {
    return 0;
  }
}
