import type { Database } from '../core/database.ts';
import { inPieces } from '../core/batches.ts';
import { FailedError } from '../core/errors.ts';
import type { Day } from './days.ts';
import { readViewDay, type ViewDay } from './view-day.ts';

/** The blog's own counters at a moment: views of all time, of each article and page. */
export interface ViewCounters {
  /** By id, newest article first: the blog's order. */
  readonly articles: ReadonlyMap<string, number>;
  /** By url, in the order of the urls. */
  readonly pages: ReadonlyMap<string, { readonly views: number; readonly isCounted: boolean }>;
}

/** A page whose views the blog counts by its url; those with is_compute false are listed but not summed. */
export interface CountedPage {
  readonly url: string;
  readonly name: string | null;
  readonly views: number;
  readonly isCounted: boolean;
}

/** The rows of blog_pageview, in the order of their urls. */
export async function readPages({ query }: Database): Promise<CountedPage[]> {
  const pages = await query.selectFrom('blog_pageview').select(['url', 'name', 'views', 'is_compute']).execute();
  // Sorted here: a server's order depends on its collation, Python's is that of the characters.
  const sorted = pages.toSorted((one, other) => (one.url < other.url ? -1 : 1));
  return sorted.map(({ is_compute: isComputed, ...page }) => ({ ...page, isCounted: Boolean(isComputed) }));
}

/** Reads blog_article.views and blog_pageview.views. */
export async function readCounters(database: Database): Promise<ViewCounters> {
  const articles = await database.query
    .selectFrom('blog_article')
    .select(['id', 'views'])
    .orderBy('create_date', 'desc')
    .orderBy('id')
    .execute();
  const pages = await readPages(database);
  // SQLite keeps whatever it is given; sums of it would spoil the row of the whole day.
  for (const { id, views } of articles) requireCount(`article ${id}`, views);
  for (const { url, views } of pages) requireCount(`page ${url}`, views);
  return {
    articles: new Map(articles.map(({ id, views }) => [String(id), views])),
    pages: new Map(pages.map(({ url, views, isCounted }) => [url, { views, isCounted }])),
  };
}

function requireCount(what: string, views: unknown): void {
  if (Number.isSafeInteger(views)) return;
  throw new FailedError(`the views of ${what} are no whole number: ${JSON.stringify(views)}; nothing was counted`, {
    hint: "Correct it in the blog's table; count-views goes on from there.",
  });
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

/** A row whose body can be read. */
export interface ReadableDayRow extends ViewDayRow {
  readonly read: ViewDay;
}

// A row that can't be read is passed over; more of them on end than this is no blog's row any more.
const mostUnreadable = 7;

/** The newest readable row of a day up to this one; null where there is none. */
export function newestViewDay(database: Database, upTo: Day): Promise<ReadableDayRow | null> {
  return firstReadable(database, '<=', upTo);
}

/** The oldest readable row of a day from this one on; null where there is none. */
export function oldestViewDay(database: Database, from: Day): Promise<ReadableDayRow | null> {
  return firstReadable(database, '>=', from);
}

async function firstReadable({ query }: Database, side: '<=' | '>=', day: Day): Promise<ReadableDayRow | null> {
  for (let passed = 0; passed < mostUnreadable; passed++) {
    const rows = query.selectFrom('blog_articleview').select(rowColumns).where('date', side, day);
    const row = await rows
      .orderBy('date', side === '<=' ? 'desc' : 'asc')
      .limit(1)
      .offset(passed)
      .executeTakeFirst();
    if (row === undefined) return null;
    const { read, ...rest } = withReading(row);
    if (typeof read !== 'string') return { ...rest, read };
  }
  return null;
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
