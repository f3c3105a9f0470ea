import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import publishDue from '../../src/actions/publish-due.ts';
import publishNow from '../../src/actions/publish-now.ts';
import { InterruptedError } from '../../src/core/errors.ts';
import { addArticles, removeArticles } from '../helpers/articles.ts';
import { describeBlog, dialects, emptyBlog, useBlog } from '../helpers/blog.ts';
import { forgetPublications, plan, publicationsOf } from '../helpers/publications.ts';
import { runAction, testNowMs, type RunOptions, type TestRun } from '../helpers/run.ts';
import { temporaryFolder } from '../helpers/servers/temporary-folder.ts';

for (const dialect of dialects) {
  describeBlog(dialect, `the hook of published articles on ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));
    let folder: Awaited<ReturnType<typeof temporaryFolder>>;
    let hook: string;
    let told: string;
    beforeAll(async () => {
      folder = await temporaryFolder('hook');
      [hook, told] = [join(folder.path, 'hook.sh'), join(folder.path, 'told')];
    });
    afterAll(() => folder.remove());

    /** Makes the hook a program with these lines. */
    const hookDoes = (...lines: string[]): void => {
      writeFileSync(hook, ['#!/bin/sh', ...lines, ''].join('\n'));
      chmodSync(hook, 0o755);
    };
    const setPublished = (id: number, value: boolean): Promise<unknown> =>
      blog()
        .query.updateTable('blog_article')
        .set((to) => ({ is_publish: to.lit(value) }))
        .where('id', '=', id)
        .execute();
    // A file that a shell has just made is empty for a moment.
    const lines = (): string[] =>
      existsSync(told)
        ? readFileSync(told, 'utf8')
            .split('\n')
            .filter((line) => line !== '')
        : [];
    const due = (more: Partial<RunOptions> = {}): Promise<TestRun> =>
      runAction(publishDue, {
        blog: blog(),
        job: 'publish-due',
        ...more,
        settings: { warm: false, hook: [hook], ...more.settings },
      });
    const now = (articles: readonly string[], settings: RunOptions['settings'] = {}): Promise<TestRun> =>
      runAction(publishNow, {
        blog: blog(),
        job: 'publish-now',
        settings: { warm: false, hook: [hook], articles, ...settings },
      });

    beforeEach(async () => {
      rmSync(told, { force: true });
      await removeArticles(blog());
      await forgetPublications(blog());
      await addArticles(blog(), [
        { id: 2, slug: '草稿', isPublished: false },
        { id: 3, slug: 'third', isPublished: false },
      ]);
      const title = '标题 "$(x)"\u0007';
      await blog().query.updateTable('blog_article').set({ title }).where('id', '=', 2).execute();
    });

    test('runs once for each article, with its arguments, and is told which it is', async () => {
      hookDoes(
        `printf '%s|' "$#" "$1" "$BLOGCTL_BLOG" "$BLOGCTL_ARTICLE_ID" "$BLOGCTL_ARTICLE_SLUG" "$BLOGCTL_ARTICLE_TITLE" "$BLOGCTL_PUBLISHED_AT" >> ${told}`,
        `echo >> ${told}`,
      );
      await plan(blog(), [2], testNowMs - 1);

      const first = await due({ settings: { hook: [hook, '--now $HOME'] } });
      const second = await now(['3', '2']);

      expect(first).toMatchObject({ findings: [], counts: { hooks: 1, hooksFailed: 0 }, stderr: '' });
      expect(second).toMatchObject({ findings: [], counts: { published: 1, hooks: 1 } });
      expect(lines()).toEqual([
        '1|--now $HOME|test-blog|2|草稿|标题 "$(x)"|2026-03-18T06:05:09.000Z|',
        '0||test-blog|3|third|Article 3|2026-03-18T06:05:09.000Z|',
      ]);
    });

    test('finds the cache warm when it runs', async () => {
      hookDoes(`ls > /dev/null`, `echo $BLOGCTL_ARTICLE_ID >> ${told}`);
      await plan(blog(), [2, 3], testNowMs);

      const { changes } = await due({ settings: { warm: true } });

      const order = changes.map(({ what, target }) => `${what} ${target.split(' ')[0]}`);
      expect(order.lastIndexOf('set blog:blog_info:sum')).toBeLessThan(order.indexOf('run hook'));
      expect(lines()).toEqual(['2', '3']);
    });

    test('that fails is a finding with all that is known; the article stays published, and the others are done', async () => {
      hookDoes(
        `echo $BLOGCTL_ARTICLE_ID >> ${told}`,
        'test "$BLOGCTL_ARTICLE_ID" = 3 && exit 0',
        'printf "connecting with geheim-pw\\n\\033[31m坏了\\n" >&2; exit 3',
      );
      await plan(blog(), [2, 3], testNowMs);

      const run = await due({ config: { secrets: ['geheim-pw'] } });

      expect(run).toMatchObject({ status: 'succeeded', counts: { published: 2, hooks: 1, hooksFailed: 1 } });
      expect(run.summary).toBe('2 articles published, 1 hook failed');
      const next = 'the next run tries again (attempt 1 of 3)';
      expect(run.findings).toEqual([
        {
          kind: 'hook-failed',
          target: 'article 2 (草稿)',
          message: `published, but the hook ${hook} failed: exit code 3; ${next}; its last words: [31m坏了`,
        },
      ]);
      expect(run.stderr).toBe(
        `warn  hook failed article=2 hook=${hook} reason="exit code 3" output="connecting with ***\\n[31m坏了"\n`,
      );
      expect(lines()).toEqual(['2', '3']);
    });

    test('that fails is tried again by the next runs, three times in all, and then given up', async () => {
      hookDoes(`echo $BLOGCTL_ARTICLE_ID >> ${told}`, 'exit 1');
      await plan(blog(), [2], testNowMs);

      const runs = [await due(), await due(), await due(), await due()];

      expect(runs.map(({ counts }) => [counts['published'], counts['resumed'], counts['hooksFailed']])).toEqual([
        [1, 0, 1],
        [0, 1, 1],
        [0, 1, 1],
        [0, 0, 0],
      ]);
      expect(runs[2]?.findings[0]?.message).toContain('exit code 1; given up after 3 attempts');
      expect(lines()).toEqual(['2', '2', '2']);
      expect(await publicationsOf(blog())).toMatchObject([
        {
          status: 'published',
          waitingId: null,
          hookAttempts: 3,
          note: 'the hook failed: exit code 1 (after 3 of 3 attempts)',
        },
      ]);
    });

    test('that does its work at last leaves no note', async () => {
      hookDoes(`echo $BLOGCTL_ARTICLE_ID >> ${told}`, `test $(wc -l < ${told}) -ge 2`);
      await plan(blog(), [2], testNowMs);

      const first = await due();
      const between = await publicationsOf(blog());
      const second = await due();

      expect([first, second].map(({ counts }) => counts['hooks'])).toEqual([0, 1]);
      expect(between).toMatchObject([{ status: 'publishing', note: 'the hook failed: exit code 1 (attempt 1 of 3)' }]);
      expect(await publicationsOf(blog())).toMatchObject([{ status: 'published', note: null }]);
    });

    test('that fails when a person publishes is told at once, and not tried again', async () => {
      hookDoes(`echo $BLOGCTL_ARTICLE_ID >> ${told}`, 'exit 1');

      const first = await now(['2']);
      const second = await now(['2']);

      expect(first.findings.map(({ message }) => message)).toEqual([
        `published, but the hook ${hook} failed: exit code 1`,
      ]);
      expect(second).toMatchObject({ counts: { already: 1, hooksFailed: 0 }, findings: [] });
      expect(lines()).toEqual(['2']);
    });

    test.each([
      ['is not there', ['/no/such/hook'], 'there is no such program'],
      ['is killed', ['/bin/sh', '-c', 'kill -9 $$'], 'killed by SIGKILL'],
      ['takes too long', ['/bin/sh', '-c', 'sleep 600 & wait'], 'stopped after its time-out of 1s'],
    ])('that %s is told so', async (_, command, reason) => {
      const run = await now(['2'], { hook: command, hookTimeout: '1s' });

      expect(run).toMatchObject({ status: 'succeeded', counts: { published: 1, hooksFailed: 1 } });
      expect(run.findings.map(({ message }) => message)).toEqual([
        `published, but the hook ${command[0]} failed: ${reason}`,
      ]);
    });

    test('is ended with the run that is told to stop, and run again by the next', async () => {
      hookDoes(`echo begun >> ${told}`, 'sleep 600 & wait');
      await plan(blog(), [2], testNowMs);
      const stop = new AbortController();
      const running = due({ host: { signal: stop.signal } });
      while (lines().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));

      stop.abort(new InterruptedError('SIGTERM'));
      const stopped = await running;
      hookDoes(`echo again >> ${told}`);
      const next = await due();

      expect(stopped).toMatchObject({ status: 'interrupted', error: { message: 'interrupted by SIGTERM' } });
      expect(next).toMatchObject({ counts: { resumed: 1, hooks: 1 } });
      expect(lines()).toEqual(['begun', 'again']);
    });

    test('is not tried again for an article that its author has taken back meanwhile, nor is that published again', async () => {
      hookDoes(`echo $BLOGCTL_ARTICLE_ID >> ${told}`, 'exit 1');
      await plan(blog(), [2], testNowMs);
      await due();
      await setPublished(2, false);

      const run = await due();

      expect(run).toMatchObject({ status: 'succeeded', counts: { published: 0, resumed: 0, hooksFailed: 0 } });
      expect(lines()).toEqual(['2']);
      expect(await publicationsOf(blog())).toMatchObject([
        { status: 'published', waitingId: null, note: 'somebody has made it a draft again' },
      ]);
    });

    test('that took the program down with it three times is not started again', async () => {
      hookDoes(`echo begun >> ${told}`);
      await plan(blog(), [2], testNowMs);
      const claimed = { status: 'publishing', claimed_by: 'publish-due', hook_attempts: 3 } as const;
      await blog().query.updateTable('blogctl_publication').set(claimed).execute();
      await setPublished(2, true);

      const run = await due();

      expect(run.counts).toMatchObject({ resumed: 1, hooks: 0, hooksFailed: 1 });
      expect(run.findings[0]?.message).toContain('none of its starts came to an end; given up after 3 attempts');
      expect(lines()).toEqual([]);
      expect(await publicationsOf(blog())).toMatchObject([{ status: 'published' }]);
    });
  });
}
