import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { FeedDocument, ScraperRule } from '../../../src/core/parser.ts';
import { openParser } from '../../../src/resources/parser/open.ts';

const programFolder = fileURLToPath(new URL('../../../src', import.meta.url));
const parser = openParser({ programFolder });
const impatient = openParser({ programFolder, limits: { timeoutMs: 1000, memoryMb: 256 } });
const narrow = openParser({ programFolder, limits: { timeoutMs: 30_000, memoryMb: 40 } });
afterAll(() => Promise.all([parser, impatient, narrow].map((one) => one.close())));

const { signal } = new AbortController();
const rule: ScraperRule = { item: 'article.post', title: 'h2 a', link: 'h2 a@href', date: 'time@datetime' };

function documentOf(text: string): FeedDocument {
  return { bytes: new TextEncoder().encode(text), contentType: '', url: 'https://blog.example/list/', items: 50 };
}

const feed = documentOf(
  '<rss><channel><item><title>一</title><link>https://blog.example/1</link></item></channel></rss>',
);
const read = { isRead: true, entries: [{ title: '一', link: 'https://blog.example/1' }] };
// Quadratic for an HTML parser: a second for the first 7,000 of them.
const trap = documentOf('<div>'.repeat(200_000));

test('reads a feed in a thread', async () => {
  expect(await parser.readFeed(feed, signal)).toMatchObject(read);
});

test('reads many documents that come at once, each its own', async () => {
  const many = Array.from({ length: 20 }, (_, index) =>
    documentOf(`<rss><channel><item><title>${index}</title><link>https://blog.example/</link></item></channel></rss>`),
  );

  const readings = await Promise.all(many.map((one) => parser.readFeed(one, signal)));

  expect(readings.map((one) => one.isRead && one.entries[0]?.title)).toEqual(many.map((_, index) => String(index)));
});

test('a title made of half tags costs a feed no more than itself', async () => {
  const item = (title: string) => `<item><title><![CDATA[${title}]]></title><link>https://blog.example/</link></item>`;
  const titles = ['<a'.repeat(2500), '<a"'.repeat(1600), `<${'a'.repeat(5000)}`, '二'];
  const hostile = documentOf(`<rss><channel>${titles.map(item).join('')}</channel></rss>`);

  const reading = await parser.readFeed(hostile, signal);

  expect(reading.isRead && reading.entries.map(({ title }) => title.slice(0, 9))).toEqual([
    '&lt;a&lt;',
    '&lt;a"&lt',
    '&lt;aaaaa',
    '二',
  ]);
});

test('makes entries of a page by selectors', async () => {
  const page = documentOf(`<html><head><base href="/posts/"></head><body>
    <article class="post"><h2><a href="1">用 <code>a &lt; b</code> &amp; &lt;script&gt;</a></h2><time datetime="2026-03-18"></time></article>
    <article class="post"><h2><a href="javascript:x">二</a></h2></article>
    <article class="other"><h2><a href="3">三</a></h2></article></body></html>`);

  expect(await parser.readPage(page, rule, signal)).toEqual({
    isRead: true,
    entries: [{ title: '用 a < b & &lt;script>', link: 'https://blog.example/posts/1' }],
    dates: ['2026-03-18'],
    leftOut: 1,
  });
});

test.each([
  ['<p>moved</p>', 'has changed, it seems: nothing on it matches "article.post"'],
  [
    '<article class=post><h2>x</h2></article>',
    'has changed, it seems: 1 match "article.post", but "h2 a@href" finds no address in any of them',
  ],
])('says of the page %s that its selectors find nothing', async (text, reason) => {
  expect(await parser.readPage(documentOf(text), rule, signal)).toEqual({ isRead: false, problem: 'no-match', reason });
});

test('ends a document that takes its time, and reads the next in a new thread', async () => {
  const slow = await impatient.readPage(trap, rule, signal);
  const next = await impatient.readFeed(feed, signal);

  expect(slow).toEqual({ isRead: false, problem: 'too-heavy', reason: 'takes more than 1s to be read' });
  expect(next).toMatchObject(read);
});

test('ends a document that needs too much memory, and reads the next in a new thread', async () => {
  const large = await narrow.readPage(documentOf('<p>x'.repeat(800_000)), rule, signal);
  const next = await narrow.readFeed(feed, signal);

  expect(large).toEqual({ isRead: false, problem: 'too-heavy', reason: 'needs more than 40 MB to be read' });
  expect(next).toMatchObject(read);
});

test('ends at once where the run is told to stop', async () => {
  const stop = new AbortController();
  const reading = parser.readPage(trap, rule, stop.signal);

  setTimeout(() => stop.abort(new Error('told to stop')), 50);

  await expect(reading).rejects.toThrow('told to stop');
  expect(await parser.readFeed(feed, signal)).toMatchObject(read);
});
