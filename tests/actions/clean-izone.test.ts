import { expect, test } from 'vitest';
import cleanNotifications from '../../src/actions/clean-notifications.ts';
import cleanResults from '../../src/actions/clean-results.ts';
import cleanSessions from '../../src/actions/clean-sessions.ts';
import type { Action } from '../../src/core/action.ts';
import { describeIzone, dialects, izoneBlog } from '../helpers/blog.ts';
import { runAction } from '../helpers/run.ts';
import { deletedKeys, izoneDeleted } from './changed-rows.ts';

const tasks: readonly [task: string, action: Action, settings: Record<string, unknown>][] = [
  ['clear_expired_sessions', cleanSessions, {}],
  ['clear_notification', cleanNotifications, {}],
  ['clear_notification_all', cleanNotifications, { unreadToo: true, olderThan: '30d' }],
  ['cleanup_task_result', cleanResults, { anyStatus: true }],
];

for (const dialect of dialects) {
  describeIzone(dialect, `the reference blog cleaned on ${dialect}`, () => {
    test.each(tasks)("loses the rows that izone's %s deleted, and nothing else", async (task, action, settings) => {
      const blog = await izoneBlog(dialect);
      const before = await blog.dump();

      const dry = await runAction(action, { blog, settings, dryRun: true });
      const untouched = await blog.dump();
      const first = await runAction(action, { blog, settings });
      const after = await blog.dump();
      const second = await runAction(action, { blog, settings });
      const afterAgain = await blog.dump();
      await blog.close();

      const expected = izoneDeleted(task);
      expect(first).toMatchObject({ status: 'succeeded', error: null, findings: [] });
      expect(untouched).toEqual(before);
      expect(deletedKeys(before, after)).toEqual(expected);
      expect(first.counts['deleted']).toBe(Object.values(expected).flat().length);
      expect(dry.counts).toEqual(first.counts);
      expect(dry.changes).toEqual(first.changes);
      expect(second.counts['deleted']).toBe(0);
      expect(second.changes).toEqual([]);
      for (const table of Object.keys(before)) {
        if (table !== 'sqlite_sequence') expect(afterAgain[table], table).toEqual(after[table]);
      }
    });
  });
}
