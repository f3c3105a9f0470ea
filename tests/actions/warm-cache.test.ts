import { expect, test } from 'vitest';
import { Tuple } from '../../src/core/cache.ts';
import { addArticles } from '../helpers/articles.ts';
import { describeBlog } from '../helpers/blog.ts';
import { readByPython } from '../helpers/cache.ts';
import { pairs, type Pair } from './pairs.ts';
import { useWarmedSite } from './warmed-site.ts';

const nothing = { set: 0, present: 0, failed: 0, unknown: 0, removed: 0, totals: 0 };
const old = new Tuple('<p>old</p>', '');
const [key1, key2, key3] = [
  'article:markdown:1:20260301100000',
  'article:markdown:2:20260302100000',
  'article:markdown:3:20260303100000',
];
const totalsKey = 'blog:blog_info:sum';

for (const pair of pairs) describeBlog(pair.dialect, `warm-cache on ${pair.name}`, () => suite(pair), pair.servers);

function suite(pair: Pair): void {
  const { site, warm, keys } = useWarmedSite(pair);

  const html = async (key: string): Promise<unknown> => {
    const entry = (await site().store.entries()).get(key);
    const [read] = await readByPython([entry?.pickle ?? Buffer.alloc(0)]);
    return read?.first;
  };

  test('renders drafts, too, as the blog does', async () => {
    const run = await warm();

    expect(run.counts).toEqual({ ...nothing, set: 3, totals: 1 });
    expect(run.summary).toBe('3 articles rendered and set, 0 already there');
    expect(await keys()).toEqual([key1, key2, key3, totalsKey]);
  });

  test('leaves drafts out where only published articles are wanted', async () => {
    const run = await warm({ publishedOnly: true });

    expect(run.counts).toEqual({ ...nothing, set: 2, totals: 1 });
    expect(await keys()).toEqual([key1, key3, totalsKey]);
  });

  test('does the articles that were named, by id or slug and once, and nothing else', async () => {
    await warm({ articles: ['3'] });
    await site().store.clear();
    await site().store.put('article:markdown:1:20200101000000', old);

    const run = await warm({ articles: ['third', 2, '3'] });

    expect(run.counts).toEqual({ ...nothing, set: 2 });
    expect(await keys()).toEqual(['article:markdown:1:20200101000000', key2, key3]);
  });

  test('takes a number for an id, and for a slug where there is no such id', async () => {
    await addArticles(site().blog, [
      { id: 50, slug: '1' },
      { id: 51, slug: '2024' },
      { id: 52, slug: '99999999999999999999' },
    ]);

    const run = await warm({ articles: ['1', '2024', '99999999999999999999'] });

    expect(run.changes.map(({ target }) => String(target.split(':')[2])).sort()).toEqual(['1', '51', '52']);
  });

  test('reports names of no article, and does the others', async () => {
    const run = await warm({ articles: ['1', '4711', "no'such%slug"] });

    expect(run.status).toBe('succeeded');
    expect(run.counts).toEqual({ ...nothing, set: 1, unknown: 2 });
    expect(run.findings.map(({ kind, target }) => [kind, target])).toEqual([
      ['unknown-article', 'article 4711'],
      ['unknown-article', "article no'such%slug"],
    ]);
  });

  test('fails where none of the names is known', async () => {
    const run = await warm({ articles: ['4711', 'nope'] });

    expect(run.status).toBe('failed');
    expect(run.error).toMatchObject({ kind: 'failed', message: 'there is no article of this id or slug: 4711, nope' });
  });

  test('leaves alone what is there, and renders it again by force', async () => {
    await warm({ articles: ['1'] });
    await site().store.put(key1, old);

    const gentle = await warm({ articles: ['1'] });
    const kept = await html(key1);
    const forced = await warm({ articles: ['1'], force: true });

    expect(gentle.counts).toEqual({ ...nothing, present: 1 });
    expect(kept).toBe('<p>old</p>');
    expect(forced.counts).toEqual({ ...nothing, set: 1 });
    expect(await html(key1)).toContain('Article 1');
  });

  test('lets entries stay as long as it is told, each next one longer by the spread', async () => {
    await warm({ expiry: '1h', spread: '90s', totalsExpiry: '5m' });

    const entries = await site().store.entries();
    const late = pair.cache === 'redis' ? 30 : 0;
    for (const [key, seconds] of [
      [key3, 3600],
      [key2, 3690],
      [key1, 3780],
      [totalsKey, 300],
    ] as const) {
      expect(entries.get(key)?.secondsLeft).toBeLessThanOrEqual(seconds);
      expect(entries.get(key)?.secondsLeft).toBeGreaterThanOrEqual(seconds - late);
    }
  });

  test('removes entries of older versions and of deleted articles, and nothing else', async () => {
    await warm({ articles: ['1'] });
    const stale = [
      'article:markdown:1:20260301095959',
      'article:markdown:1:20250101000000',
      'article:markdown:77:20260101000000',
    ];
    const kept = [
      'article:markdown:3:20270101000000',
      'article:markdown:x',
      'article:markdown:1:2026',
      'article:other',
      'else',
    ];
    for (const key of [...stale, ...kept]) await site().store.put(key, old);

    const run = await warm();

    expect(run.counts).toEqual({ ...nothing, set: 2, present: 1, removed: 3, totals: 1 });
    expect(
      run.changes
        .filter(({ what }) => what === 'remove')
        .map(({ target }) => target)
        .sort(),
    ).toEqual(stale.sort());
    expect(await keys()).toEqual([key1, key2, key3, totalsKey, ...kept].sort());
  });

  test('follows an article that was edited', async () => {
    await warm();
    await site()
      .blog.query.updateTable('blog_article')
      .set({ update_date: '2026-03-18 14:00:00', body: 'new' })
      .where('id', '=', 1)
      .execute();

    const run = await warm();

    expect(run.counts).toEqual({ ...nothing, set: 1, present: 2, removed: 1 });
    expect(await html('article:markdown:1:20260318140000')).toBe('<p>new</p>');
  });

  test('sets the totals again where they changed or will soon expire', async () => {
    const first = await warm();
    await site()
      .blog.query.updateTable('blog_article')
      .set({ is_publish: false })
      .where('id', '=', 1)
      .execute()
      .catch(() => site().blog.rows('update blog_article set is_publish = 0 where id = 1'));
    const changed = await warm();
    const same = await warm();
    await site().store.put(
      totalsKey,
      new Map([
        ['article', 1],
        ['subject', 0],
        ['tag', 0],
        ['comment', 0],
      ]),
      60,
    );
    const old = await warm();

    expect([first, changed, same, old].map(({ counts }) => counts['totals'])).toEqual([1, 1, 0, 1]);
    expect((await site().store.entries()).get(totalsKey)?.secondsLeft).toBeGreaterThan(7000);
  });

  test('reports an article that cannot be rendered, and does the others', async () => {
    await addArticles(site().blog, [
      { id: 9, slug: 'tangle', body: '>'.repeat(3_000_000), createDate: '2026-03-09 10:00:00' },
    ]);

    const run = await warm();

    expect(run.status).toBe('succeeded');
    expect(run.counts).toEqual({ ...nothing, set: 3, failed: 1, totals: 1 });
    expect(run.findings).toEqual([
      { kind: 'not-rendered', target: 'article 9 (tangle)', message: expect.stringMatching(/\w/) as string },
    ]);
    expect(await keys()).toEqual([key1, key2, key3, totalsKey]);
  });
}
