import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import checkFriends from '../../src/actions/check-friends.ts';
import { describeBlog, dialects, emptyBlog, useBlog } from '../helpers/blog.ts';
import type { WebServer } from '../helpers/http-server.ts';
import { refuseRow } from '../helpers/refuse-row.ts';
import { runAction, testNowMs, type TestRun } from '../helpers/run.ts';
import { checksOf, evidenceOf, forgetChecks, friendsOf, setFriends, startFriendsWeb } from './friends-stage.ts';

const rule = { failAfter: 1, failOver: '0s', guardShare: 100 };
const reason = '网页请求返回404，自2026-03-18起';

for (const dialect of dialects) {
  describeBlog(dialect, `check-friends on ${dialect}, where the database refuses something`, () => {
    const blog = useBlog(() => emptyBlog(dialect));
    let web: WebServer;
    beforeAll(async () => {
      web = await startFriendsWeb();
      await runAction(checkFriends, { blog: blog() });
    });
    afterAll(() => web?.stop());
    beforeEach(async () => {
      await forgetChecks(blog());
      await setFriends(blog(), [
        { id: 1, link: `${web.url}/alive` },
        ...[2, 3, 4].map((id) => ({ id, link: `${web.url}/gone?at=${id}` })),
      ]);
    });

    const run = (hours = 0, settings: Record<string, unknown> = rule): Promise<TestRun> =>
      runAction(checkFriends, { blog: blog(), settings, nowMs: testNowMs + hours * 3_600_000 });

    test('hides the others, tells of the one, and hides it when it may', async () => {
      const allow = await refuseRow(blog(), { table: 'blog_friendlink', key: 'id', id: 3 });

      const first = await run();
      await allow();
      const then = await run(1);

      expect([first.status, first.counts['hidden'], then.counts['hidden']]).toEqual(['succeeded', 2, 1]);
      expect(first.findings).toContainEqual({
        kind: 'not-written',
        target: 'friend 3 (friend-3)',
        message: 'it could not be hidden: not this one; a later run tries again',
      });
      expect(await friendsOf(blog())).toEqual({
        1: [true, null],
        2: [false, reason],
        3: [false, reason],
        4: [false, reason],
      });
      expect((await evidenceOf(blog())).filter((line) => line.startsWith('3'))).toEqual([
        '3 gone dead -',
        '3 gone dead hidden',
      ]);
    });

    test('fails where it is not let hide anybody, and keeps what it saw of the others', async () => {
      const allow = await refuseRow(blog(), { table: 'blog_friendlink', key: 'id', id: 3 });

      const ended = await run(0, { ...rule, friends: ['1', '3'] });
      await allow();

      expect([ended.status, ended.error?.message]).toEqual(['failed', expect.stringContaining('not this one')]);
      expect(await checksOf(blog())).toEqual({
        1: { state: 'ok', failures: 0, successes: 0 },
        3: { state: 'suspect', failures: 1, successes: 0 },
      });
    });

    test('shows a friend that came back once it may, and has known it for hidden until then', async () => {
      const back = { link: `${web.url}/alive?back`, isShown: false, reason: '网页请求返回500' };
      await setFriends(blog(), [
        { id: 3, ...back },
        { id: 5, ...back },
      ]);
      const allow = await refuseRow(blog(), { table: 'blog_friendlink', key: 'id', id: 3 });

      const first = await run();
      const known = await checksOf(blog());
      await allow();
      await run(1);

      expect(first.findings.map(({ message }) => message)).toContain(
        'it could not be shown: not this one; a later run tries again',
      );
      expect(known).toMatchObject({ 3: { state: 'hidden' }, 5: { state: 'ok' } });
      expect(await friendsOf(blog())).toEqual({ 3: [true, ''], 5: [true, ''] });
    });

    test('has the evidence of whom it hid, though it ends in the middle', async () => {
      const allow = await refuseRow(blog(), { table: 'blogctl_check', key: 'target_id', id: 3, when: 'insert' });

      const ended = await run();
      await allow();

      expect([ended.status, ended.counts['hidden']]).toEqual(['failed', 1]);
      expect((await friendsOf(blog()))[2]).toEqual([false, reason]);
      expect(await evidenceOf(blog())).toContain('2 gone dead hidden');
      expect(await checksOf(blog())).toEqual({ 2: { state: 'hidden', failures: 1, successes: 0 } });
    });
  });
}
