import { expect, test } from 'vitest';
import checkFriends from '../../src/actions/check-friends.ts';
import checkSites from '../../src/actions/check-sites.ts';
import type { Action } from '../../src/core/action.ts';
import { describeIzone, dialects, izoneBlog } from '../helpers/blog.ts';
import { serveIzoneWeb } from '../helpers/izone-web.ts';
import { readIzone } from '../helpers/izone-oracle.ts';
import { rowChanges } from '../helpers/row-changes.ts';
import { runAction } from '../helpers/run.ts';

interface Oracle {
  readonly result: { readonly active_num: number; readonly to_not_show: number; readonly to_show: number };
  readonly changes: Record<string, { updated: Record<string, { is_show: boolean; not_show_reason: string }> }>;
}

const tasks: readonly [task: string, action: Action, settings: Record<string, unknown>][] = [
  ['check_friend', checkFriends, { siteLink: 'https://blog.example.test', allow: ['白名单站'] }],
  ['check_friend_no_site', checkFriends, {}],
  ['check_navigation_site', checkSites, { allow: ['white.example.test'] }],
];

for (const dialect of dialects) {
  describeIzone(dialect, `the links of the reference blog checked on ${dialect}`, () => {
    test.each(tasks)('are as %s leaves them, with --compat izone', async (task, action, more) => {
      const blog = await izoneBlog(dialect);
      const web = await serveIzoneWeb(blog);
      const before = await blog.dump();
      const settings = { ...more, compat: 'izone' };

      const dry = await runAction(action, { blog, settings, dryRun: true });
      const untouched = await blog.dump();
      const run = await runAction(action, { blog, settings });
      const after = await blog.dump();
      const again = await runAction(action, { blog, settings });
      const afterAgain = await blog.dump();
      await web.stop();
      await blog.close();

      const { result, changes } = JSON.parse(readIzone(`after/${task}.json`)) as Oracle;
      expect(run).toMatchObject({ status: 'succeeded', error: null });
      expect(untouched).toEqual(before);
      expect(asBooleans(rowChanges(before, after))).toEqual(changes);
      expect(rowChanges(after, afterAgain)).toEqual({});
      expect(run.counts).toMatchObject({ hidden: result.to_not_show, shown: result.to_show });
      expect((run.counts['checked'] ?? 0) + (run.counts['exempt'] ?? 0)).toBe(result.active_num);
      expect([dry.counts, dry.changes, dry.findings]).toEqual([run.counts, run.changes, run.findings]);
      expect(again.counts).toMatchObject({ hidden: 0, shown: 0 });
    });
  });
}

// Two of the three databases keep truth values as numbers.
function asBooleans(changes: ReturnType<typeof rowChanges>): unknown {
  const text = JSON.stringify(changes, (key, value: unknown) => (key === 'is_show' ? Boolean(value) : value));
  return JSON.parse(text);
}
