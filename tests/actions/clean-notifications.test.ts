import { expect, test } from 'vitest';
import cleanNotifications from '../../src/actions/clean-notifications.ts';
import { demoBlog, describeBlog, dialects, emptyBlog, type TestBlog } from '../helpers/blog.ts';
import { addMessages } from '../helpers/old-rows.ts';
import { runAction, type RunOptions, type TestRun } from '../helpers/run.ts';
import { deletedKeys, keysOf } from './changed-rows.ts';

const clean = (blog: TestBlog, options: Partial<RunOptions> = {}): Promise<TestRun> =>
  runAction(cleanNotifications, { blog, ...options });

for (const dialect of dialects) {
  describeBlog(dialect, `clean-notifications on ${dialect}`, () => {
    test('deletes what is exactly as old as the limit, and nothing a microsecond younger', async () => {
      const blog = await emptyBlog(dialect);
      const dates = ['2026-03-08 14:05:08.999999', '2026-03-08 14:05:09', '2026-03-08 14:05:09.000001'];
      await addMessages(
        blog,
        dates.map((date) => ({ date })),
      );

      const run = await clean(blog, { settings: { olderThan: '10d' } });
      const left = await keysOf(blog, 'comment_systemnotification');
      await blog.close();

      expect(run.counts).toEqual({ deleted: 2, notifications: 0, systemNotifications: 2, receivers: 0 });
      expect(left).toEqual(['1002']);
    });

    test('deletes the receivers of a message with it, and no others', async () => {
      const blog = await demoBlog(dialect);
      const before = await blog.dump();
      await addMessages(blog, [
        { date: '2020-01-01 00:00:00', receivers: 3 },
        { date: '2026-03-18 00:00:00', receivers: 2 },
        { date: '2020-01-01 00:00:00', receivers: 2, isRead: false },
      ]);

      await clean(blog);
      const receivers = await keysOf(blog, 'comment_systemnotification_get_p');
      const run = await clean(blog, { settings: { unreadToo: true } });
      const messages = await keysOf(blog, 'comment_systemnotification');
      const orphans = await blog.rows(
        `select * from comment_systemnotification_get_p where systemnotification_id not in
         (select id from comment_systemnotification)`,
      );
      await blog.close();

      expect(receivers.filter((id) => Number(id) > 10_000)).toEqual(['10011', '10012', '10021', '10022']);
      expect(messages.filter((id) => Number(id) >= 1000)).toEqual(['1001']);
      expect(run.counts['systemNotifications']).toBeGreaterThan(1);
      expect(orphans).toEqual([]);
      expect(before['comment_systemnotification']?.length).toBeGreaterThan(messages.length);
    });

    test('plans in a dry run what a real one then does', async () => {
      const blog = await demoBlog(dialect);
      const before = await blog.dump();

      const dry = await clean(blog, { dryRun: true });
      const untouched = await blog.dump();
      const run = await clean(blog);
      const gone = deletedKeys(before, await blog.dump());
      await blog.close();

      expect(untouched).toEqual(before);
      expect(dry.changes).toEqual(run.changes);
      expect(dry.counts).toEqual(run.counts);
      expect(run.counts).toEqual({
        deleted: Object.values(gone).flat().length,
        notifications: gone['comment_notification']?.length,
        systemNotifications: gone['comment_systemnotification']?.length,
        receivers: gone['comment_systemnotification_get_p']?.length,
      });
    });

    test('counts the receivers, too, where --max-changes has a say', async () => {
      const blog = await demoBlog(dialect);
      await blog.rows('delete from comment_notification');
      await blog.rows('delete from comment_systemnotification_get_p');
      await blog.rows('delete from comment_systemnotification');
      await addMessages(blog, [{ date: '2020-01-01 00:00:00', receivers: 3 }]);

      const refused = await clean(blog, { settings: { maxChanges: 3 } });
      const allowed = await clean(blog, { settings: { maxChanges: 4 }, dryRun: true });
      await blog.close();

      expect(refused.error?.message).toBe(
        'it would delete 1 of 1 rows of comment_systemnotification (100%) and 3 of 3 rows of ' +
          'comment_systemnotification_get_p (100%), and --max-changes allows 3 rows: nothing was deleted',
      );
      expect(allowed.status).toBe('succeeded');
    });
  });
}

describeBlog('sqlite', 'clean-notifications that fails half-way', () => {
  test('counts what went before it did', async () => {
    const blog = await demoBlog('sqlite');
    const planned = await clean(blog, { dryRun: true });
    await blog.rows(
      `create trigger refusing before delete on comment_systemnotification begin select raise(abort, 'not these'); end`,
    );

    const run = await clean(blog);
    const [record] = await blog.rows('select counts from blogctl_run');
    await blog.close();

    const notifications = planned.counts['notifications'] ?? 0;
    const counts = { deleted: notifications, notifications, systemNotifications: 0, receivers: 0 };
    expect(notifications).toBeGreaterThan(0);
    expect(run).toMatchObject({ status: 'failed', counts });
    expect(JSON.parse((record as { counts: string }).counts)).toEqual(counts);
    expect(run.stderr).toContain(`deleted=${notifications} at=comment_systemnotification`);
  });
});

describeBlog('sqlite', 'the age of a notification over a change of the clocks', () => {
  const edge = ['2026-03-28 11:59:59', '2026-03-28 12:00:00', '2026-03-28 12:00:01', '2026-03-28 13:00:00'];

  // In the night before 29 March 2026 the clocks of Berlin went on from 02:00 to 03:00.
  test.each([
    ['the same hour of the day before where dates are local', false, '2026-03-29T10:00:00Z', 2],
    ['24 hours where dates are in UTC', true, '2026-03-29T12:00:00Z', 2],
  ])('a day is %s', async (_, useTz, now, expected) => {
    const blog = await emptyBlog('sqlite');
    await addMessages(
      blog,
      edge.map((date) => ({ date })),
    );

    const about = { timezone: 'Europe/Berlin', useTz };
    const run = await clean(blog, { settings: { olderThan: '1d' }, nowMs: Date.parse(now), about });
    await blog.close();

    expect(run.counts['systemNotifications']).toBe(expected);
  });
});

test.each([
  ['-3d', 'expected a length of time such as 45m'],
  ['0', 'expected a length of time of at least 1d'],
  ['0d', 'expected a length of time of at least 1d'],
  ['soon', 'expected a length of time such as 45m'],
])('the age %s is refused with what would be right', (olderThan, message) => {
  const checked = cleanNotifications.settings.safeParse({ olderThan });

  expect(checked.error?.issues.map((issue) => issue.message)).toEqual([message]);
});
