import { expect, test } from 'vitest';
import cleanSessions from '../../src/actions/clean-sessions.ts';
import { describeBlog, dialects, emptyBlog, type TestBlog } from '../helpers/blog.ts';
import { addSessions } from '../helpers/old-rows.ts';
import { runAction, testNowMs, type RunOptions, type TestRun } from '../helpers/run.ts';
import { keysOf } from './changed-rows.ts';

const clean = (blog: TestBlog, options: Partial<RunOptions> = {}): Promise<TestRun> =>
  runAction(cleanSessions, { blog, ...options });

for (const dialect of dialects) {
  describeBlog(dialect, `clean-sessions on ${dialect}`, () => {
    test('deletes what ended before now; what ends this very second stays', async () => {
      const blog = await emptyBlog(dialect);
      await addSessions(blog, ['2026-03-18 14:05:08.999999', '2026-03-18 14:05:09', '2026-03-18 14:05:09.000001']);

      const run = await clean(blog);
      const left = await keysOf(blog, 'django_session');
      await blog.close();

      expect(run).toMatchObject({ status: 'succeeded', counts: { deleted: 1 }, summary: '1 sessions deleted' });
      expect(left).toEqual(['key-2', 'key-3']);
    });

    test('compares whole seconds and fractions rightly, also half a second later', async () => {
      const blog = await emptyBlog(dialect);
      const ends = ['2026-03-18 14:05:09', '2026-03-18 14:05:09.499999', '2026-03-18 14:05:09.500000'];
      await addSessions(blog, [...ends, '2026-03-18 14:05:09.500001', '2026-03-18 14:05:10']);

      const run = await clean(blog, { nowMs: testNowMs + 500 });
      const left = await keysOf(blog, 'django_session');
      await blog.close();

      expect(run.counts).toEqual({ deleted: 2 });
      expect(left).toEqual(['key-3', 'key-4', 'key-5']);
    });

    test('goes by UTC where the blog does', async () => {
      const blog = await emptyBlog(dialect);
      const utc = dialect === 'postgres' ? '+00' : '';
      await addSessions(blog, [`2026-03-18 06:05:08${utc}`, `2026-03-18 06:05:09${utc}`, `2026-03-18 14:05:08${utc}`]);

      const run = await clean(blog, { about: { useTz: true } });
      const left = await keysOf(blog, 'django_session');
      await blog.close();

      expect(run.counts).toEqual({ deleted: 1 });
      expect(left).toEqual(['key-2', 'key-3']);
    });

    test('tells in a dry run how many would go, and none goes', async () => {
      const blog = await emptyBlog(dialect);
      await addSessions(blog, ['2026-01-01 00:00:00', '2026-01-02 00:00:00', '2027-01-01 00:00:00']);

      const run = await clean(blog, { dryRun: true });
      const left = await keysOf(blog, 'django_session');
      await blog.close();

      expect(run.changes).toEqual([{ what: 'delete', target: '2 rows of django_session' }]);
      expect(run.counts).toEqual({ deleted: 2 });
      expect(left).toHaveLength(3);
    });

    test('deletes thousands that ended at the same moment, in batches, each told to the log', async () => {
      const blog = await emptyBlog(dialect);
      await addSessions(
        blog,
        Array.from({ length: 3000 }, () => '2026-01-01 00:00:00'),
      );
      await addSessions(blog, ['2027-01-01 00:00:00'], 'new');

      const run = await clean(blog, { verbose: true });
      const left = await keysOf(blog, 'django_session');
      await blog.close();

      expect(run.counts).toEqual({ deleted: 3000 });
      expect(run.changes).toEqual([{ what: 'delete', target: '3000 rows of django_session' }]);
      expect(run.stderr.match(/batch deleted table=django_session rows=\d+/g)?.length).toBeGreaterThan(1);
      expect(left).toEqual(['new-1']);
    });

    test('has nothing to do where none is over', async () => {
      const blog = await emptyBlog(dialect);

      const run = await clean(blog);
      await blog.close();

      expect(run).toMatchObject({ status: 'succeeded', counts: { deleted: 0 }, changes: [] });
    });

    test('names the table that is missing', async () => {
      const blog = await emptyBlog(dialect);
      await blog.rows('drop table django_session');

      const run = await clean(blog);
      await blog.close();

      expect(run).toMatchObject({ status: 'failed', error: { kind: 'failed' } });
      expect(run.error?.message).toMatch(/^the table \S*django_session is missing in /);
    });

    test('deletes nothing where it would be more than --max-changes allows', async () => {
      const blog = await emptyBlog(dialect);
      await addSessions(blog, [
        '2026-01-01 00:00:00',
        '2026-01-02 00:00:00',
        '2026-01-03 00:00:00',
        '2027-01-01 00:00:00',
      ]);

      const runs: string[] = [];
      for (const maxChanges of [2, '2', '74.9%', '75%', 3]) {
        const run = await clean(blog, { settings: { maxChanges }, dryRun: maxChanges === '75%' });
        runs.push(run.error?.message ?? run.summary);
      }
      const left = await keysOf(blog, 'django_session');
      await blog.close();

      const found = 'it would delete 3 of 4 rows of django_session (75%), and --max-changes allows';
      expect(runs).toEqual([
        `${found} 2 rows: nothing was deleted`,
        `${found} 2 rows: nothing was deleted`,
        `${found} 74.9%: nothing was deleted`,
        '3 sessions deleted',
        '3 sessions deleted',
      ]);
      expect(left).toEqual(['key-4']);
    });
  });
}

describeBlog('sqlite', 'clean-sessions over a change of the clocks', () => {
  // 25 October 2026: at 01:00 UTC the clocks of Berlin go back from 03:00 to 02:00.
  test.each([
    ['2026-10-25T00:30:00Z', '2026-10-25 02:30:00'],
    ['2026-10-25T01:30:00Z', '2026-10-25 02:30:00'],
    ['2026-03-29T00:59:59Z', '2026-03-29 01:59:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29 03:00:00'],
  ])('goes by what the clock in Berlin shows at %s', async (now, face) => {
    const blog = await emptyBlog('sqlite');
    await addSessions(blog, [`${face.slice(0, -1)}0`, face, `${face}.000001`]);
    const isOver = face.endsWith('0') ? 0 : 1;

    const run = await clean(blog, { nowMs: Date.parse(now), about: { timezone: 'Europe/Berlin' } });
    await blog.close();

    expect(run.counts).toEqual({ deleted: isOver });
  });
});
