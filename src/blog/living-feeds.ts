import type { Database, StateDatabase } from '../core/database.ts';
import { isoUtc } from '../core/host.ts';
import { checksOf } from './checks.ts';

/** A feed that answered so recently that its site lives. */
const freshMs = 48 * 3_600_000;

/** The addresses of the feed hub's active feeds that fetch-feeds has read within the last two days. */
export async function livingFeeds(
  { query }: Database,
  state: StateDatabase,
  site: string,
  nowMs: number,
): Promise<readonly string[]> {
  if (!state.isReady) return [];
  const fresh = isoUtc(nowMs - freshMs);
  const alive = new Set<number>();
  for (const [id, { ok_at, checked_at }] of await checksOf(state, site, 'feed')) {
    // The newest look counts: what answered yesterday and not today is no sign of life.
    if (ok_at !== null && ok_at >= fresh && ok_at === checked_at) alive.add(id);
  }
  if (alive.size === 0) return [];
  const feeds = await query
    .selectFrom('blog_feedhub')
    .select(['id', 'url'])
    .where((where) => where('is_active', '=', where.lit(true)))
    .execute();
  return feeds.filter(({ id }) => alive.has(id)).map(({ url }) => url);
}
