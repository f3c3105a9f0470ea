import { expect, test } from 'vitest';
import type { Action } from '../../src/core/action.ts';
import { FailedError } from '../../src/core/errors.ts';
import { describeBlog, dialects } from '../helpers/blog.ts';
import { testNowMs } from '../helpers/run.ts';
import { actionThat, runJobOf, type JobEnd } from './job.ts';
import { useToldOwner } from './told-owner.ts';

const working = actionThat(async () => undefined);
const failing: Action = {
  ...actionThat(async () => {
    throw new FailedError('the table has gone');
  }),
  // So that jobs of one action can run side by side.
  lockedBy: 'job',
};
const minuteMs = 60_000;

for (const dialect of dialects) {
  describeBlog(dialect, `alerts of jobs that share a channel, on ${dialect}`, () => {
    const { blog, web, told } = useToldOwner(dialect);
    const run = (minutesLater: number, name: string, action = failing, names = ['chat']): Promise<JobEnd> => {
      const webhooks = names.map((one) => ({ kind: 'json' as const, url: `${web().url}/${one}`, name: one }));
      const common = { isScheduled: true, isSilent: true, config: { notify: { webhooks, failedJobs: true } } };
      return runJobOf(blog(), { action, name, minutesLater, ...common });
    };
    const channels = () => blog().query.selectFrom('blogctl_channel').selectAll().orderBy('channel').execute();

    test('jobs that end in the same second tell of each once, by each channel', async () => {
      await run(0, 'first', working);
      const jobs = ['one', 'two', 'three', 'four', 'five'];

      await Promise.all(jobs.map((job) => run(1, job, failing, ['a', 'b'])));

      const got = told();
      for (const path of ['/a', '/b']) {
        const text = got
          .filter((message) => message.path === path)
          .map(({ subject, body }) => `${subject}\n${body}`)
          .join('\n');
        const lines = jobs.map((job) => text.match(new RegExp(`blogctl: ${job} failed: the table`, 'g'))?.length);
        expect(lines).toEqual(jobs.map(() => 1));
      }
      expect((await channels()).map(({ claimed_by: by }) => by)).toEqual([null, null]);
    });

    test('a claim that was left by a killed process is taken over after five minutes', async () => {
      await run(0, 'one');
      told();
      const claimed_at = new Date(testNowMs).toISOString();
      await blog().query.updateTable('blogctl_channel').set({ claimed_by: 'dead', claimed_at }).execute();

      await run(6, 'two');

      expect(told().map(({ subject }) => subject)).toEqual(['blogctl: two failed (test-blog)']);
      expect(await channels()).toMatchObject([{ claimed_by: null, claimed_at: null }]);
    });

    test('a new message joins those that wait, and respects the pause; then all come in order, as one', async () => {
      web().answer({ '*': { status: 500, body: 'no' } });
      await run(0, 'one');
      await run(1, 'two');
      const attempts = told().length;
      web().answer({ '*': { body: '{}' } });

      await run(3, 'three');
      const inThePause = told();
      await run(6, 'four');

      expect(attempts).toBe(2);
      expect(inThePause).toEqual([]);
      const [all, ...others] = told();
      expect(others).toEqual([]);
      expect(all?.subject).toBe('blogctl: four failed (test-blog) (+3)');
      expect(all?.body.match(/^blogctl: \w+ failed \(/gm)).toEqual(
        ['one', 'two', 'three', 'four'].map((job) => `blogctl: ${job} failed (`),
      );
    });

    test('the pause that a server asks for holds for new messages, too', async () => {
      web().answer({ '*': { status: 429, headers: { 'retry-after': '1800' } } });
      await run(0, 'one');
      told();

      await run(20, 'two');
      const early = told();
      web().answer({ '*': { body: '{}' } });
      await run(30, 'three', working);

      expect(early).toEqual([]);
      expect(told().map(({ subject }) => subject)).toEqual(['blogctl: two failed (test-blog) (+1)']);
    });

    test('where no channel works cron is told by the third attempt, and the job ends as it would', async () => {
      web().answer({ '*': { status: 500 } });
      await run(0, 'one');

      const second = await run(1, 'other', working);
      const third = await run(6, 'other', working);
      const paused = await run(7, 'other', working);

      expect(second).toMatchObject({ code: 0, stderr: expect.not.stringContaining('nobody can be told') as unknown });
      expect(third.code).toBe(0);
      expect(third.stderr).toMatch(
        /^blogctl: nobody can be told: no channel of notify works\n {2}json chat: .*500.*\n {2}Try them all: blogctl notify\n$/,
      );
      expect(paused).toEqual({ code: 0, stdout: '', stderr: '' });
    });

    test('a channel that works keeps cron quiet of one that does not', async () => {
      web().answer({ '/dead': { status: 500 }, '*': { body: '{}' } });
      const ends = [];
      for (const minute of [0, 1, 6, 21]) ends.push(await run(minute, `job${minute}`, failing, ['dead', 'chat']));

      expect(ends.map(({ stderr }) => stderr.includes('nobody can be told'))).toEqual([false, false, false, false]);
      expect(await channels()).toMatchObject([
        { channel: 'json chat', failures: 0, closed_until: null },
        { channel: 'json dead', failures: 4, closed_until: new Date(testNowMs + 81 * minuteMs - 5000).toISOString() },
      ]);
    });
  });
}
