import type { Kysely } from 'kysely';
import { inPieces } from '../core/batches.ts';
import type { StateDatabase, Tables } from '../core/database.ts';
import type { ItemViews, ViewedItem } from './view-gains.ts';

/** blogctl's own view counts of one blog: what each article and page gained, hour by hour (core/state-tables.ts). */
export interface ViewHours {
  /** The totals at the last count, and when that was; null before the first. */
  readonly lastCount: () => Promise<{ readonly countedAt: string; readonly totals: readonly ItemViews[] } | null>;
  /** Adds gains to their hours and remembers the totals, all or nothing. */
  readonly record: (count: Count) => Promise<void>;
  /** Keeps a body of blog_articleview that could not be read. */
  readonly keepAside: (day: string, body: string, reason: string, keptAt: string) => Promise<void>;
  /** The hours that began before the limit (minutes since 1970) and have rows, oldest first, at most `limit` of them. */
  readonly hoursBefore: (before: number, limit: number) => Promise<readonly number[]>;
  readonly removeHour: (hour: number) => Promise<void>;
}

/** One count, ready to be recorded. */
export interface Count {
  readonly countedAt: string;
  /** By the hour's start in minutes since 1970. */
  readonly gains: ReadonlyMap<number, readonly ItemViews[]>;
  readonly isEstimated: boolean;
  /** The hours that are known now, those without a view too, by their starts in minutes since 1970. */
  readonly counted: readonly number[];
  /** Totals that are new or other than at the last count. */
  readonly changed: readonly ItemViews[];
  readonly gone: readonly ViewedItem[];
}

// Few enough for the parameters of any database, many enough to save round trips.
const rowsAtOnce = 400;

/** The view counts of a blog; `site` is its name in the configuration. */
export function viewHours({ query }: StateDatabase, site: string): ViewHours {
  return {
    lastCount: async () => {
      const count = await query
        .selectFrom('blogctl_view_count')
        .select('counted_at')
        .where('site', '=', site)
        .executeTakeFirst();
      if (count === undefined) return null;
      const totals = query.selectFrom('blogctl_view_total').select(['kind', 'item', 'views']).where('site', '=', site);
      return { countedAt: count.counted_at, totals: await totals.execute() };
    },
    record: (count) => query.transaction().execute((within) => recordWithin(within, site, count)),
    keepAside: async (date, body, reason, keptAt) => {
      await query.insertInto('blogctl_view_aside').values({ site, date, body, reason, kept_at: keptAt }).execute();
    },
    hoursBefore: async (before, limit) => {
      const hours = query.selectFrom('blogctl_view_hour').select('hour').distinct();
      const old = hours.where('site', '=', site).where('hour', '<', before).orderBy('hour').limit(limit);
      return (await old.execute()).map((row) => row.hour);
    },
    removeHour: async (hour) => {
      await query.deleteFrom('blogctl_view_hour').where('site', '=', site).where('hour', '=', hour).execute();
    },
  };
}

async function recordWithin(query: Kysely<Tables>, site: string, count: Count): Promise<void> {
  for (const [hour, gains] of count.gains) {
    if (gains.length === 0) continue;
    const rows = await query
      .selectFrom('blogctl_view_hour')
      .select(['kind', 'item', 'views', 'is_estimated'])
      .where('site', '=', site)
      .where('hour', '=', hour)
      .execute();
    const earlier = new Map(rows.map((row) => [`${row.kind} ${row.item}`, row]));
    for (const piece of inPieces(gains, rowsAtOnce)) {
      await removeItems(query, site, piece, hour);
      const values = piece.map(({ kind, item, views }) => {
        const before = earlier.get(`${kind} ${item}`);
        const isEstimated = count.isEstimated || before?.is_estimated === 1 ? 1 : 0;
        return { site, hour, kind, item, views: views + (before?.views ?? 0), is_estimated: isEstimated };
      });
      await query.insertInto('blogctl_view_hour').values(values).execute();
    }
  }
  await markCounted(query, site, count);
  for (const piece of inPieces(count.gone, rowsAtOnce)) await removeItems(query, site, piece);
  for (const piece of inPieces(count.changed, rowsAtOnce)) {
    await removeItems(query, site, piece);
    const values = piece.map(({ kind, item, views }) => ({ site, kind, item, views }));
    await query.insertInto('blogctl_view_total').values(values).execute();
  }
  await query.deleteFrom('blogctl_view_count').where('site', '=', site).execute();
  await query.insertInto('blogctl_view_count').values({ site, counted_at: count.countedAt }).execute();
}

// An hour that was counted is one of 0 views, and not one of which nothing is known; an estimate in it stays one.
async function markCounted(query: Kysely<Tables>, site: string, { counted, isEstimated }: Count): Promise<void> {
  for (const piece of inPieces(counted, rowsAtOnce)) {
    const marks = query.selectFrom('blogctl_view_hour').select(['hour', 'is_estimated']).where('site', '=', site);
    const marked = await marks
      .where('kind', '=', 'hour')
      .where('hour', 'in', [...piece])
      .execute();
    const estimated = new Set(marked.filter((row) => row.is_estimated === 1).map((row) => row.hour));
    const old = query.deleteFrom('blogctl_view_hour').where('site', '=', site).where('kind', '=', 'hour');
    await old.where('hour', 'in', [...piece]).execute();
    const values = piece.map((hour) => {
      const mark = isEstimated || estimated.has(hour) ? 1 : 0;
      return { site, hour, kind: 'hour' as const, item: '', views: 0, is_estimated: mark };
    });
    await query.insertInto('blogctl_view_hour').values(values).execute();
  }
}

// Rows are replaced, not updated in place: the three databases have no common word for "insert or update".
async function removeItems(
  query: Kysely<Tables>,
  site: string,
  items: readonly ViewedItem[],
  hour?: number,
): Promise<void> {
  for (const kind of ['article', 'page'] as const) {
    const names = items.filter((one) => one.kind === kind).map((one) => one.item);
    if (names.length === 0) continue;
    const rows =
      hour === undefined
        ? query.deleteFrom('blogctl_view_total')
        : query.deleteFrom('blogctl_view_hour').where('hour', '=', hour);
    await rows.where('site', '=', site).where('kind', '=', kind).where('item', 'in', names).execute();
  }
}
