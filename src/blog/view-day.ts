import { pythonJson } from './python-json.ts';

/**
 * One day's views as the blog keeps them in `blog_articleview.body`: running totals, never a day's own number, which is
 * the difference of two days. Hours are `00` to `23`; an hour's total is what the last count within it found.
 */
export interface ViewDay {
  /** Articles and counted pages. */
  readonly total: number;
  readonly articles: number;
  /** Pages whose is_compute is true. */
  readonly pages: number;
  /** By the article's id, in the blog's order. */
  readonly byArticle: ReadonlyMap<string, number>;
  /** By the page's url, those that are not counted among them. */
  readonly byPage: ReadonlyMap<string, number>;
  readonly articleHours: ReadonlyMap<string, number>;
  readonly pageHours: ReadonlyMap<string, number>;
}

const keys = [
  ...(['total_views_num', 'article_views_num', 'page_views_num'] as const),
  ...(['article_views', 'page_views', 'article_every_hours', 'page_every_hours'] as const),
];

/** Reads a body. Returns why it can't be read, as words for a sentence, where it is broken or of another shape. */
export function readViewDay(body: string): ViewDay | string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return body.trim() === '' ? 'is empty' : 'is no JSON';
  }
  if (!isObject(value)) return 'is no JSON object';
  const strange = Object.keys(value).find((key) => !keys.some((known) => known === key));
  if (strange !== undefined) return `has the unknown key "${strange.slice(0, 40)}"`;
  const numbers = keys.slice(0, 3).map((key) => countOf(value[key]));
  const maps = keys.slice(3).map((key) => countsOf(value[key]));
  const wrong = [...numbers, ...maps].findIndex((part) => part === null);
  if (wrong >= 0) return `has no usable "${keys[wrong] ?? ''}"`;
  const [total = 0, articles = 0, pages = 0] = numbers.map(Number);
  const [byArticle = none, byPage = none, articleHours = none, pageHours = none] = maps.map((map) => map ?? none);
  if (![...articleHours.keys(), ...pageHours.keys()].every((hour) => /^([01]\d|2[0-3])$/.test(hour))) {
    return 'has hours beside 00 to 23';
  }
  return { total, articles, pages, byArticle, byPage, articleHours, pageHours };
}

/** Writes a body as the blog does: the order of its keys, the blanks of Python, the hours as they came. */
export function writeViewDay(day: ViewDay): string {
  return pythonJson({
    total_views_num: day.total,
    article_views_num: day.articles,
    page_views_num: day.pages,
    article_views: day.byArticle,
    page_views: day.byPage,
    article_every_hours: inOrder(day.articleHours),
    page_every_hours: inOrder(day.pageHours),
  });
}

const none: ReadonlyMap<string, number> = new Map();

// JSON.parse moves the keys 10 to 23 before 00: they look like whole numbers to it.
function inOrder(hours: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...hours].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function countOf(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null;
}

function countsOf(value: unknown): ReadonlyMap<string, number> | null {
  if (!isObject(value)) return null;
  const entries = Object.entries(value);
  return entries.every(([, count]) => countOf(count) !== null) ? new Map(entries as [string, number][]) : null;
}
