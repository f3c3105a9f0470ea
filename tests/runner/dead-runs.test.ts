import { expect, test } from 'vitest';
import { openDatabase } from '../../src/resources/database/open.ts';
import { describeBlog, dialects } from '../helpers/blog.ts';
import { blogZone } from '../helpers/host.ts';
import { actionThat, recordsOf, runJobOf, type JobEnd } from './job.ts';
import { useToldOwner } from './told-owner.ts';

const working = actionThat(async () => undefined);
/** More than any machine's numbers of processes. */
const noProcess = 2 ** 30;

for (const dialect of dialects) {
  describeBlog(dialect, `runs whose process died, on ${dialect}`, () => {
    const { blog, web, told } = useToldOwner(dialect);
    const run = (minutesLater: number, name: string): Promise<JobEnd> => {
      const notify = {
        webhooks: [{ kind: 'json' as const, url: `${web().url}/hook`, name: 'chat' }],
        failedJobs: true,
      };
      return runJobOf(blog(), { action: working, name, minutesLater, isScheduled: true, config: { notify } });
    };
    /** A run of a job of once a day whose process is gone; `more` says what is different. */
    async function nightlyRun(more: object = {}): Promise<void> {
      const gone = {
        job: 'nightly',
        action: 'run-command',
        status: 'running',
        pid: noProcess,
        ended_at: null,
      } as const;
      await run(0, 'nightly');
      await blog()
        .query.updateTable('blogctl_run')
        .set({ ...gone, ...more })
        .execute();
    }

    test('are told by the next run of any job, once', async () => {
      await nightlyRun();

      await run(1, 'other');
      await run(2, 'other');

      const [message, ...others] = told();
      expect(others).toEqual([]);
      expect(message?.subject).toBe('blogctl: nightly crashed (test-blog)');
      expect(message?.body).toContain('was started at 2026-03-18 14:05:09 (Asia/Shanghai) on test-host died before');
      expect((await recordsOf(blog())).map(({ status }) => status)).toEqual(['crashed', 'succeeded', 'succeeded']);
    });

    test.each([
      ['whose process is there', { pid: process.pid }],
      ['of another machine', { host: 'web-01' }],
    ])('those %s are left alone', async (_, more) => {
      await nightlyRun(more);

      await run(1, 'other');

      expect(told()).toEqual([]);
      expect((await recordsOf(blog()))[0]).toMatchObject({ status: 'running' });
    });

    test.each(['run-command', 'run-command-nightly'])('while somebody holds the lock %s it runs', async (name) => {
      await nightlyRun();
      const other = await openDatabase({ url: blog().url, folder: '/', readOnly: false, zone: blogZone });
      const lock = await other.tryLock(name);

      await run(1, 'other');
      await lock?.release();
      const inBetween = told();
      await run(2, 'other');
      await other.close();

      expect(inBetween).toEqual([]);
      expect(told().map(({ subject }) => subject)).toEqual(['blogctl: nightly crashed (test-blog)']);
    });

    test('of one that was started by hand nobody is told, but its record says it', async () => {
      await nightlyRun({ started_by: 'hand' });

      await run(1, 'other');

      expect(told()).toEqual([]);
      expect((await recordsOf(blog()))[0]).toMatchObject({ status: 'crashed' });
    });
  });
}
