import { beforeEach, expect, test } from 'vitest';
import publishNow from '../../src/actions/publish-now.ts';
import { addPublication, listPublications } from '../../src/blog/publications.ts';
import { addArticles, removeArticles } from '../helpers/articles.ts';
import { describeBlog, emptyBlog } from '../helpers/blog.ts';
import { runAction, testNowMs, type RunOptions, type TestRun } from '../helpers/run.ts';
import { dyingBefore } from '../helpers/dying.ts';
import { pairs, useSite, type Pair } from './pairs.ts';
import { forgetPublications, plan, publicationsOf, stateOf } from '../helpers/publications.ts';

for (const pair of pairs) describeBlog(pair.dialect, `publish-now on ${pair.name}`, () => suite(pair), pair.servers);

function suite(pair: Pair): void {
  const site = useSite(pair, emptyBlog);

  const publish = (articles: readonly (string | number)[], more: Partial<RunOptions> = {}): Promise<TestRun> =>
    runAction(publishNow, {
      blog: site().blog,
      cache: site().store.url,
      job: 'publish-now',
      ...more,
      settings: { articles, ...more.settings },
    });
  const published = async (): Promise<number[]> => {
    const rows = await site()
      .blog.query.selectFrom('blog_article')
      .select(['id', 'is_publish'])
      .orderBy('id')
      .execute();
    return rows.filter((row) => Boolean(row.is_publish)).map((row) => row.id);
  };

  beforeEach(async () => {
    const { blog, store } = site();
    await store.clear();
    await removeArticles(blog);
    const state = await stateOf(blog);
    await state.query.deleteFrom('blogctl_publication').execute();
    await addArticles(blog, [
      { id: 1, slug: 'out', createDate: '2026-03-01 10:00:00.999999' },
      { id: 2, slug: '草稿', createDate: '2026-03-02 10:00:00', isPublished: false },
      { id: 3, slug: 'third', createDate: '2026-03-03 10:00:00.5', isPublished: false },
    ]);
  });

  test('publishes what is named by id or slug, once each, and leaves alone what is published', async () => {
    const run = await publish(['草稿', 2, '1']);

    expect(run).toMatchObject({ status: 'succeeded', findings: [] });
    expect(run.summary).toBe('1 article published, 1 published already');
    expect(await published()).toEqual([1, 2]);
    const rows = await site().blog.rows<{ id: number; update_date: string }>(
      'select id, update_date from blog_article',
    );
    const dates = new Map(rows.map((row) => [row.id, row.update_date.slice(0, 19)]));
    expect(dates.get(1)).toBe('2026-03-01 10:00:00');
    expect(dates.get(2)).toBe('2026-03-18 14:05:09');
    expect(dates.get(3)).toBe('2026-03-03 10:00:00');
  });

  test('reports names of no article, and publishes the others', async () => {
    const run = await publish(['3', '4711', "no'such"]);

    expect(run).toMatchObject({ status: 'succeeded', counts: { published: 1, missing: 2 } });
    expect(run.findings.map(({ kind, target }) => [kind, target])).toEqual([
      ['unknown-article', 'article 4711'],
      ['unknown-article', "article no'such"],
    ]);
    expect(await published()).toEqual([1, 3]);
  });

  test('fails where none of the names is known, and where none is given', async () => {
    const unknown = await publish(['4711', 'nope']);
    const none = await publish([]);

    expect(unknown.error).toMatchObject({
      kind: 'failed',
      message: 'there is no article of this id or slug: 4711, nope',
    });
    expect(none.error).toMatchObject({
      kind: 'usage',
      message: 'it needs an article, by id or slug, such as "blogctl publish-now 12"',
    });
    expect(await published()).toEqual([1]);
  });

  test('takes the older versions of the article out of the cache, and no others', async () => {
    const mine = ['article:markdown:2:20260302100000', 'article:markdown:2:20250101000000'];
    const others = ['article:markdown:1:20260301100000', 'article:markdown:22:20250101000000', 'else'];
    await publish([1]);
    for (const key of [...mine, ...others]) await site().store.put(key, 'x');

    const run = await publish([2]);

    const keys = [...(await site().store.entries()).keys()].sort();
    expect(run.counts).toMatchObject({ warmed: 1, removed: 2, totals: 1 });
    expect(keys).toEqual([...others, 'article:markdown:2:20260318140509', 'blog:blog_info:sum'].sort());
  });

  test('leaves the cache alone where it is told to, and does not even open it', async () => {
    const run = await publish([2], { settings: { warm: false }, cache: 'redis://127.0.0.1:1/0' });

    expect(run).toMatchObject({ status: 'succeeded', findings: [], counts: { published: 1, warmed: 0, totals: 0 } });
  });

  test('publishes also where the cache is down, and says so', async () => {
    const run = await publish([2], { cache: 'redis://127.0.0.1:1/0' });

    expect(run).toMatchObject({ status: 'succeeded', counts: { published: 1, warmed: 0 } });
    expect(run.findings).toEqual([
      { kind: 'not-warmed', target: "the blog's cache", message: expect.stringContaining('127.0.0.1:1') as string },
    ]);
    expect(await publicationsOf(site().blog)).toMatchObject([{ status: 'published', waitingId: null }]);
  });

  test('ends what was planned for the article, and keeps a note of it all', async () => {
    const state = await stateOf(site().blog);
    for (const articleId of [1, 2, 3]) {
      const times = { dueAtMs: testNowMs + 86_400_000, nowMs: testNowMs };
      await addPublication(state, { site: 'test-blog', articleId, ...times, claimedBy: null });
    }

    await publish([1, 2]);

    const [waiting] = await listPublications(state, 'test-blog', { ended: false });
    expect(waiting).toMatchObject({ articleId: 3, status: 'waiting' });
    expect(await publicationsOf(site().blog)).toMatchObject([
      { articleId: 1, status: 'published', note: 'somebody else had published it already; its dates were left alone' },
      { articleId: 2, status: 'published', note: null, claimedBy: 'publish-now' },
      { articleId: 3, status: 'waiting' },
    ]);
  });

  // With Redis it goes the way that publish-due's own tests go.
  test.runIf(pair.cache === 'table')(
    'run again, it ends as if the first had not been killed, wherever it was',
    async () => {
      const { blog, store } = site();
      const settings = { articles: ['2', '3'], hook: ['/bin/true'] };
      let place = 0;
      for (let hasDied = true; hasDied; place++) {
        await store.clear();
        await forgetPublications(blog);
        await removeArticles(blog);
        await addArticles(blog, [
          { id: 2, isPublished: false },
          { id: 3, isPublished: false },
        ]);
        await plan(blog, [3], testNowMs + 3_600_000);
        const dying = dyingBefore(publishNow, place + 1);

        const first = await runAction(dying.action, { blog, cache: store.url, job: 'publish-now', settings });
        const second = await publish([], { settings });

        hasDied = dying.hasDied();
        const at = `killed before touch ${place + 1}`;
        expect((first.counts['hooks'] ?? 0) + (second.counts['hooks'] ?? 0), at).toBeGreaterThanOrEqual(
          hasDied ? 0 : 2,
        );
        expect(second.status, at).toBe('succeeded');
        expect(await published(), at).toEqual([2, 3]);
        expect([...(await store.entries()).keys()].sort(), at).toEqual([
          'article:markdown:2:20260318140509',
          'article:markdown:3:20260318140509',
          'blog:blog_info:sum',
        ]);
        const ended = { status: 'published', waitingId: null, claimedBy: 'publish-now', note: null };
        expect(await publicationsOf(blog), at).toMatchObject([ended, ended]);
      }
      expect(place).toBeGreaterThan(15);
    },
  );

  test('tells in a dry run what the real one does, and changes nothing', async () => {
    await publish([1]);
    await site().store.put('article:markdown:2:20260302100000', 'x');
    const [rows, keys] = [await site().blog.dump(), [...(await site().store.entries()).keys()]];

    const dry = await publish([2, 3, 1], { dryRun: true, settings: { hook: ['/bin/true'] } });
    const [rowsAfter, keysAfter] = [await site().blog.dump(), [...(await site().store.entries()).keys()]];
    const real = await publish([2, 3, 1], { settings: { hook: ['/bin/true'] } });

    expect(rowsAfter).toEqual(rows);
    expect(keysAfter).toEqual(keys);
    expect(dry.counts).toEqual(real.counts);
    expect(dry.changes).toEqual(real.changes);
    expect(dry.changes.map(({ what, target }) => `${what} ${target}`)).toEqual([
      'publish article 2 (草稿)',
      'publish article 3 (third)',
      'set article:markdown:2:20260318140509',
      'remove article:markdown:2:20260302100000',
      'set article:markdown:3:20260318140509',
      'set blog:blog_info:sum',
      'run hook /bin/true for article 2 (草稿)',
      'run hook /bin/true for article 3 (third)',
    ]);
  });
}
