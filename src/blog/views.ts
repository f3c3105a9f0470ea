import type { Database } from '../core/database.ts';
import { inPieces } from '../core/batches.ts';
import type { Day } from './days.ts';
import { readViewDay, type ViewDay } from './view-day.ts';

/** The blog's own counters at a moment: views of all time, of each article and page. */
export interface ViewCounters {
  /** By id, newest article first: the blog's order. */
  readonly articles: ReadonlyMap<string, number>;
  /** By url, in the order of the urls. */
  readonly pages: ReadonlyMap<string, { readonly views: number; readonly isCounted: boolean }>;
}

/** Reads blog_article.views and blog_pageview.views. */
export async function readCounters({ query }: Database): Promise<ViewCounters> {
  const articles = await query
    .selectFrom('blog_article')
    .select(['id', 'views'])
    .orderBy('create_date', 'desc')
    .orderBy('id')
    .execute();
  const pages = await query.selectFrom('blog_pageview').select(['url', 'views', 'is_compute']).execute();
  // Sorted here: a server's order depends on its collation, Python's is that of the characters.
  const sorted = pages.sort((one, other) => (one.url < other.url ? -1 : 1));
  return {
    articles: new Map(articles.map(({ id, views }) => [String(id), views])),
    pages: new Map(sorted.map(({ url, views, is_compute }) => [url, { views, isCounted: Boolean(is_compute) }])),
  };
}

/** A row of blog_articleview: what its body says, or why it can't be read. */
export interface ViewDayRow {
  readonly id: number;
  readonly date: Day;
  readonly body: string;
  readonly read: ViewDay | string;
  /** In the database's form. */
  readonly updateDate: string;
}

const rowColumns = ['id', 'date', 'body', 'update_date as updateDate'] as const;

/** The rows of these days, by day; days without a row are left out. */
export async function viewDays({ query }: Database, days: readonly Day[]): Promise<ReadonlyMap<Day, ViewDayRow>> {
  const found = new Map<Day, ViewDayRow>();
  // A body grows with the number of articles: a month at a time bounds what is held twice.
  for (const piece of inPieces(days, 31)) {
    const rows = await query
      .selectFrom('blog_articleview')
      .select(rowColumns)
      .where('date', 'in', [...piece])
      .execute();
    for (const row of rows) found.set(row.date, withReading(row));
  }
  return found;
}

/** The row of a day; null where there is none. */
export async function viewDay(database: Database, day: Day): Promise<ViewDayRow | null> {
  return (await viewDays(database, [day])).get(day) ?? null;
}

/** The newest readable row of a day up to this one; null where there is none in the last `rows` rows. */
export async function newestViewDay({ query }: Database, upTo: Day, rows = 7): Promise<ViewDayRow | null> {
  const newest = query.selectFrom('blog_articleview').select(rowColumns).where('date', '<=', upTo);
  for (const row of await newest.orderBy('date', 'desc').limit(rows).execute()) {
    const read = withReading(row);
    if (typeof read.read !== 'string') return read;
  }
  return null;
}

/** The oldest row of a day from this one on; null where there is none. */
export async function oldestViewDay({ query }: Database, from: Day): Promise<ViewDayRow | null> {
  const oldest = query.selectFrom('blog_articleview').select(rowColumns).where('date', '>=', from);
  const row = await oldest.orderBy('date').limit(1).executeTakeFirst();
  return row === undefined ? null : withReading(row);
}

/**
 * Writes a day's row as the blog would. False where somebody else (the blog's own task) has written it since it was read:
 * then it is to be read again.
 */
export async function writeViewRow(
  { query }: Database,
  before: ViewDayRow | null,
  row: { readonly date: Day; readonly body: string; readonly now: string },
): Promise<boolean> {
  if (before === null) {
    await query
      .insertInto('blog_articleview')
      .values({ date: row.date, body: row.body, create_date: row.now, update_date: row.now })
      .execute();
    return true;
  }
  const done = await query
    .updateTable('blog_articleview')
    .set({ body: row.body, update_date: row.now })
    .where('id', '=', before.id)
    .where('body', '=', before.body)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}

function withReading(row: Omit<ViewDayRow, 'read'>): ViewDayRow {
  return { ...row, read: typeof row.body === 'string' ? readViewDay(row.body) : 'is no text' };
}

/** A day's views as the blog would write them at this hour (`00` to `23`), after what the day's row said before. */
export function countedDay({ articles, pages }: ViewCounters, hour: string, before: ViewDay | null): ViewDay {
  const articleViews = sum([...articles.values()]);
  const pageViews = sum([...pages.values()].map(({ views, isCounted }) => (isCounted ? views : 0)));
  return {
    total: articleViews + pageViews,
    articles: articleViews,
    pages: pageViews,
    byArticle: articles,
    byPage: new Map([...pages].map(([url, { views }]) => [url, views])),
    articleHours: new Map(before?.articleHours).set(hour, articleViews),
    pageHours: new Map(before?.pageHours).set(hour, pageViews),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
