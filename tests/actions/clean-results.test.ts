import { expect, test } from 'vitest';
import cleanResults from '../../src/actions/clean-results.ts';
import { describeBlog, dialects, emptyBlog, type TestBlog } from '../helpers/blog.ts';
import { addResults } from '../helpers/old-rows.ts';
import { runAction, type RunOptions, type TestRun } from '../helpers/run.ts';
import { keysOf } from './changed-rows.ts';

const table = 'django_celery_results_taskresult';
const clean = (blog: TestBlog, options: Partial<RunOptions> = {}): Promise<TestRun> =>
  runAction(cleanResults, { blog, ...options });

const old = '2026-01-01 00:00:00';
const statuses = ['SUCCESS', 'FAILURE', 'REVOKED', 'STARTED', 'PENDING', 'RETRY', 'RECEIVED'];

for (const dialect of dialects) {
  describeBlog(dialect, `clean-results on ${dialect}`, () => {
    test.each([
      ['that ended, and no others', {}, ['4', '5', '6', '7']],
      ['of any status', { anyStatus: true }, []],
      ['but failures, which stay longer', { failedOlderThan: '90d' }, ['2', '4', '5', '6', '7']],
      ['of any status but revoked ones', { anyStatus: true, revokedOlderThan: '90d' }, ['3']],
      [
        'that failed, and the others later',
        { olderThan: '90d', failedOlderThan: '3d' },
        ['1', '3', '4', '5', '6', '7'],
      ],
      [
        'none, all with ages of their own',
        { olderThan: '3d', failedOlderThan: '90d', revokedOlderThan: '90d' },
        ['2', '3', '4', '5', '6', '7'],
      ],
    ])('deletes old results %s', async (_, settings, expected) => {
      const blog = await emptyBlog(dialect);
      await addResults(
        blog,
        statuses.map((status) => ({ status, done: old })),
      );

      const dry = await clean(blog, { settings, dryRun: true });
      const run = await clean(blog, { settings });
      const left = await keysOf(blog, table);
      await blog.close();

      expect(run).toMatchObject({ status: 'succeeded', counts: { deleted: 7 - expected.length } });
      expect(dry.changes).toEqual(run.changes);
      expect(left).toEqual(expected);
    });

    test('deletes what is exactly as old as the limit, with or without a fraction', async () => {
      const blog = await emptyBlog(dialect);
      const dates = [
        '14:05:08.999999',
        '14:05:09',
        '14:05:09.499999',
        '14:05:09.500000',
        '14:05:09.500001',
        '14:05:10',
      ];
      await addResults(
        blog,
        dates.map((time) => ({ done: `2026-03-15 ${time}` })),
      );

      const whole = await clean(blog, { dryRun: true });
      const half = await clean(blog, { nowMs: Date.parse('2026-03-18T14:05:09.500+08:00') });
      const left = await keysOf(blog, table);
      await blog.close();

      expect(whole.counts).toEqual({ deleted: 2 });
      expect(half.counts).toEqual({ deleted: 4 });
      expect(left).toEqual(['5', '6']);
    });

    test('tells groups of one table apart', async () => {
      const blog = await emptyBlog(dialect);
      await addResults(
        blog,
        statuses.map((status) => ({ status, done: old })),
      );

      const run = await clean(blog, { settings: { failedOlderThan: '60d' } });
      const refused = await clean(blog, { settings: { failedOlderThan: '60d', anyStatus: true, maxChanges: '50%' } });
      await blog.close();

      expect(run.changes.map(({ target }) => target)).toEqual([
        `2 rows of ${table}`,
        `1 row of ${table} with status FAILURE`,
      ]);
      expect(refused.error?.message).toBe(
        `it would delete 4 of 4 rows of ${table} (100%), and --max-changes allows 50%: nothing was deleted`,
      );
    });

    test('names the table that a blog without Celery lacks', async () => {
      const blog = await emptyBlog(dialect);
      await blog.rows(`drop table ${table}`);

      const run = await clean(blog);
      await blog.close();

      expect(run).toMatchObject({ status: 'failed', error: { kind: 'failed' } });
      expect(run.error?.message).toContain(`the table ${table} is missing`);
    });
  });
}

test.each(['olderThan', 'failedOlderThan', 'revokedOlderThan'])('%s refuses what is no age', (name) => {
  const messages = ['-3d', '0', '0h', '59m', 'soon'].map(
    (age) => cleanResults.settings.safeParse({ [name]: age }).error?.issues[0]?.message,
  );

  const notATime = 'expected a length of time such as 45m';
  const tooShort = 'expected a length of time of at least 1h';
  expect(messages).toEqual([notATime, tooShort, tooShort, tooShort, notATime]);
});

test.each(['-1', '5 rows', '%', '101%', '1.5', '', true])(
  'a limit of %j is refused with what would be right',
  (maxChanges) => {
    const [issue] = cleanResults.settings.safeParse({ maxChanges }).error?.issues ?? [];

    expect(issue?.message).toBe('expected a number of rows such as 5000, or a share of the table such as 20%');
  },
);
