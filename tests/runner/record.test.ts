import { beforeEach, expect, test } from 'vitest';
import { FailedError, InterruptedError } from '../../src/core/errors.ts';
import { openDatabase } from '../../src/resources/database/open.ts';
import { describeBlog, dialects, emptyBlog, useBlog, type TestBlog } from '../helpers/blog.ts';
import { testConfig } from '../helpers/run.ts';
import { actionThat, dropOwnTables, recordsOf, runJobOf, type JobEnd } from './job.ts';

const succeeding = actionThat(async () => undefined);
const failing = actionThat(async () => {
  throw new FailedError('it cannot be done', { hint: 'Do it yourself.' });
});
const cron = { isScheduled: true, isSilent: true };

for (const dialect of dialects) {
  describeBlog(dialect, `the record of runs on ${dialect}`, () => {
    const theBlog = useBlog(() => emptyBlog(dialect));
    let blog: TestBlog;
    beforeEach(async () => {
      blog = theBlog();
      await dropOwnTables(blog);
    });

    /** Waits until the signal stops the work. */
    const waiting = actionThat(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
    );

    test('has all of a run that succeeded', async () => {
      const action = actionThat(async ({ change, log }) => {
        log.info('looked at it', { id: 7 });
        await change({ what: 'set', target: '键' }, async () => undefined);
        return {
          summary: '1 篇文章 set 🎉',
          counts: { set: 1, none: 0 },
          findings: [{ kind: 'odd', target: 'article 3', message: '奇怪' }],
        };
      });

      await runJobOf(blog, { action, host: { pid: 77 } });

      const [record, ...others] = await recordsOf(blog);
      expect(others).toEqual([]);
      expect(record).toEqual({
        id: 1,
        site: 'test-blog',
        job: 'test',
        action: 'test-action',
        started_by: 'hand',
        tick: null,
        status: 'succeeded',
        started_at: '2026-03-18T06:05:09.000Z',
        ended_at: '2026-03-18T06:05:09.000Z',
        duration_ms: expect.any(Number),
        host: 'test-host',
        pid: 77,
        summary: '1 篇文章 set 🎉',
        counts: '{"set":1,"none":0}',
        changes: 1,
        findings: '[{"kind":"odd","target":"article 3","message":"奇怪"}]',
        error: null,
        log: 'info looked at it id=7',
      });
    });

    test('has why a run failed, and what to do', async () => {
      const { code } = await runJobOf(blog, { action: failing });

      const [record] = await recordsOf(blog);
      expect(code).toBe(1);
      expect(record).toMatchObject({ status: 'failed', summary: 'it cannot be done' });
      expect(JSON.parse(String(record?.['error']))).toEqual({
        kind: 'failed',
        message: 'it cannot be done',
        hint: 'Do it yourself.',
      });
    });

    test('says that a run timed out', async () => {
      const { code, stderr } = await runJobOf(blog, { action: waiting, timeoutMs: 20 });

      expect(code).toBe(124);
      expect(stderr).toContain('blogctl: test timed out: the run took longer than its time-out of 20ms\n');
      expect(await recordsOf(blog)).toMatchObject([{ status: 'timed out' }]);
    });

    test.each([
      ['SIGTERM', 143],
      ['SIGINT', 130],
    ] as const)('says that a run was interrupted by %s', async (name, expected) => {
      const stop = new AbortController();
      const action = actionThat(async (context) => {
        stop.abort(new InterruptedError(name));
        context.signal.throwIfAborted();
      });

      const { code, stderr } = await runJobOf(blog, { action, host: { signal: stop.signal } });

      expect(code).toBe(expected);
      expect(stderr).toContain(`blogctl: test was interrupted: interrupted by ${name}\n`);
      expect(await recordsOf(blog)).toMatchObject([{ status: 'interrupted' }]);
    });

    test('says of a run whose process died that it crashed, once the next one begins', async () => {
      await runJobOf(blog, { action: succeeding });
      await runJobOf(blog, { action: succeeding, name: 'other' });
      await blog.rows(
        "update blogctl_run set status = 'running', ended_at = null, action = 'other' where job = 'other'",
      );
      await blog.rows("update blogctl_run set status = 'running', ended_at = null where job = 'test'");

      const { stderr } = await runJobOf(blog, { action: succeeding, minutesLater: 5 });

      expect(stderr).toContain('an earlier run died before it ended');
      expect(await recordsOf(blog)).toMatchObject([
        {
          job: 'test',
          status: 'crashed',
          summary: 'the process died before it ended',
          ended_at: '2026-03-18T06:10:09.000Z',
        },
        { job: 'other', status: 'running' },
        { job: 'test', status: 'succeeded' },
      ]);
    });

    test('says of a run that found another one at work that it was skipped, and the tick stays free', async () => {
      const other = await openDatabase({ url: blog.url, folder: '/', readOnly: false, zone: 'Asia/Shanghai' });
      const lock = await other.tryLock('test-action');
      let ran = 0;
      const action = actionThat(async () => void ran++);

      const skipped = await runJobOf(blog, { action, ...cron });
      await lock?.release();
      const after = await runJobOf(blog, { action, ...cron });
      await other.close();

      expect(lock).not.toBeNull();
      expect(skipped).toEqual({ code: 75, stdout: '', stderr: '' });
      expect(after.code).toBe(0);
      expect(ran).toBe(1);
      expect(await recordsOf(blog)).toMatchObject([
        { status: 'skipped', tick: null },
        { status: 'succeeded', tick: '2026-03-18T06:05:00.000Z' },
      ]);
    });

    test('gives a minute of a job to one host alone, and the next minute to whoever comes first', async () => {
      let ran = 0;
      const action = actionThat(async () => void ran++);
      const on = (hostname: string, minutesLater = 0): Promise<JobEnd> =>
        runJobOf(blog, { action, ...cron, minutesLater, host: { hostname } });

      const ends = [await on('a'), await on('b'), await on('b', 1), await on('a', 1)];

      expect(ends).toEqual(ends.map(() => ({ code: 0, stdout: '', stderr: '' })));
      expect(ran).toBe(2);
      expect(await recordsOf(blog)).toMatchObject([{ host: 'a' }, { host: 'b' }]);
    });

    test('gives a minute to another job of the same action, and to another blog', async () => {
      await runJobOf(blog, { action: succeeding, ...cron });
      await runJobOf(blog, { action: succeeding, ...cron, name: 'second' });
      const about = { ...testConfig({ blog }).blog, name: 'other-blog' };
      await runJobOf(blog, { action: succeeding, ...cron, config: { blog: about } });

      expect((await recordsOf(blog)).map(({ site, job }) => [site, job])).toEqual([
        ['test-blog', 'test'],
        ['test-blog', 'second'],
        ['other-blog', 'test'],
      ]);
    });

    test('has one run where four hosts begin at the same moment', async () => {
      await runJobOf(blog, { action: succeeding });
      let ran = 0;
      const action = actionThat(async () => void ran++);

      const ends = await Promise.all(
        ['a', 'b', 'c', 'd'].map((hostname) => runJobOf(blog, { action, ...cron, host: { hostname } })),
      );

      expect(ran).toBe(1);
      expect(ends.filter(({ code }) => code !== 0 && code !== 75)).toEqual([]);
      const records = await recordsOf(blog);
      expect(records.filter(({ tick, status }) => tick !== null && status === 'succeeded')).toHaveLength(1);
    });

    test('forgets runs that are older than is wanted, and no others', async () => {
      const config = { state: { database: null, keepRuns: { ms: 86_400_000, text: '1d' } } };
      await runJobOf(blog, { action: succeeding, name: 'old' });
      await runJobOf(blog, { action: succeeding, name: 'young', minutesLater: 1 });

      await runJobOf(blog, { action: succeeding, name: 'now', minutesLater: 24 * 60 + 1, config });

      expect((await recordsOf(blog)).map(({ job }) => job)).toEqual(['young', 'now']);
    });

    test('tells a failed run when the job last succeeded, in the blog’s zone', async () => {
      await runJobOf(blog, { action: succeeding });
      await runJobOf(blog, { action: succeeding, name: 'another', minutesLater: 1 });
      await runJobOf(blog, { action: failing, minutesLater: 2 });

      const { stderr } = await runJobOf(blog, { action: failing, ...cron, minutesLater: 3 });

      expect(stderr.split('\n')).toEqual([
        'blogctl: test failed: it cannot be done',
        '  Do it yourself.',
        '  It last succeeded at 2026-03-18 14:05:09 (Asia/Shanghai).',
        '  Earlier runs: blogctl history --job test',
        '',
      ]);
    });

    test('has nothing of a dry run, not even a table', async () => {
      const before = await blog.dump();

      const { code } = await runJobOf(blog, { action: succeeding, flags: { dryRun: true } });

      expect(code).toBe(0);
      expect(await blog.dump()).toEqual(before);
    });

    test('keeps a text that is longer than its column, cut', async () => {
      const action = actionThat(async () => ({
        summary: '长'.repeat(100_000),
        counts: {},
        findings: Array.from({ length: 2000 }, (_, id) => ({
          kind: 'k',
          target: `article ${id}`,
          message: '坏'.repeat(50),
        })),
      }));

      const { code } = await runJobOf(blog, { action });

      const [record] = await recordsOf(blog);
      expect(code).toBe(0);
      expect(record?.['summary']).toBe(`${'长'.repeat(20_000)}…`);
      expect((JSON.parse(String(record?.['findings'])) as unknown[]).length).toBeGreaterThan(100);
    });
  });
}
