import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import checkFriends from '../../src/actions/check-friends.ts';
import { describeBlog, emptyBlog, useBlog } from '../helpers/blog.ts';
import { InterruptedError } from '../../src/core/errors.ts';
import type { WebServer } from '../helpers/http-server.ts';
import { runAction, testConfig, testNowMs, type TestRun } from '../helpers/run.ts';
import { checksOf, forgetChecks, friendsOf, setFriends, startFriendsWeb } from './friends-stage.ts';

const nowhere = 'http://127.0.0.1:1/';

describeBlog('sqlite', 'is it them or is it me?', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));
  let web: WebServer;
  beforeAll(async () => {
    web = await startFriendsWeb();
  });
  afterAll(() => web?.stop());
  beforeEach(() => forgetChecks(blog()));

  const once = { failAfter: 1, failOver: '0s' };
  const run = (
    settings: Record<string, unknown>,
    { canaries = [] as readonly string[], dryRun = false, url = null as string | null, hours = 0 } = {},
  ): Promise<TestRun> => {
    const http = { ...testConfig({ blog: blog() }).http, canaries };
    const nowMs = testNowMs + hours * 3_600_000;
    return runAction(checkFriends, { blog: blog(), settings, dryRun, nowMs, config: { http }, about: { url } });
  };
  /** So many friends, of which the first ones are gone. */
  const friends = (count: number, gone: number): Promise<void> =>
    setFriends(
      blog(),
      Array.from({ length: count }, (_, index) => ({
        id: index + 1,
        link: `${web.url}/${index < gone ? 'gone' : 'alive'}?${index}`,
      })),
    );
  const hiddenIds = async (): Promise<string[]> =>
    Object.entries(await friendsOf(blog())).flatMap(([id, [isShown]]) => (isShown ? [] : [id]));

  test('where no canary answers, nobody is asked, nothing is written, and the run fails', async () => {
    await friends(3, 1);
    const asked = web.requests.length;

    const ended = await run(once, { canaries: [nowhere, 'http://127.0.0.1:2/'] });

    expect(ended).toMatchObject({ status: 'failed', error: { kind: 'upstream' }, changes: [] });
    expect(ended.error?.message).toMatch(
      /^no canary answers, so your own network is to blame: nobody was judged \(http:/,
    );
    expect(web.requests.length).toBe(asked);
    expect([await hiddenIds(), await checksOf(blog())]).toEqual([[], {}]);
  });

  test('one canary that answers is enough, whatever it says', async () => {
    await friends(3, 1);

    const { status, counts } = await run(once, { canaries: [nowhere, `${web.url}/fails`] });

    expect([status, counts['hidden']]).toEqual(['succeeded', 1]);
  });

  test('a canary that sends us on has answered, wherever that leads', async () => {
    web.answer({ '/sends': { status: 302, headers: { location: 'http://10.255.255.1/' } } });
    await friends(3, 1);

    const { status, counts } = await run(once, { canaries: [`${web.url}/sends`] });

    expect([status, counts['hidden']]).toEqual(['succeeded', 1]);
  });

  test('canaries that fall silent while friends are looked at leave everybody as they were', async () => {
    let asked = 0;
    web.answer({
      '/canary': (_, response) => {
        if (asked++ > 0) response.destroy();
        else response.end('here');
      },
    });
    await setFriends(blog(), [{ id: 1, link: 'http://127.0.0.1:10081/' }]);

    const ended = await run(once, { canaries: [`${web.url}/canary`] });

    expect(ended).toMatchObject({ status: 'failed', error: { kind: 'upstream' } });
    expect(await hiddenIds()).toEqual([]);
  });

  test('the blog’s own address is only told of', async () => {
    await friends(3, 1);

    const { status, findings, counts, stderr } = await run(once, { url: nowhere });

    expect([status, counts['hidden'], stderr]).toEqual(['succeeded', 1, '']);
    expect(findings).toMatchObject([{ kind: 'own-address', message: expect.stringContaining('http.canaries') }]);
  });

  test('where nobody answers, not even the blog’s own address, the network is to blame', async () => {
    const silent = 'http://127.0.0.1:10081/';
    await setFriends(blog(), [
      { id: 1, link: silent },
      { id: 2, link: 'javascript:alert(1)' },
    ]);

    const dry = await run(once, { url: nowhere, dryRun: true });
    const ended = await run(once, { url: nowhere });
    const own = await run(once, { url: `${web.url}/fails`, dryRun: true });
    const canary = await run(once, { url: nowhere, canaries: [`${web.url}/fails`], dryRun: true });
    await setFriends(blog(), [
      { id: 1, link: silent },
      { id: 2, link: `${web.url}/blocks` },
    ]);
    const answered = await run(once, { url: nowhere, dryRun: true });

    expect(ended).toMatchObject({ status: 'failed', error: { kind: 'upstream' }, changes: [] });
    expect(ended.error?.message).toMatch(/^nobody answers, not even the blog's own address, so your own network/);
    expect([dry.error, await checksOf(blog())]).toEqual([ended.error, {}]);
    expect([own, canary, answered].map(({ counts }) => counts['hidden'])).toEqual([2, 2, 1]);
  });

  test('few friends that fail all together hide nobody, whatever they lack, unless they are right to', async () => {
    await setFriends(blog(), [
      { id: 1, link: `${web.url}/linked` },
      { id: 2, link: `${web.url}/linked?2` },
    ]);
    const typo = { ...once, siteLink: 'blog.exmaple.test' };

    const ended = await run(typo);
    const bold = await run({ ...typo, guardShare: 100 }, { dryRun: true });

    expect(ended.error?.message).toBe('2 of 2 that were healthy fail together (2 no-backlink): nothing was written');
    expect([await hiddenIds(), bold.counts['hidden']]).toEqual([[], 2]);
  });

  test.each([
    [10, 5, 'succeeded'],
    [10, 6, 'failed'],
    [5, 3, 'failed'],
    [4, 3, 'succeeded'],
    [4, 4, 'failed'],
    [2, 2, 'failed'],
    [1, 1, 'succeeded'],
  ])('of %i healthy friends %i fail together: %s', async (count, gone, status) => {
    await friends(count, gone);

    const dry = await run({ ...once, maxChanges: 100 }, { dryRun: true });
    const ended = await run({ ...once, maxChanges: 100 });

    expect([dry.status, ended.status]).toEqual([status, status]);
    expect((await hiddenIds()).length).toBe(status === 'failed' ? 0 : gone);
    if (status === 'failed') {
      expect(ended.error).toMatchObject({
        kind: 'upstream',
        message: `${gone} of ${count} that were healthy fail together (${gone} gone): nothing was written`,
      });
      expect(await checksOf(blog())).toEqual({});
    }
  });

  test('those that failed before do not count, and the share may be another', async () => {
    await friends(10, 5);
    await run({ failAfter: 9 });
    await friends(10, 8);

    const usual = await run({ failAfter: 9 }, { hours: 1 });
    const bold = await run({ failAfter: 9, guardShare: 60 }, { hours: 1 });

    expect(usual.error?.message).toMatch(/^3 of 5 that were healthy fail together/);
    expect(bold.counts).toMatchObject({ suspect: 8 });
  });

  test('more than a few are never hidden at once, and what was seen is kept', async () => {
    await friends(14, 6);

    const dry = await run(once, { dryRun: true });
    const ended = await run(once);
    const states = await checksOf(blog());
    const raised = await run({ ...once, maxChanges: '50%' }, { hours: 1 });

    expect(ended).toMatchObject({ status: 'failed', error: { kind: 'failed' }, counts: { hidden: 0, suspect: 6 } });
    expect(ended.error?.message).toBe(
      'it would hide 6 of 14 at once, and at most 5 are hidden: nobody was hidden (friend 1 (friend-1), friend 2 (friend-2), friend 3 (friend-3), friend 4 (friend-4), friend 5 (friend-5) and 1 more)',
    );
    expect([dry.status, dry.error, dry.changes]).toEqual([ended.status, ended.error, ended.changes]);
    expect(states).toMatchObject({ 1: { state: 'suspect', failures: 1 }, 14: { state: 'ok' } });
    expect(raised.counts).toMatchObject({ hidden: 6 });
    expect((await friendsOf(blog()))[6]).toEqual([false, '网页请求返回404，自2026-03-18起']);
  });

  test('how many may be hidden is told in friends', () => {
    const { error } = checkFriends.settings.safeParse({ maxChanges: 'some' });

    expect(error?.issues[0]?.message).toBe(
      'expected a number of friends such as 10, or a share of those shown such as 20%',
    );
  });

  test('a run that is stopped has judged nobody', async () => {
    const stop = new AbortController();
    await friends(4, 2);
    web.answer({
      '/gone': () => {
        stop.abort(new InterruptedError('SIGTERM'));
        return { status: 404 };
      },
    });

    const ended = await runAction(checkFriends, { blog: blog(), settings: once, host: { signal: stop.signal } });
    web.answer({ '/gone': { status: 404 } });

    expect([ended.status, ended.changes]).toEqual(['interrupted', []]);
    expect([await hiddenIds(), await checksOf(blog())]).toEqual([[], {}]);
  });
});

describeBlog('mysql', 'a blog whose records are kept in a database of another kind', () => {
  const blog = useBlog(() => emptyBlog('mysql'));
  const state = useBlog(() => emptyBlog('sqlite'));

  test('has its friends judged by them', async () => {
    const web = await startFriendsWeb();
    await setFriends(blog(), [{ id: 1, link: `${web.url}/gone` }]);
    const kept = { database: state().url, keepRuns: { ms: 90 * 86_400_000, text: '90d' } };
    const options = { blog: blog(), settings: { failAfter: 2, failOver: '0s' }, config: { state: kept } };

    await runAction(checkFriends, options);
    const second = await runAction(checkFriends, options);
    await web.stop();

    expect(second.counts).toMatchObject({ hidden: 1 });
    expect(await checksOf(state())).toMatchObject({ 1: { state: 'hidden', failures: 2 } });
    expect(await blog().tables()).not.toContain('blogctl_check');
  });
});
