import { beforeEach, describe, expect, test } from 'vitest';
import warmCache from '../../src/actions/warm-cache.ts';
import { addArticles, removeArticles } from '../helpers/articles.ts';
import { describeBlog, emptyBlog } from '../helpers/blog.ts';
import { readByPython } from '../helpers/cache.ts';
import { runAction, type TestRun } from '../helpers/run.ts';
import { pairs, useSite, type Pair } from './pairs.ts';

const big = `${'word '.repeat(100)}\n\n`.repeat(10_000);

for (const pair of pairs) {
  describeBlog(pair.dialect, `bodies that warm-cache meets on ${pair.name}`, () => suite(pair), [
    ...pair.servers,
    'python3',
  ]);
}

function suite(pair: Pair): void {
  const site = useSite(pair, emptyBlog);

  beforeEach(async () => {
    await site().store.clear();
    await removeArticles(site().blog);
  });

  const warm = (): Promise<TestRun> => runAction(warmCache, { blog: site().blog, cache: site().store.url });

  /** The body as real Python finds it rendered. */
  async function rendered(body: string): Promise<{ run: TestRun; html: string }> {
    await addArticles(site().blog, [{ id: 1, body }, { id: 2 }]);
    const run = await warm();
    const entries = await site().store.entries();
    const [first, second] = await readByPython(
      [1, 2].map((id) => entries.get(`article:markdown:${id}:20260301100000`)?.pickle ?? Buffer.alloc(0)),
    );
    expect([first?.items, second?.items]).toEqual([
      ['str', 'str'],
      ['str', 'str'],
    ]);
    return { run, html: String(first?.first) };
  }

  test.each([
    ['empty', '', ''],
    ['only blanks', ' \n\t\n ', ''],
    ['Chinese and emoji', '中文😀', '<p>中文😀</p>'],
    ['a byte order mark', '\ufefftext', undefined],
    ['Windows line ends', 'one\r\n\r\ntwo', '<p>one</p>\n<p>two</p>'],
  ])('%s', async (_, body, expected) => {
    const { run, html } = await rendered(body);

    expect(run).toMatchObject({ status: 'succeeded', findings: [], counts: { set: 2 } });
    if (expected !== undefined) expect(html).toBe(expected);
  });

  test('5 MB', async () => {
    const { run, html } = await rendered(big);

    expect(run.counts).toMatchObject({ set: 2, failed: 0 });
    expect(html.length).toBeGreaterThan(5_000_000);
  });

  // PostgreSQL's text holds no NUL.
  test.skipIf(pair.dialect === 'postgres')('a NUL in the middle', async () => {
    const { run, html } = await rendered('before\0after');

    expect(run.counts).toMatchObject({ set: 2, failed: 0 });
    expect(html).toContain('before');
    expect(html).toContain('after');
  });
}

describe('bytes in SQLite that are no UTF-8', () => {
  const sqlite = pairs.filter(({ dialect }) => dialect === 'sqlite');

  describe.each(sqlite)('on $name', (pair) => {
    const site = useSite(pair, emptyBlog);

    test.each([
      ['a lone surrogate', 'EDA080'],
      ['a surrogate pair, each half for itself', 'EDA0BDEDB880'],
      ['Latin-1', '67FC6E'],
      ['half a character', '61E4B8'],
    ])('%s: the article is set, and Python reads it', async (_, hex) => {
      await site().store.clear();
      await removeArticles(site().blog);
      await addArticles(site().blog, [{ id: 1 }, { id: 2 }]);
      await site().blog.rows(`update blog_article set body = cast(x'${hex}' as text) where id = 1`);

      const run = await runAction(warmCache, { blog: site().blog, cache: site().store.url });

      expect(run).toMatchObject({ status: 'succeeded', counts: { set: 2, failed: 0 } });
      const entry = (await site().store.entries()).get('article:markdown:1:20260301100000');
      const [read] = await readByPython([entry?.pickle ?? Buffer.alloc(0)]);
      expect(read?.items).toEqual(['str', 'str']);
    });
  });
});
