import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import checkFriends from '../../src/actions/check-friends.ts';
import { describeBlog, dialects, emptyBlog, useBlog } from '../helpers/blog.ts';
import type { WebServer } from '../helpers/http-server.ts';
import { runAction, testNowMs, type TestRun } from '../helpers/run.ts';
import { checksOf, evidenceOf, forgetChecks, friendsOf, page, setFriends, startFriendsWeb } from './friends-stage.ts';

const hour = 3_600_000;

for (const dialect of dialects) {
  describeBlog(dialect, `check-friends on ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));
    let web: WebServer;
    beforeAll(async () => {
      web = await startFriendsWeb();
    });
    afterAll(() => web?.stop());
    beforeEach(() => forgetChecks(blog()));

    const run = (hours = 0, settings: Record<string, unknown> = {}, dryRun = false): Promise<TestRun> =>
      runAction(checkFriends, { blog: blog(), settings, dryRun, nowMs: testNowMs + hours * hour });

    test('hides a friend at the third failure in a row that is a day after the first, and says why and since when', async () => {
      await setFriends(blog(), [
        { id: 1, link: `${web.url}/alive` },
        { id: 2, link: `${web.url}/gone` },
      ]);

      const runs = [await run(0), await run(12), await run(23), await run(24)];

      expect(runs.map(({ counts }) => [counts['suspect'], counts['hidden']])).toEqual([
        [1, 0],
        [1, 0],
        [1, 0],
        [0, 1],
      ]);
      expect(await friendsOf(blog())).toEqual({ 1: [true, null], 2: [false, '网页请求返回404，自2026-03-18起'] });
      expect(await checksOf(blog())).toEqual({
        1: { state: 'ok', failures: 0, successes: 0 },
        2: { state: 'hidden', failures: 4, successes: 0 },
      });
      expect((await evidenceOf(blog())).slice(-2).toSorted()).toEqual(['1 ok alive -', '2 gone dead hidden']);
      expect(runs[0]?.findings).toEqual([
        {
          kind: 'suspect',
          target: 'friend 2 (friend-2)',
          message:
            '404 Not Found; 1 failure in a row since 2026-03-18 14:05: hidden after 2 more, not before 2026-03-19 14:05 (3 over 1d)',
        },
      ]);
    });

    test('says in one line whom it hides and whom it shows, in a dry run as in a real one', async () => {
      await setFriends(blog(), [
        { id: 1, name: '夜航船', link: `${web.url}/alive`, isShown: false, reason: '网页请求返回500' },
        ...[2, 3, 4, 5, 6, 7, 8].map((id) => ({ id, link: `${web.url}/${id === 8 ? 'alive' : 'gone'}?at=${id}` })),
      ]);
      const rule = { failAfter: 1, failOver: '0s', guardShare: 100, maxChanges: 6 };

      const dry = await run(0, rule, true);
      const real = await run(0, rule);

      expect(real.summary).toBe(
        '8 friends checked, 6 hidden (friend 2 (friend-2), friend 3 (friend-3), friend 4 (friend-4), friend 5 (friend-5), friend 6 (friend-6) and 1 more), 1 shown again (friend 1 (夜航船))',
      );
      expect(dry.summary).toBe(real.summary);
    });

    test('shows a friend again that a robot hid, and no other', async () => {
      await setFriends(blog(), [
        { id: 1, link: `${web.url}/alive`, isShown: false, reason: '网页请求返回500' },
        { id: 2, link: `${web.url}/alive?2`, isShown: false, reason: '连接超时，自2026-03-01起' },
        { id: 3, link: `${web.url}/alive?3`, isShown: false, reason: '内容不合适' },
        { id: 4, link: `${web.url}/alive?4`, isShown: false, reason: null },
        { id: 5, link: `${web.url}/alive?5`, isShown: false, reason: '网站未设置本站外链' },
        { id: 6, link: `${web.url}/alive?6`, isShown: false, isActive: false, reason: '网页请求返回500' },
      ]);

      const dry = await run(0, {}, true);
      const done = await run();

      expect(await friendsOf(blog())).toEqual({
        1: [true, ''],
        2: [true, ''],
        3: [false, '内容不合适'],
        4: [false, null],
        5: [false, '网站未设置本站外链'],
        6: [false, '网页请求返回500'],
      });
      expect(done.counts).toMatchObject({ checked: 3, shown: 2, byHand: 2 });
      expect(done.changes.slice(0, 2)).toEqual([
        { what: 'show', target: 'friend 1 (friend-1)', before: '网页请求返回500', after: '' },
        { what: 'show', target: 'friend 2 (friend-2)', before: '连接超时，自2026-03-01起', after: '' },
      ]);
      expect([dry.counts, dry.changes, dry.findings]).toEqual([done.counts, done.changes, done.findings]);
      expect(web.requests.some(({ path }) => /\?[346]/.test(path))).toBe(false);
    });

    test('shows it only after as many successes as are wanted', async () => {
      await setFriends(blog(), [{ id: 1, link: `${web.url}/alive`, isShown: false, reason: '网页请求返回500' }]);

      const shown = [];
      for (const hours of [0, 6, 12]) shown.push((await run(hours, { backAfter: 3 })).counts['shown']);

      expect(shown).toEqual([0, 0, 1]);
    });

    test('never hides a friend that blocks us, nor one that it must not fetch, and says so', async () => {
      await setFriends(blog(), [
        { id: 1, link: `${web.url}/blocks` },
        { id: 2, link: 'http://10.1.2.3/' },
      ]);

      for (const hours of [0, 12, 24, 36]) await run(hours, { failAfter: 1, failOver: '0s' });
      const last = await run(48, { failAfter: 1, failOver: '0s' });

      expect(await friendsOf(blog())).toEqual({ 1: [true, null], 2: [true, null] });
      expect(last.counts).toMatchObject({ blocked: 1, unknown: 2, suspect: 0 });
      expect(last.findings.map(({ kind, target }) => `${kind} ${target}`)).toEqual([
        'blocked friend 1 (friend-1)',
        'not-allowed friend 2 (friend-2)',
      ]);
    });

    test('hides a link that no browser should follow, by the same rule', async () => {
      await setFriends(blog(), [{ id: 1, link: 'javascript:alert(1)' }]);

      const first = await run(0, { failAfter: 2, failOver: '1h' });
      const second = await run(1, { failAfter: 2, failOver: '1h' });

      expect(first.findings[0]?.message).toMatch(/^"javascript:alert\(1\)" is no address of a page; 1 failure/);
      expect(second.counts).toMatchObject({ hidden: 1 });
      expect(await friendsOf(blog())).toEqual({ 1: [false, '链接不是网页地址，自2026-03-18起'] });
    });

    test('hides a friend without our link, and shows it when the link is there', async () => {
      await setFriends(blog(), [
        { id: 1, link: `${web.url}/linked` },
        { id: 2, link: `${web.url}/alive` },
        { id: 3, link: `${web.url}/linked?3`, isShown: false, reason: '网站未设置本站外链' },
      ]);
      const settings = { siteLink: 'blog.example.test', failAfter: 1, failOver: '0s' };

      const hidden = await run(0, settings);
      const states = await friendsOf(blog());
      web.answer({ '/alive': page('<a href="https://blog.example.test/">us</a>') });
      const shown = await run(1, settings);
      web.answer({ '/alive': page() });

      expect(hidden.counts).toMatchObject({ hidden: 1, shown: 1, alive: 2 });
      expect(states).toMatchObject({ 2: [false, '网站未设置本站外链，自2026-03-18起'], 3: [true, ''] });
      expect(shown.counts).toMatchObject({ hidden: 0, shown: 1 });
      expect((await friendsOf(blog()))[2]).toEqual([true, '']);
    });

    test('begins anew where the owner shows a friend again, edits its link, or hides it by hand for a while', async () => {
      const settings = { failAfter: 2, failOver: '0s', guardShare: 100 };
      await setFriends(
        blog(),
        [1, 2, 3].map((id) => ({ id, link: `${web.url}/gone?${id}` })),
      );
      await run(0, settings);
      const table = blog().query.updateTable('blog_friendlink');
      await table
        .set({ link: `${web.url}/gone?new` })
        .where('id', '=', 1)
        .execute();
      await table
        .set(({ lit }) => ({ is_show: lit(false), not_show_reason: '暂停' }))
        .where('id', '=', 2)
        .execute();

      const second = await run(1, settings);
      await table
        .set(({ lit }) => ({ is_show: lit(true), not_show_reason: '' }))
        .where('id', 'in', [2, 3])
        .execute();
      const third = await run(2, settings);

      expect(second.changes.map(({ what, target }) => `${what} ${target}`)).toContain('hide friend 3 (friend-3)');
      expect(second.counts).toMatchObject({ hidden: 1, suspect: 1, byHand: 1 });
      expect(third.changes.map(({ what, target }) => `${what} ${target}`)).toContain('hide friend 1 (friend-1)');
      expect(await checksOf(blog())).toMatchObject({
        1: { state: 'hidden' },
        2: { state: 'suspect', failures: 1 },
        3: { state: 'suspect', failures: 1 },
      });
    });

    test('clears a reason of its own from a friend that is shown and alive, and no other', async () => {
      await setFriends(blog(), [
        { id: 1, link: `${web.url}/alive`, reason: '连接超时，自2026-03-01起' },
        { id: 2, link: `${web.url}/alive?2`, reason: '老朋友' },
        { id: 3, link: `${web.url}/blocks`, reason: '网页请求返回500' },
      ]);

      const dry = await run(0, {}, true);
      const first = await run();
      const second = await run(6);

      expect(first.changes.slice(0, -1)).toEqual([
        { what: 'clear-reason', target: 'friend 1 (friend-1)', before: '连接超时，自2026-03-01起', after: '' },
      ]);
      expect([dry.changes, dry.counts]).toEqual([first.changes, first.counts]);
      expect(second.changes.map(({ what }) => what)).toEqual(['keep']);
      expect(await friendsOf(blog())).toEqual({
        1: [true, ''],
        2: [true, '老朋友'],
        3: [true, '网页请求返回500'],
      });
    });

    test('never shows a friend that its owner hid by hand, though words of its own are left from before', async () => {
      await setFriends(blog(), [
        { id: 1, link: `${web.url}/alive`, reason: '网页请求返回404，自2026-03-01起' },
        { id: 2, link: `${web.url}/blocks`, reason: '连接超时，自2026-03-01起' },
        { id: 3, link: `${web.url}/alive?3` },
      ]);
      await run();
      const hide = blog()
        .query.updateTable('blog_friendlink')
        .set(({ lit }) => ({ is_show: lit(false) }));
      await hide.where('id', 'in', [1, 2]).execute();
      await hide.set('not_show_reason', '网页请求返回500').where('id', '=', 3).execute();
      web.answer({ '/blocks': page() });

      const { counts } = await run(6);
      const again = await run(12);
      web.answer({ '/blocks': { status: 403 } });

      expect([counts, again.counts]).toMatchObject([
        { byHand: 2, shown: 1 },
        { byHand: 2, shown: 0 },
      ]);
      expect(await friendsOf(blog())).toEqual({
        1: [false, ''],
        2: [false, '连接超时，自2026-03-01起'],
        3: [true, ''],
      });
    });

    test('never shows a friend that its owner hid by hand, though its link is edited then or later', async () => {
      await setFriends(
        blog(),
        [1, 2].map((id) => ({ id, link: `${web.url}/blocks?${id}`, reason: '连接超时，自2026-03-01起' })),
      );
      await run();
      const table = blog().query.updateTable('blog_friendlink');
      await table.set(({ lit }) => ({ is_show: lit(false) })).execute();
      const edit = table.set({ link: `${web.url}/alive` });
      await edit.where('id', '=', 1).execute();
      await run(6);
      await edit.where('id', '=', 2).execute();

      const { counts } = await run(12);

      expect(counts).toMatchObject({ byHand: 2, shown: 0 });
      expect(await friendsOf(blog())).toMatchObject({ 1: [false, expect.anything()], 2: [false, expect.anything()] });
    });

    test('leaves a friend alone that is edited while it is looked at, and says so', async () => {
      await setFriends(blog(), [
        { id: 1, link: `${web.url}/slow` },
        { id: 2, link: `${web.url}/slow?2` },
        { id: 3, link: `${web.url}/alive` },
      ]);
      web.answer({
        '/slow': async () => {
          const table = blog().query.updateTable('blog_friendlink').where('id', '=', 1);
          await table.set({ link: 'https://new.example/' }).execute();
          return { status: 404 };
        },
        '/slow?2': { status: 404 },
      });

      const { counts, findings, changes } = await run(0, { failAfter: 1, failOver: '0s' });

      expect(counts).toMatchObject({ hidden: 1, edited: 1 });
      expect(changes.filter(({ what }) => what === 'hide').map(({ target }) => target)).toEqual([
        'friend 2 (friend-2)',
      ]);
      expect(findings.map(({ kind, target }) => `${kind} ${target}`)).toEqual(['edited-meanwhile friend 1 (friend-1)']);
      expect(await friendsOf(blog())).toMatchObject({
        1: [true, null],
        2: [false, /网页请求返回404/.source + '，自2026-03-18起'],
      });
      expect(Object.keys(await checksOf(blog()))).toEqual(['2', '3']);
    });

    test('keeps names and links of strangers out of the blog’s column, and takes whatever they are', async () => {
      const odd = dialect === 'postgres' ? '\u001b[31m红\u202e\n' : '\u001b[31m红\u202e\n\0';
      await setFriends(blog(), [
        { id: 1, name: odd, link: `${web.url}/gone?\u0007` },
        { id: 2, name: '😀'.repeat(30), link: 'http://[bad' },
        { id: 3, name: '', link: '' },
      ]);

      const { status, findings, stderr } = await run(0, {});
      const hidden = await run(24, { failAfter: 2 });

      expect([status, hidden.status]).toEqual(['succeeded', 'succeeded']);
      expect(findings[0]?.target).toBe('friend 1 ([31m红)');
      expect(stderr + JSON.stringify(findings)).not.toMatch(/\\u001b|\\u0000/);
      expect(hidden.counts).toMatchObject({ hidden: 3 });
    });

    test('leaves those alone that the owner names, by name, host or id', async () => {
      await setFriends(blog(), [
        { id: 1, name: '白名单站', link: `${web.url}/gone` },
        { id: 2, link: 'https://www.Exempt.example/x' },
        { id: 3, link: `${web.url}/gone?3` },
        { id: 4, link: `${web.url}/alive` },
      ]);
      const asked = web.requests.length;

      const { counts } = await run(0, { allow: ['白名单站', 'exempt.example', 3] });

      expect(counts).toMatchObject({ checked: 1, exempt: 3 });
      expect(web.requests.slice(asked).map(({ path }) => path)).toEqual(['/alive']);
    });

    test('takes an address for its host, and tells of words that mean nobody', async () => {
      await setFriends(blog(), [
        { id: 1, name: 'hill', link: `${web.url}/gone` },
        { id: 2, link: 'https://exempt.example/x' },
        { id: 3, name: 'asleep', link: `${web.url}/gone?3`, isActive: false },
        { id: 4, link: 'https://shared.example/~a' },
        { id: 5, link: 'javascript:alert(1)' },
      ]);
      const allow = ['hil', 'https://www.exempt.example/', 'asleep', 'https://shared.example/~a/', 'nobody.example'];

      const { counts, findings } = await run(0, {
        allow: [...allow, 1],
        insecure: ['https://exempt.example', 'x.test'],
      });
      const other = await run(0, { allow: ['https://shared.example/~b', 1, 2, 4] }, true);

      expect([counts, other.counts]).toMatchObject([
        { checked: 1, exempt: 3 },
        { checked: 1, exempt: 3 },
      ]);
      expect(findings.slice(0, 3)).toEqual([
        { kind: 'unknown-friend', target: 'allow', message: 'nobody is called hil; did you mean hill?' },
        { kind: 'unknown-friend', target: 'allow', message: 'nobody is called nobody.example' },
        { kind: 'unknown-friend', target: 'insecure', message: 'nobody is called x.test' },
      ]);
      expect(other.summary).toMatch(/^1 friend checked/);
    });

    test('tells which settings the blog’s own way of judging leaves without effect', async () => {
      await setFriends(blog(), [{ id: 1, link: `${web.url}/alive` }]);

      const { findings } = await run(0, { compat: 'izone', failAfter: 5, guardShare: 20 });

      expect(findings).toMatchObject([{ kind: 'no-effect', target: 'failAfter, guardShare' }]);
    });

    test('tells that the blog’s own way of judging spares friends by their names alone', async () => {
      await setFriends(blog(), [{ id: 7, name: '夜航船', link: 'https://night-ferry.example/' }]);

      const { findings } = await run(0, { compat: 'izone', allow: ['night-ferry.example', 7] }, true);

      expect(findings.filter(({ target }) => target === 'allow').map(({ message }) => message)).toEqual([
        'with compat izone night-ferry.example means nobody: give the name, 夜航船',
        'with compat izone 7 means nobody: give the name, 夜航船',
      ]);
    });

    test('looks only at those that are named, and tells of names that nobody has', async () => {
      await setFriends(
        blog(),
        [1, 2, 3].map((id) => ({ id, link: `${web.url}/alive?${id}` })),
      );

      const some = await run(0, { friends: ['2', 'friend-3', 'nobody'] });
      const none = await run(0, { friends: ['99'] });

      expect(some.counts).toMatchObject({ checked: 2 });
      expect(some.findings).toMatchObject([{ kind: 'unknown-friend', target: 'friend nobody' }]);
      expect(none).toMatchObject({
        status: 'failed',
        error: { message: 'there is no friend to be checked of this id, name or host: 99' },
      });
    });
  });
}
