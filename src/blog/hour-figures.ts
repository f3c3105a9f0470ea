import type { Kysely } from 'kysely';
import type { StateDatabase, Tables } from '../core/database.ts';
import { addDays, withDashes, type Day } from './days.ts';
import { hourStatistics, type Figure, type ViewDays } from './statistics.ts';
import type { ItemViews } from './view-gains.ts';

/** The views in an hour of the day, summed over the days that were asked for. */
export interface HourFigures {
  /** `00` to `23`. */
  readonly hour: string;
  /** `-` where no day knows it. */
  readonly articles: Figure;
  readonly pages: Figure;
  /** Some day's number is an estimate, or is missing. */
  readonly isEstimated: boolean;
}

/** What blogctl itself has counted in single hours, by the hour's start in minutes since 1970. */
export type OwnHours = ReadonlyMap<number, OwnHour>;

/** Views of articles and of counted pages in an hour. */
export interface OwnHour {
  readonly article: number;
  readonly page: number;
  readonly isEstimated: boolean;
}

/** Sums up days by the hour: out of the blog's rows, and where those have a gap out of blogctl's own hours. */
export function hourFigures(
  days: ViewDays,
  own: OwnHours,
  from: Day,
  to: Day,
  hourOf: (localText: string) => number,
): HourFigures[] {
  const sums = Array.from({ length: 24 }, () => ({ articles: 0, pages: 0, known: 0, missing: 0, estimated: 0 }));
  for (let day = from; day <= to; day = addDays(day, 1)) {
    for (const [index, [hour, articles = '-', pages = '-']] of hourStatistics(days, day).entries()) {
      const sum = sums[index];
      if (sum === undefined) continue;
      const ownHour = own.get(hourOf(`${withDashes(day)} ${hour}:00:00`));
      // Less than nothing is no number of views: an article was deleted, or its counter set back.
      if (articles !== '-' && pages !== '-' && articles >= 0 && pages >= 0) {
        sum.articles += articles;
        sum.pages += pages;
        sum.known++;
      } else if (ownHour !== undefined) {
        sum.articles += ownHour.article;
        sum.pages += ownHour.page;
        sum.known++;
        if (ownHour.isEstimated) sum.estimated++;
      } else sum.missing++;
    }
  }
  return sums.map(({ articles, pages, known, missing, estimated }, index) => ({
    hour: String(index).padStart(2, '0'),
    articles: known === 0 ? '-' : articles,
    pages: known === 0 ? '-' : pages,
    isEstimated: known > 0 && (missing > 0 || estimated > 0),
  }));
}

/** A span of hours, by their starts in minutes since 1970; `until` is not included. */
export interface HourSpan {
  readonly from: number;
  readonly until: number;
}

/** Sums blogctl's own hours up by the hour; pages that the blog does not count are left out. */
export async function ownHours(
  { query }: StateDatabase,
  site: string,
  span: HourSpan,
  uncountedPages: readonly string[],
): Promise<OwnHours> {
  const rows = await within(query, site, span)
    .select([
      'hour',
      'kind',
      (sum) => sum.fn.sum<number | string>('views').as('views'),
      (most) => most.fn.max('is_estimated').as('estimated'),
    ])
    .where((where) =>
      uncountedPages.length === 0
        ? where.lit(true)
        : where.or([where('kind', '!=', 'page'), where('item', 'not in', [...uncountedPages])]),
    )
    .groupBy(['hour', 'kind'])
    .execute();
  const hours = new Map<number, OwnHour>();
  for (const { hour, kind, views, estimated } of rows) {
    const sums = hours.get(hour) ?? { article: 0, page: 0, isEstimated: false };
    const isEstimated = sums.isEstimated || estimated === 1;
    const counted = kind === 'hour' ? sums : { ...sums, [kind]: sums[kind] + Number(views) };
    hours.set(hour, { ...counted, isEstimated });
  }
  return hours;
}

/** What each item gained in a span of hours, most first, and whether some of it is estimated. */
export async function rankHours(
  { query }: StateDatabase,
  site: string,
  span: HourSpan,
): Promise<{ readonly items: readonly ItemViews[]; readonly isEstimated: boolean }> {
  const rows = await within(query, site, span)
    .select([
      'kind',
      'item',
      (sum) => sum.fn.sum<number | string>('views').as('views'),
      (most) => most.fn.max('is_estimated').as('estimated'),
    ])
    .groupBy(['kind', 'item'])
    .execute();
  const items = rows.flatMap(({ kind, item, views }) =>
    kind === 'hour' ? [] : [{ kind, item, views: Number(views) }],
  );
  // Articles of one number: the newest, which has the highest id, first.
  const order = (one: ItemViews, other: ItemViews): number =>
    other.views - one.views || other.item.localeCompare(one.item, 'en', { numeric: true });
  return { items: items.toSorted(order), isEstimated: rows.some((row) => row.estimated === 1) };
}

function within(query: Kysely<Tables>, site: string, { from, until }: HourSpan) {
  return query
    .selectFrom('blogctl_view_hour')
    .where('site', '=', site)
    .where('hour', '>=', from)
    .where('hour', '<', until);
}

/** The hours that are known: the first and the last one that was counted, in minutes since 1970; null where there is none. */
export async function knownHours(
  { query }: StateDatabase,
  site: string,
): Promise<{ first: number; last: number } | null> {
  const ends = await query
    .selectFrom('blogctl_view_hour')
    .select([(first) => first.fn.min('hour').as('first'), (last) => last.fn.max('hour').as('last')])
    .where('site', '=', site)
    .executeTakeFirst();
  return ends === undefined || ends.first === null ? null : { first: ends.first, last: ends.last };
}
