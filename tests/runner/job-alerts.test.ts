import { describe, expect, test } from 'vitest';
import { keepAlert } from '../../src/blog/alerts.ts';
import { FailedError, TimeoutError } from '../../src/core/errors.ts';
import type { NotifySettings } from '../../src/core/notify.ts';
import { timesToTell } from '../../src/runner/alerts/series.ts';
import { describeBlog, dialects } from '../helpers/blog.ts';
import { freePort } from '../helpers/servers/free-port.ts';
import { actionThat, recordsOf, runJobOf, type JobEnd, type JobRun } from './job.ts';
import { useToldOwner } from './told-owner.ts';

const working = actionThat(async () => undefined);
const failing = actionThat(async () => {
  throw new FailedError('the table has gone', { hint: 'Look for it.' });
});

for (const dialect of dialects) {
  describeBlog(dialect, `alerts of jobs that fail, on ${dialect}`, () => {
    const { blog, web, told } = useToldOwner(dialect);
    const notify = (more: Partial<NotifySettings> = {}): NotifySettings => ({
      webhooks: [{ kind: 'json', url: `${web().url}/hook`, name: 'chat' }],
      failedJobs: true,
      ...more,
    });
    const run = (
      minutesLater: number,
      action = working,
      more: Partial<JobRun> & { notify?: NotifySettings } = {},
    ): Promise<JobEnd> =>
      runJobOf(blog(), {
        action,
        isScheduled: true,
        isSilent: true,
        minutesLater,
        ...more,
        config: { notify: more.notify ?? notify(), ...more.config },
      });

    test('two processes may keep the alert of one job at the same time', async () => {
      await run(0);
      const { query, url: name } = blog();
      const at = '2026-03-18T06:05:09.000Z';
      const alert = (failures: number) => {
        return { site: 'test-blog', job: 'nightly', began_at: at, failures, times_told: 1, told_at: at };
      };

      await Promise.all([1, 2].map((failures) => keepAlert({ dialect, name, query }, alert(failures))));
      const first = await query.selectFrom('blogctl_alert').selectAll().execute();
      await keepAlert({ dialect, name, query }, alert(3));

      expect([[alert(1)], [alert(2)]]).toContainEqual(first);
      expect(await query.selectFrom('blogctl_alert').selectAll().execute()).toEqual([alert(3)]);
    });

    test('the first failure is told as cron would, with when it last worked and what to do', async () => {
      await run(0);

      const end = await run(3, failing);

      expect(end).toMatchObject({ code: 1, stdout: '' });
      expect(end.stderr).toMatch(/^blogctl: test failed: the table has gone\n/);
      expect(told()).toEqual([
        {
          path: '/hook',
          subject: 'blogctl: test failed (test-blog)',
          body: [
            'blogctl: test failed: the table has gone',
            '  Look for it.',
            '  It last succeeded at 2026-03-18 14:05:09 (Asia/Shanghai).',
            '  Earlier runs: blogctl history --job test',
            '',
            'Blog: test-blog',
            'Host: test-host',
            'Time: 2026-03-18 14:08:09 (Asia/Shanghai)',
          ].join('\n'),
          about: 'job test',
          blog: 'test-blog',
          host: 'test-host',
          at: '2026-03-18T06:08:09.000Z',
        },
      ]);
    });

    test('a run that leaves alone what has failed is no news of its end', async () => {
      const leaving = { ...working, run: async () => ({ summary: 'left alone', counts: {}, isUndecided: true }) };
      await run(0, failing);
      told();

      await run(10, leaving);
      const meanwhile = told();
      await run(20);

      expect(meanwhile).toEqual([]);
      expect(told().map(({ subject }) => subject)).toEqual(['blogctl: test works again (test-blog)']);
    });

    test('a series is told at its first failure, after an hour, after a day, and its end once', async () => {
      const subjects: string[] = [];
      for (const minute of [0, 1, 59, 60, 61, 1439, 1440, 1441]) {
        await run(minute, failing);
        subjects.push(
          `${minute}: ${told()
            .map(({ subject }) => subject)
            .join()}`,
        );
      }

      await run(1442);
      const [recovery, ...others] = told();
      await run(1443);

      expect(subjects).toEqual([
        '0: blogctl: test failed (test-blog)',
        '1: ',
        '59: ',
        '60: blogctl: test still fails, for 1 h (test-blog)',
        '61: ',
        '1439: ',
        '1440: blogctl: test still fails, for 24 h (test-blog)',
        '1441: ',
      ]);
      expect(recovery?.subject).toBe('blogctl: test works again (test-blog)');
      expect(recovery?.body).toContain('It had failed 8 times since 2026-03-18 14:05:09 (Asia/Shanghai) (24 h 2 min).');
      expect([...others, ...told()]).toEqual([]);
    });

    test('each job has a series of its own', async () => {
      await run(0, failing, { name: 'one' });
      await run(1, failing, { name: 'two' });
      await run(2, working, { name: 'one' });

      expect(told().map(({ subject }) => subject)).toEqual([
        'blogctl: one failed (test-blog)',
        'blogctl: two failed (test-blog)',
        'blogctl: one works again (test-blog)',
      ]);
    });

    test('a time-out is a failure; what was stopped or skipped is none', async () => {
      const late = actionThat(async () => {
        throw new TimeoutError('the run took longer than its time-out of 1m');
      });

      await run(0, late);
      await run(0, working);

      expect(told().map(({ subject }) => subject)).toEqual(['blogctl: test timed out (test-blog)']);
      expect((await recordsOf(blog())).map(({ status }) => status)).toEqual(['timed out']);
    });

    test('a run whose process died is told by the next one, with the recovery where that works', async () => {
      await run(0);
      await blog()
        .query.updateTable('blogctl_run')
        .set({ status: 'running', ended_at: null, host: 'web-01' })
        .execute();

      await run(5);

      const [message, ...others] = told();
      expect(others).toEqual([]);
      expect(message?.subject).toBe('blogctl: test works again (test-blog) (+1)');
      expect(message?.body).toContain(
        'blogctl: test crashed: the process that was started at 2026-03-18 14:05:09 (Asia/Shanghai) on web-01 died',
      );
      expect(message?.body).toContain('It had failed once since 2026-03-18 14:05:09 (Asia/Shanghai) (5 min).');
    });

    test('who runs a job by hand sees it fail, and nobody else is told', async () => {
      await run(0, failing, { isScheduled: false });

      expect(told()).toEqual([]);
    });

    test('nobody is told where that is switched off', async () => {
      await run(0, failing, { notify: notify({ failedJobs: false }) });

      expect(told()).toEqual([]);
    });

    test('a notifier that fails alters nothing of the run; what it could not send comes with a later run of any job', async () => {
      const gone = notify({
        webhooks: [{ kind: 'json', url: `http://127.0.0.1:${await freePort()}/hook`, name: 'chat' }],
      });

      const failed = await run(0, failing, { notify: gone });
      const succeeded = await run(1, working, { name: 'other', notify: gone });
      const soon = await run(2, working, { name: 'other' });
      await run(7, working, { name: 'other' });

      expect(failed).toMatchObject({ code: 1, stdout: '' });
      expect(failed.stderr).toMatch(/warn {2}not told channel="json chat"/);
      expect(failed.stderr).toMatch(/blogctl: test failed: the table has gone/);
      expect(succeeded.code).toBe(0);
      expect(soon).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(told()).toMatchObject([{ subject: 'blogctl: test failed (test-blog)', at: '2026-03-18T06:05:09.000Z' }]);
    });

    test('a secret in a failure is told to nobody', async () => {
      const leaky = actionThat(async () => {
        throw new FailedError('refused: password hunter2-hunter2 is wrong', { hint: 'Not hunter2-hunter2?' });
      });

      await run(0, leaky, { config: { secrets: ['hunter2-hunter2'] } });

      const rows = await blog().query.selectFrom('blogctl_message').selectAll().execute();
      expect(JSON.stringify([told(), rows])).not.toContain('hunter2');
      expect(rows).toHaveLength(1);
    });
  });
}

describe('how often a series is told', () => {
  const hour = 3_600_000;

  test.each([
    [0, 1],
    [hour - 1, 1],
    [hour, 2],
    [24 * hour - 1, 2],
    [24 * hour, 3],
    [7 * 24 * hour - 1, 3],
    [7 * 24 * hour, 4],
    [30 * 24 * hour, 7],
  ])('after %d ms: %d times', (sinceMs, times) => {
    expect(timesToTell(sinceMs)).toBe(times);
  });
});
