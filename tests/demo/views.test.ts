import { existsSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pythonJson } from '../../src/blog/python-json.ts';
import { seededMemory, type MemoryBlog } from './memory-blog.ts';

interface Body {
  total_views_num: number;
  article_views_num: number;
  page_views_num: number;
  article_views: Record<string, number>;
  page_views: Record<string, number>;
  article_every_hours: Record<string, number>;
  page_every_hours: Record<string, number>;
}

const reference = new URL('../../../shared/izone/before.sqlite.sql', import.meta.url);

let blog: MemoryBlog;
let days: { date: string; text: string; body: Body }[];
beforeAll(async () => {
  blog = await seededMemory();
  days = dayRows(blog.file);
});
afterAll(async () => {
  await blog.close();
});

function dayRows(file: Database.Database) {
  const rows = file
    .prepare<[], { date: string; body: string }>('select date, body from blog_articleview order by date')
    .all();
  return rows.map(({ date, body }) => ({ date, text: body, body: JSON.parse(body) as Body }));
}

function sum(values: Record<string, number>, keys = Object.keys(values)): number {
  return keys.reduce((total, key) => total + (values[key] ?? 0), 0);
}

// A parsed object has "10" to "23" before "00" to "09": whole numbers go first.
function byHour(hours: Record<string, number> | undefined): [hour: string, total: number][] {
  return Object.entries(hours ?? {}).sort(([left], [right]) => left.localeCompare(right));
}

test('tells forty days but one, the last of them up to the last full hour', () => {
  expect(days).toHaveLength(39);
  expect(days.at(-1)?.date).toBe('20260318');
  expect(byHour(days.at(-1)?.body.article_every_hours).at(-1)?.[0]).toBe('13');
  expect(byHour(days.at(-2)?.body.article_every_hours)).toHaveLength(24);
});

test('adds up: articles, counted pages, and both together', () => {
  const isCounted = new Map(
    blog.file
      .prepare<[], { url: string; is_compute: number }>('select url, is_compute from blog_pageview')
      .all()
      .map((page) => [page.url, page.is_compute === 1]),
  );

  for (const { body } of days) {
    const counted = Object.keys(body.page_views).filter((url) => isCounted.get(url));
    expect(body.article_views_num).toBe(sum(body.article_views));
    expect(body.page_views_num).toBe(sum(body.page_views, counted));
    expect(body.total_views_num).toBe(body.article_views_num + body.page_views_num);
    expect(byHour(body.article_every_hours).at(-1)?.[1]).toBe(body.article_views_num);
    expect(byHour(body.page_every_hours).at(-1)?.[1]).toBe(body.page_views_num);
  }
});

test('never goes down, neither from hour to hour nor from day to day', () => {
  const hours = days.flatMap(({ body }) => byHour(body.article_every_hours).map(([, total]) => total));

  expect(hours).toEqual([...hours].sort((left, right) => left - right));
  for (const [index, { body }] of days.slice(1).entries()) {
    const before = days[index]?.body.article_views ?? {};
    expect(Object.keys(before).filter((id) => (body.article_views[id] ?? 0) < (before[id] ?? 0))).toEqual([]);
  }
});

test('leaves the next count something to find', () => {
  const [views] = blog.file.prepare<[], { n: number }>('select sum(views) as n from blog_article').all();

  expect(views?.n).toBeGreaterThan(days.at(-1)?.body.article_views_num ?? Infinity);
});

test('lists the articles newest first, with the blanks of Python', () => {
  const [, articles = ''] = /"article_views": \{([^}]*)\}/.exec(days.at(-1)?.text ?? '') ?? [];
  const ids = [...articles.matchAll(/"(\d+)": \d+/g)];

  expect(ids.map((match) => Number(match[1]))).toEqual(
    blog.file.prepare('select id from blog_article order by create_date desc').pluck().all(),
  );
});

test.skipIf(!existsSync(reference))("has the shape of the blog's own rows", () => {
  const izone = new Database(':memory:');
  izone.exec(readFileSync(reference, 'utf8'));
  const shape = (text: string) =>
    text
      .replaceAll(/\{"\d+": .*?\}/g, '{ids}')
      .replaceAll(/"[a-z]+:[a-z]+": \d+(, )?/g, '')
      .replaceAll(/\d+(?=[,}])/g, 'n');
  const full = (rows: { text: string }[]) => rows.map(({ text }) => shape(text)).at(-2);

  expect(full(days)).toBe(full(dayRows(izone)));
});

test('writes JSON as Python does', () => {
  expect(
    pythonJson({
      标题: ['a', 1, null],
      map: new Map([
        ['2', 1],
        ['1', 2],
      ]),
    }),
  ).toBe('{"标题": ["a", 1, null], "map": {"2": 1, "1": 2}}');
});
