import { beforeAll, expect, test } from 'vitest';
import type { OpenDatabase } from '../../src/core/database.ts';
import { FailedError } from '../../src/core/errors.ts';
import { openDatabase } from '../../src/resources/database/open.ts';
import { readRuns, type RecordedRun, type RunFilter } from '../../src/runner/record/history.ts';
import { describeBlog, dialects, emptyBlog, useBlog } from '../helpers/blog.ts';
import { testConfig } from '../helpers/run.ts';
import { actionThat, runJobOf } from './job.ts';

const succeeding = actionThat(async ({ log }) => {
  log.info('one');
  log.warn('two');
  return { summary: '完成', counts: { set: 3 }, findings: [{ kind: 'k', target: 't', message: '看' }] };
});
const failing = actionThat(async () => {
  throw new FailedError('it cannot be done');
});

for (const dialect of dialects) {
  describeBlog(dialect, `the history of runs on ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));

    /** Reads as the command does: unable to write. */
    async function read(filter: Partial<RunFilter> = {}): Promise<readonly RecordedRun[]> {
      const database: OpenDatabase = await openDatabase({
        url: blog().url,
        folder: '/',
        readOnly: true,
        zone: 'Asia/Shanghai',
      });
      try {
        return await readRuns(database, { site: 'test-blog', limit: 100, ...filter });
      } finally {
        await database.close();
      }
    }

    let beforeAnyRun: readonly RecordedRun[] | undefined;
    beforeAll(async () => {
      beforeAnyRun = await read();
      const other = { ...testConfig({ blog: blog() }).blog, name: 'other-blog' };
      await runJobOf(blog(), { action: succeeding, name: 'a' });
      await runJobOf(blog(), { action: failing, name: 'b', minutesLater: 1 });
      await runJobOf(blog(), { action: succeeding, name: 'b', minutesLater: 2, isScheduled: true, isSilent: true });
      await runJobOf(blog(), { action: succeeding, name: 'a', minutesLater: 3, config: { blog: other } });
    });

    test('is empty where nothing has been recorded yet', () => {
      expect(beforeAnyRun).toEqual([]);
    });

    test('has the runs of the blog, newest first', async () => {
      expect((await read()).map(({ job, startedAt }) => [job, startedAt])).toEqual([
        ['b', '2026-03-18T06:07:09.000Z'],
        ['b', '2026-03-18T06:06:09.000Z'],
        ['a', '2026-03-18T06:05:09.000Z'],
      ]);
    });

    test('has all of a run as it was', async () => {
      const [last, failed] = await read();

      expect(last).toEqual({
        id: expect.any(Number) as number,
        job: 'b',
        action: 'test-action',
        startedBy: 'cron',
        tick: '2026-03-18T06:07:00.000Z',
        status: 'succeeded',
        startedAt: '2026-03-18T06:07:09.000Z',
        endedAt: '2026-03-18T06:07:09.000Z',
        durationMs: expect.any(Number) as number,
        host: 'test-host',
        pid: process.pid,
        summary: '完成',
        counts: { set: 3 },
        changes: 0,
        findings: [{ kind: 'k', target: 't', message: '看' }],
        error: null,
        log: ['info one', 'warn two'],
      } satisfies RecordedRun);
      expect(failed).toMatchObject({
        counts: {},
        findings: [],
        log: [],
        error: { kind: 'failed', message: 'it cannot be done' },
      });
    });

    test.each<[string, Partial<RunFilter>, number]>([
      ['a job', { job: 'b' }, 2],
      ['a job that never ran', { job: 'c' }, 0],
      ['a status', { status: 'failed' }, 1],
      ['a time', { since: '2026-03-18T06:06:09.000Z' }, 2],
      ['a time just after', { since: '2026-03-18T06:06:09.001Z' }, 1],
      ['all three', { job: 'b', status: 'succeeded', since: '2026-03-18T06:06:00.000Z' }, 1],
      ['a number', { limit: 2 }, 2],
      ['another blog', { site: 'other-blog' }, 1],
    ])('may be asked for %s', async (_, filter, expected) => {
      expect(await read(filter)).toHaveLength(expected);
    });

    test('shows the others where one record was edited by hand', async () => {
      await blog().rows(
        "update blogctl_run set counts = '{broken', findings = '', error = 'x' where status = 'failed'",
      );

      const [, edited] = await read();

      expect(edited).toMatchObject({ status: 'failed', counts: {}, findings: [], error: null });
    });
  });
}
