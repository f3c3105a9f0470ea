import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import publishDue from '../../src/actions/publish-due.ts';
import publishNow from '../../src/actions/publish-now.ts';
import { addPublication } from '../../src/blog/publications.ts';
import type { Action } from '../../src/core/action.ts';
import { addArticles, removeArticles } from '../helpers/articles.ts';
import { describeBlog, emptyBlog } from '../helpers/blog.ts';
import { dyingBefore } from '../helpers/dying.ts';
import { refuseArticle } from '../helpers/refuse-article.ts';
import { forgetPublications, plan, publicationsOf, stateOf } from '../helpers/publications.ts';
import { runAction, testNowMs, type RunOptions, type TestRun } from '../helpers/run.ts';
import { temporaryFolder } from '../helpers/servers/temporary-folder.ts';
import { pairs, useSite, type Pair } from './pairs.ts';

const hourMs = 3_600_000;
const others = 'somebody else had published it already; its dates were left alone';

for (const pair of pairs) describeBlog(pair.dialect, `publish-due on ${pair.name}`, () => suite(pair), pair.servers);

function suite(pair: Pair): void {
  const site = useSite(pair, emptyBlog);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder('hook');
  });
  afterAll(() => folder.remove());

  const run = (more: Partial<RunOptions> = {}, action: Action = publishDue): Promise<TestRun> =>
    runAction(action, { blog: site().blog, cache: site().store.url, job: 'publish-due', ...more });
  const published = async (): Promise<Record<number, string>> => {
    const articles = site().blog.query.selectFrom('blog_article').select(['id', 'is_publish', 'create_date']);
    const rows = (await articles.orderBy('id').execute()).filter((row) => Boolean(row.is_publish));
    return Object.fromEntries(rows.map((row) => [row.id, row.create_date.slice(0, 19)]));
  };
  const keys = async (): Promise<string[]> => [...(await site().store.entries()).keys()].sort();
  const deleteArticle = (id: number): Promise<unknown> =>
    site().blog.query.deleteFrom('blog_article').where('id', '=', id).execute();

  beforeEach(async () => {
    const { blog, store } = site();
    await store.clear();
    await removeArticles(blog);
    await forgetPublications(blog);
    await addArticles(blog, [
      { id: 1, slug: 'out', createDate: '2026-03-01 10:00:00' },
      { id: 2, slug: '草稿', createDate: '2026-03-02 10:00:00', isPublished: false },
      { id: 3, slug: 'third', createDate: '2026-03-03 10:00:00.5', isPublished: false },
      { id: 4, slug: 'fourth', createDate: '2026-03-04 10:00:00', isPublished: false },
    ]);
  });

  test('publishes what is due, to the millisecond, and nothing before its time', async () => {
    await plan(site().blog, [2], testNowMs);
    await plan(site().blog, [3], testNowMs + 1);

    const report = await run();

    expect(report).toMatchObject({ status: 'succeeded', summary: '1 article published' });
    expect(await published()).toEqual({ 1: '2026-03-01 10:00:00', 2: '2026-03-18 14:05:09' });
    expect(await publicationsOf(site().blog)).toMatchObject([
      { articleId: 2, waitingId: null, status: 'published', endedAt: '2026-03-18T06:05:09.000Z', note: null },
      { articleId: 3, waitingId: 3, status: 'waiting' },
    ]);
  });

  test('publishes once what was due while nobody ran, at the hour of the run', async () => {
    await plan(site().blog, [3, 2], testNowMs - 100 * hourMs);

    const reports = [await run(), await run({ nowMs: testNowMs + 60_000 })];

    expect(reports.map(({ counts }) => counts['published'])).toEqual([2, 0]);
    expect(reports[1]).toMatchObject({ summary: 'nothing is due', changes: [] });
    expect(await published()).toMatchObject({ 2: '2026-03-18 14:05:09', 3: '2026-03-18 14:05:09' });
  });

  test('with nothing due opens no cache', async () => {
    await plan(site().blog, [2], testNowMs + 1);

    const report = await run({ cache: 'redis://127.0.0.1:1/0', settings: { hook: ['/no/such'] } });

    expect(report).toMatchObject({ status: 'succeeded', summary: 'nothing is due', changes: [], findings: [] });
  });

  test('leaves to other blogs what is theirs', async () => {
    await plan(site().blog, [2], testNowMs, 'another-blog');

    expect(await run()).toMatchObject({ summary: 'nothing is due' });
  });

  test('reports an article that was deleted meanwhile, ends its plan, and publishes the others', async () => {
    await plan(site().blog, [2, 3], testNowMs);
    await deleteArticle(2);

    const report = await run();

    expect(report).toMatchObject({ status: 'succeeded', counts: { published: 1, missing: 1 } });
    expect(report.findings).toEqual([
      {
        kind: 'unknown-article',
        target: 'article 2',
        message: 'there is no such article any more; its plan is ended',
      },
    ]);
    expect(await publicationsOf(site().blog)).toMatchObject([
      { articleId: 2, waitingId: null, status: 'failed', note: 'the article is gone' },
      { articleId: 3, status: 'published' },
    ]);
  });

  test('leaves alone what somebody has published meanwhile, its dates too', async () => {
    await plan(site().blog, [1], testNowMs);

    const report = await run({ settings: { hook: ['/no/such'] } });

    expect(report).toMatchObject({ counts: { published: 0, already: 1, hooks: 0, hooksFailed: 0 }, findings: [] });
    expect(await published()).toEqual({ 1: '2026-03-01 10:00:00' });
    expect(await publicationsOf(site().blog)).toMatchObject([{ status: 'published', note: others }]);
  });

  test('reports an article that the database refuses and publishes the others; the next run tries again', async () => {
    await plan(site().blog, [2, 3], testNowMs);
    const allow = await refuseArticle(site().blog, 2);

    const first = await run();
    const between = await publicationsOf(site().blog);
    const alone = await run();
    await allow();
    const last = await run();

    expect(first).toMatchObject({ status: 'succeeded', counts: { published: 1, failed: 1 } });
    expect(first.findings).toEqual([
      { kind: 'not-published', target: 'article 2', message: expect.stringContaining('not this one') as string },
    ]);
    expect(between).toMatchObject([{ articleId: 2, status: 'waiting', claimedBy: null }, { status: 'published' }]);
    expect(alone).toMatchObject({ status: 'failed', error: { kind: 'upstream' } });
    expect(last).toMatchObject({ status: 'succeeded', counts: { published: 1, failed: 0 } });
    expect(Object.keys(await published())).toEqual(['1', '2', '3']);
  });

  test('does the same as one undisturbed run, wherever an earlier one was killed', async () => {
    const file = join(folder.path, 'hooked');
    const settings = { hook: ['/bin/sh', '-c', `echo "$BLOGCTL_ARTICLE_ID" >> ${file}`] };
    let place = 0;
    for (let hasDied = true; hasDied; place++) {
      await prepare();
      rmSync(file, { force: true });
      const dying = dyingBefore(publishDue, place + 1);

      await run({ settings }, dying.action);
      const second = await run({ settings, nowMs: testNowMs });
      const third = await run({ settings, nowMs: testNowMs });

      hasDied = dying.hasDied();
      const at = `killed before touch ${place + 1}`;
      expect(second.status, at).toBe('succeeded');
      expect(third, at).toMatchObject({ summary: 'nothing is due', changes: [] });
      expect(await published(), at).toMatchObject({ 2: '2026-03-18 14:05:09', 3: '2026-03-18 14:05:09' });
      expect(await keys(), at).toEqual([
        'article:markdown:2:20260318140509',
        'article:markdown:3:20260318140509',
        'blog:blog_info:sum',
      ]);
      expect(new Set(hooked(file)), at).toEqual(new Set(['2', '3']));
      if (!hasDied) expect(hooked(file)).toEqual(['2', '3']);
      expect(await publicationsOf(site().blog), at).toMatchObject([
        { articleId: 2, status: 'published', waitingId: null, note: null },
        { articleId: 3, status: 'published', waitingId: null, note: null },
        { articleId: 4, status: 'failed', waitingId: null },
      ]);
    }
    expect(place).toBeGreaterThan(15);
  });

  async function prepare(): Promise<void> {
    const { blog, store } = site();
    await store.clear();
    await forgetPublications(blog);
    await removeArticles(blog);
    await addArticles(blog, [
      { id: 2, slug: 'two', createDate: '2026-03-02 10:00:00', isPublished: false },
      { id: 3, slug: 'three', createDate: '2026-03-03 10:00:00', isPublished: false },
    ]);
    await plan(blog, [2, 3, 4], testNowMs - 1);
    if (pair.cache === 'redis') await store.put('article:markdown:2:20260302100000', 'old');
  }

  test('leaves to publish-now what that has begun, and finishes it where nobody has after a day', async () => {
    const state = await stateOf(site().blog);
    const times = { dueAtMs: testNowMs, nowMs: testNowMs };
    await addPublication(state, { site: 'test-blog', articleId: 2, ...times, claimedBy: 'publish-now' });

    const soon = await run({ nowMs: testNowMs + hourMs });
    const late = await run({ nowMs: testNowMs + 25 * hourMs });

    expect(soon).toMatchObject({ summary: 'nothing is due' });
    expect(late).toMatchObject({ counts: { published: 1 }, findings: [] });
    expect(await publicationsOf(site().blog)).toMatchObject([{ articleId: 2, status: 'published', waitingId: null }]);
  });

  test('publishes an article once, though two hosts and a person do so at the same moment', async () => {
    const file = join(folder.path, 'raced');
    const settings = { hook: ['/bin/sh', '-c', `echo "$BLOGCTL_ARTICLE_ID" >> ${file}`] };
    await plan(site().blog, [2, 3, 4], testNowMs);

    const reports = await Promise.all([
      run({ settings }),
      run({ settings }),
      run({ settings: { ...settings, articles: ['2', '3', '4'] }, job: 'publish-now' }, publishNow),
    ]);

    expect(reports.map(({ status }) => status).sort()).toEqual(['skipped', 'succeeded', 'succeeded']);
    expect(reports.reduce((sum, { counts }) => sum + (counts['published'] ?? 0), 0)).toBe(3);
    expect(hooked(file).sort()).toEqual(['2', '3', '4']);
    expect(await publicationsOf(site().blog)).toMatchObject([
      { articleId: 2, status: 'published' },
      { articleId: 3, status: 'published' },
      { articleId: 4, status: 'published' },
    ]);
  });

  test('tells in a dry run what the real one does, and changes nothing', async () => {
    await run();
    await plan(site().blog, [1, 2, 4], testNowMs);
    await deleteArticle(4);
    await site().store.put('article:markdown:2:20260302100000', 'old');
    const [rows, before] = [await site().blog.dump(), await keys()];

    const dry = await run({ dryRun: true, settings: { hook: ['/bin/true'] } });
    const [rowsAfter, after] = [await site().blog.dump(), await keys()];
    const real = await run({ settings: { hook: ['/bin/true'] } });

    expect(rowsAfter).toEqual(rows);
    expect(after).toEqual(before);
    expect(dry.counts).toEqual(real.counts);
    expect(dry.changes).toEqual(real.changes);
    expect(dry.findings).toEqual(real.findings);
  });
}

/** The articles that a hook has written down. */
function hooked(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}
