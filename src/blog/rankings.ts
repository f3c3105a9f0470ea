import type { Database } from '../core/database.ts';
import { addDays, daysBetween, type Day } from './days.ts';
import type { ViewDay } from './view-day.ts';
import type { ItemViews, ViewedItem } from './view-gains.ts';
import { newestViewDay, oldestViewDay } from './views.ts';

/** Views of a time: of all counted articles and pages, and of each. */
export interface Ranking {
  readonly articles: number;
  /** Pages that the blog counts (is_compute). */
  readonly pages: number;
  /** Most first; those of one number in the blog's order. Nothing without a view. */
  readonly items: readonly ItemViews[];
  /** Some of it is an even share of a longer time in which nobody counted. */
  readonly isEstimated: boolean;
  /** The first and the last day that the numbers cover, where it is not the whole time; null where it is. */
  readonly covered: { readonly from: Day; readonly to: Day } | null;
}

/** The views from the first to the last of these days, both included, out of blog_articleview; null where nobody counted. */
export async function rankDays(database: Database, from: Day, to: Day): Promise<Ranking | null> {
  const start = await totalsAfter(database, addDays(from, -1));
  const end = await totalsAfter(database, to);
  if (start === null || end === null) return null;
  const first = start.day < from ? from : addDays(start.day, 1);
  const last = end.day > to ? to : end.day;
  if (last < first) return null;
  const articles = gained('article', start.byArticle, end.byArticle);
  const items = [...articles, ...gained('page', start.byPage, end.byPage)].toSorted(
    (one, other) => other.views - one.views,
  );
  return {
    // Not the difference of the sums: an article that was deleted takes its views of all time with it.
    articles: articles.reduce((sum, { views }) => sum + views, 0),
    pages: Math.max(0, Math.round(end.pages - start.pages)),
    items,
    isEstimated: start.isEstimated || end.isEstimated,
    covered: first === from && last === to ? null : { from: first, to: last },
  };
}

interface Totals extends Pick<ViewDay, 'articles' | 'pages' | 'byArticle' | 'byPage'> {
  /** The day at whose end they were so. */
  readonly day: Day;
  readonly isEstimated: boolean;
}

/** The totals at the end of a day; between two counted days on a straight line from one to the other. */
async function totalsAfter(database: Database, day: Day): Promise<Totals | null> {
  const before = await newestViewDay(database, day);
  if (before !== null && before.date === day) return exactly(before);
  const after = await oldestViewDay(database, addDays(day, 1));
  // Ahead of the first count, or behind the last one: what is nearest.
  if (before === null || after === null) {
    const nearest = before ?? after;
    return nearest === null ? null : exactly(nearest);
  }
  const share = daysBetween(before.date, day) / daysBetween(before.date, after.date);
  const between = (one = 0, other = 0): number => one + (other - one) * share;
  const mapBetween = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>) =>
    new Map([...other].map(([item, views]) => [item, between(one.get(item), views)]));
  return {
    day,
    articles: between(before.read.articles, after.read.articles),
    pages: between(before.read.pages, after.read.pages),
    byArticle: mapBetween(before.read.byArticle, after.read.byArticle),
    byPage: mapBetween(before.read.byPage, after.read.byPage),
    isEstimated: true,
  };
}

function exactly({ date, read }: { readonly date: Day; readonly read: ViewDay }): Totals {
  return { ...read, day: date, isEstimated: false };
}

function gained(
  kind: ViewedItem['kind'],
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): ItemViews[] {
  return [...now]
    .map(([item, views]) => ({ kind, item, views: Math.round(views - (before.get(item) ?? 0)) }))
    .filter(({ views }) => views > 0);
}
