import { afterAll, beforeAll, expect, test } from 'vitest';
import { dumpRows, openMemory, seededMemory, type MemoryBlog } from './memory-blog.ts';
import { demoOptions, describeDemoBlog } from './suite.ts';

describeDemoBlog('sqlite', async () => openMemory());

let blog: MemoryBlog;
beforeAll(async () => {
  blog = await seededMemory();
});
afterAll(async () => {
  await blog.close();
});

function ask<Row>(query: string, ...values: unknown[]): Row[] {
  return blog.file.prepare<unknown[], Row>(query).all(...values);
}

test('has no foreign key that points to nothing', () => {
  expect(blog.file.pragma('foreign_key_check')).toEqual([]);
});

test('is the same blog for the same seed, and another one for another', async () => {
  const again = await seededMemory();
  const other = await seededMemory({ seed: 8 });

  expect(dumpRows(again)).toEqual(dumpRows(blog));
  expect(dumpRows(other)['blog_article']).not.toEqual(dumpRows(blog)['blog_article']);
  await Promise.all([again.close(), other.close()]);
});

test.each([1, 2, 3, 4, 5])('fits its columns and its keys whatever the seed (%i)', async (seed) => {
  const other = await seededMemory({ seed, now: '2025-01-01 00:10:00' });

  expect(other.file.pragma('foreign_key_check')).toEqual([]);
  await other.close();
});

test('is seeded in less than two seconds', async () => {
  const start = performance.now();
  const other = await seededMemory();

  expect(performance.now() - start).toBeLessThan(2000);
  await other.close();
});

test('has drafts, articles without a chapter, and some of the last week', () => {
  const [drafts] = ask<{ n: number }>('select count(*) as n from blog_article where is_publish = 0');
  const [loose] = ask<{ n: number }>('select count(*) as n from blog_article where topic_id is null');
  const fresh = ask<{ create_date: string }>(
    "select create_date from blog_article where is_publish = 1 and create_date > '2026-03-11 14:05:09'",
  );
  const [span] = ask<{ first: string; last: string }>(
    'select min(create_date) as first, max(update_date) as last from blog_article',
  );

  expect(drafts?.n).toBeGreaterThanOrEqual(4);
  expect(loose?.n).toBeGreaterThan(10);
  expect(fresh.length).toBeGreaterThan(0);
  expect(span?.first.slice(0, 4)).toBe('2023');
  expect(span?.last && span.last <= demoOptions.now).toBe(true);
});

test('has rows exactly at the limits of the cleaning tasks', () => {
  const at200Days = ask("select * from comment_notification where create_date = '2025-08-30 14:05:09'");
  const at3Days = ask(
    "select distinct status from django_celery_results_taskresult where date_done = '2026-03-15 14:05:09'",
  );
  const messages = ask("select * from comment_systemnotification where create_date = '2025-08-30 14:05:09'");

  expect(at200Days).toHaveLength(2);
  expect(at3Days.length).toBeGreaterThanOrEqual(5);
  expect(messages).toHaveLength(1);
});

test('hides friends for the usual reasons and uses reserved names only', () => {
  const links = ['blog_friendlink', 'webstack_navigationsite'].flatMap((table) =>
    ask<{ link: string }>(`select link from ${table} union select url from blog_feedhub`),
  );
  const hosts = links.map(({ link }) => new URL(link).hostname);

  expect(hosts.filter((host) => !/(^|\.)(example|test|example\.(com|net|org))$|^127\.0\.0\.1$/.test(host))).toEqual([]);
  expect(ask('select 1 from blog_friendlink where is_show = 0 and not_show_reason is not null')).toHaveLength(4);
  expect(ask('select 1 from blog_friendlink where is_active = 0')).toHaveLength(1);
});
