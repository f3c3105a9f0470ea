import { expect, test } from 'vitest';
import checkFriends from '../../src/actions/check-friends.ts';
import checkHosts from '../../src/actions/check-hosts.ts';
import { addEvidence, cutEvidence, keepChecks } from '../../src/blog/checks.ts';
import { isoUtc } from '../../src/core/host.ts';
import { describeBlog, dialects, emptyBlog, useBlog, type TestBlog } from '../helpers/blog.ts';
import { openDesk, type Desk } from '../helpers/desk.ts';
import { putHosts } from '../helpers/hosts.ts';
import { stateOf } from '../helpers/publications.ts';
import { runAction, testNowMs } from '../helpers/run.ts';
import { setFriends, startFriendsWeb, type Listed } from '../actions/friends-stage.ts';

const hour = 3_600_000;
const siteName = 'test-blog';

async function deskOf(blog: TestBlog): Promise<Desk> {
  return openDesk(`blog: { name: ${siteName} }\ndatabase: ${blog.url}\n`);
}

/** Friends that were looked at so many times, hours apart; with a desk to ask about them. */
async function looked(
  blog: TestBlog,
  friends: (url: string) => readonly Listed[],
  hours: readonly number[],
): Promise<Desk> {
  const web = await startFriendsWeb();
  await setFriends(blog, friends(web.url));
  for (const at of hours) await runAction(checkFriends, { blog, nowMs: testNowMs + at * hour });
  await web.stop();
  return deskOf(blog);
}

for (const dialect of dialects) {
  describeBlog(dialect, `why a friend stands as it does, on ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));

    test('is told with its time line, newest first, and what comes next', async () => {
      const desk = await looked(blog(), (url) => [{ id: 12, name: '夜航船', link: `${url}/fails` }], [0, 12]);

      const byId = await desk.blogctl(['why', 'friend', '12']);
      const byName = await desk.blogctl(['why', 'friend', '夜航船']);
      const document = await desk.json<Record<string, unknown>>(['why', 'friend', '12']);
      await desk.close();

      const [heading, link, ...rest] = byId.stdout.split('\n');
      expect([byId.code, byId.stderr, byName.stdout]).toEqual([0, '', byId.stdout]);
      expect([heading, link]).toEqual(['friend 12: 夜航船', expect.stringMatching(/^link: http:.*\/fails$/)]);
      expect(rest).toEqual([
        'in the blog: shown',
        'state: suspect, 2 failures in a row since 2026-03-18 14:05; last looked at 2026-03-19 02:05',
        'next: it is hidden after 1 more, not before 2026-03-19 14:05 (3 over 1d)',
        'next look: by hand, since cron runs no job of check-friends',
        '',
        'at (Asia/Shanghai)  result        verdict  done  reason',
        '2026-03-19 02:05    server-error  dead           502 Bad Gateway',
        '2026-03-18 14:05    server-error  dead           502 Bad Gateway',
        '',
      ]);
      expect(document).toMatchObject({
        kind: 'friend',
        id: 12,
        name: '夜航船',
        isShown: true,
        reason: null,
        check: { state: 'suspect', failures: 2, failingSince: isoUtc(testNowMs), okAt: null },
        next: 'it is hidden after 1 more, not before 2026-03-19 14:05 (3 over 1d)',
        evidence: [{ at: isoUtc(testNowMs + 12 * hour), result: 'server-error', done: null }, { verdict: 'dead' }],
      });
    });

    test('is told in the words of each case', async () => {
      const desk = await looked(
        blog(),
        (url) => [
          { id: 1, link: `${url}/gone` },
          { id: 2, link: `${url}/alive` },
          { id: 3, link: `${url}/alive`, isShown: false, reason: '不合适' },
          { id: 4, link: `${url}/alive`, isActive: false },
        ],
        [0, 12, 24],
      );
      const next = async (id: number): Promise<unknown> =>
        (await desk.json<{ next: string }>(['why', 'friend', String(id)])).next;

      const told = [await next(1), await next(2), await next(3), await next(4)];
      const table = blog().query.updateTable('blog_friendlink');
      await table.set({ link: 'https://new.example/' }).where('id', '=', 2).execute();
      await table
        .set(({ lit }) => ({ is_show: lit(true) }))
        .where('id', 'in', [1, 3])
        .execute();
      const changed = [await next(1), await next(2), await next(3)];
      await desk.close();

      expect(told).toEqual([
        'it is shown again after 1 look that finds it alive',
        'it is hidden after 3 failures in a row over at least 1d',
        'it was hidden by hand: nobody looks at it, and you alone show it again',
        'it is switched off in the blog: nobody looks at it',
      ]);
      expect(changed).toEqual([
        'it was shown again by hand: it begins anew',
        'its link was edited since the last look: it begins anew',
        'nobody has looked at it yet: blogctl check-friends',
      ]);
    });

    test('is a clear sentence where nobody is meant, or too many', async () => {
      await setFriends(blog(), [
        { id: 1, name: 'hill', link: 'https://a.example/1' },
        { id: 2, name: 'dale\u001b[2J', link: 'https://www.a.example/2' },
      ]);
      const desk = await deskOf(blog());

      const answers = [
        await desk.blogctl(['why', 'friend', '99']),
        await desk.blogctl(['why', 'friend', 'hil']),
        await desk.blogctl(['why', 'friend', 'a.example']),
        await desk.blogctl(['why', 'freind', '1']),
        await desk.blogctl(['why', 'friend']),
      ];
      const odd = await desk.blogctl(['why', 'friend', '2']);
      await desk.close();

      expect(answers.map(({ code }) => code)).toEqual([1, 1, 1, 2, 2]);
      expect(answers.map(({ stderr }) => stderr).slice(0, 4)).toEqual([
        'blogctl: there is no friend of this id, name or host: 99\n',
        'blogctl: there is no friend of this id, name or host: hil; did you mean "hill"?\n',
        'blogctl: 2 friends are meant by a.example: give an id (1, 2)\n',
        'blogctl: there is nothing to be known of the kind "freind"; did you mean "friend"?\n',
      ]);
      expect(odd.stdout).not.toContain('\u001b');
    });

    test('of a feed and of a host is told with what is known of them', async () => {
      const state = await stateOf(blog());
      const dates = { create_date: '2026-01-01 00:00:00', update_date: '2026-01-01 00:00:00' };
      await blog()
        .query.insertInto('blog_feedhub')
        .values(({ lit }) => ({
          id: 3,
          name: '周刊',
          url: 'https://me:s3cret@weekly.example/feed',
          icon: '',
          is_active: lit(true),
          create_date: dates.create_date,
          data: null,
          sort_order: 1,
        }))
        .execute();
      await blog()
        .query.insertInto('monitor_monitorserver')
        .values(({ lit }) => ({
          id: 4,
          name: 'web-1',
          interval: 60,
          push_url: '',
          username: '',
          password: '',
          secret_key: null,
          secret_value: null,
          data: null,
          active: lit(true),
          alarm: lit(true),
          sort_order: 1,
          ...dates,
        }))
        .execute();
      const feedUrl = 'https://me:***@weekly.example/feed';
      const check = {
        site: siteName,
        kind: 'feed',
        target_id: 3,
        link: feedUrl,
        state: 'failing',
        failures: 2,
      } as const;
      const at = isoUtc(testNowMs);
      const times = { failing_since: at, checked_at: at, ok_at: null, due_at: isoUtc(testNowMs + hour) };
      await keepChecks(state, [{ ...check, ...times, successes: 0, data: null }]);
      const seen = { site: siteName, kind: 'feed', target_id: 3, at, result: 'timeout', verdict: 'dead' } as const;
      await addEvidence(state, [{ ...seen, reason: 'no answer\0 within\u001b 20 s \ud800', done: null }]);
      const desk = await deskOf(blog());

      const feed = await desk.blogctl(['why', 'feed', 'weekly.example']);
      const host = await desk.blogctl(['why', 'host', 'web-1']);
      await keepChecks(state, [{ ...check, ...times, state: 'paused', due_at: null, successes: 0, data: null }]);
      const gone = await desk.blogctl(['why', 'feed', '3']);
      const document = await desk.blogctl(['why', 'feed', '3', '--json']);
      await blog().query.updateTable('blog_feedhub').set({ url: 'https://weekly.example/new' }).execute();
      const edited = await desk.blogctl(['why', 'feed', '3']);
      await desk.close();

      const atRest =
        'it said that it is gone: it is not asked until its address is altered, or by blogctl fetch-feeds 3';
      expect(gone.stdout).toContain(`link: ${feedUrl}\n`);
      expect(gone.stdout).toContain(`next: ${atRest}\n`);
      expect(gone.stdout).not.toContain('next look');
      expect(JSON.parse(document.stdout)).toMatchObject({ link: feedUrl, next: atRest, nextLook: null });
      expect(edited.stdout).toContain('next: its address was edited since the last look: it begins anew\n');

      expect(feed.stdout).toContain('next: looked at again not before 2026-03-18 15:05, by fetch-feeds\n');
      expect(feed.stdout).toContain('timeout  dead           no answer within 20 s \ufffd\n');
      expect(host.stdout).toBe(
        'host 4: web-1\nnext: it has no secret in the blog, so it cannot report: nobody looks at it\n',
      );
    });

    test('is known of the last hundred looks and a few, however many there were', async () => {
      const state = await stateOf(blog());
      const look = { site: siteName, kind: 'site', result: 'ok', verdict: 'alive', reason: 'x', done: null } as const;
      const looks = Array.from({ length: 300 }, (_, index) => {
        return { ...look, target_id: index < 180 ? 1 : 2, at: isoUtc(testNowMs + index * hour) };
      });
      await addEvidence(state, looks);

      await cutEvidence(state, siteName, 'site');

      const left = await blog().query.selectFrom('blogctl_evidence').selectAll().where('kind', '=', 'site').execute();
      const of = (id: number): string[] => left.filter((row) => row.target_id === id).map((row) => row.at);
      expect([of(1).length, of(2).length]).toEqual([100, 120]);
      expect(of(1).toSorted()[0]).toBe(isoUtc(testNowMs + 80 * hour));
    });
  });
}

describeBlog('sqlite', 'what comes next for a host', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));
  const settings = 'steps: [1, 60, 600], quietHours: "22:00-07:00"';

  test('is the step of its silence, and when it is reached; or why nobody looks at it', async () => {
    await putHosts(blog(), [
      { id: 1, silentMinutes: 5 },
      { id: 2, silentMinutes: 65 },
      { id: 3, silentMinutes: 700 },
      { id: 4 },
      { id: 5, active: false },
      { id: 6, alarm: false },
      { id: 7, secretKey: null },
      { id: 8, data: null },
      { id: 9, updateDate: '2026-03-18 16:05:09' },
    ]);
    const notify = { webhooks: [{ kind: 'json' as const, url: 'http://127.0.0.1:1/hook' }], failedJobs: false };
    const job = { steps: [1, 60, 600], quietHours: '22:00-07:00' };
    await runAction(checkHosts, { blog: blog(), job: 'check-hosts', settings: job, config: { notify } });
    const desk = await openDesk(
      `blog: { name: ${siteName} }\ndatabase: ${blog().url}\njobs: { check-hosts: { ${settings} } }\n`,
    );

    const next = [];
    for (const id of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      next.push((await desk.json<{ next: string }>(['why', 'host', String(id)])).next);
    }
    await desk.close();

    expect(next).toEqual([
      'it is told again at 60 minutes of silence, at 2026-03-18 14:59',
      'it is told again at 10 h of silence, at 2026-03-18 22:59, but put off until the quiet hours (22:00-07:00) are over',
      'the last step is past: it is told again when it reports; from 22:00 to 07:00 nobody is told',
      'it is told at 1 minute of silence; from 22:00 to 07:00 nobody is told',
      'it is switched off in the blog: nobody looks at it',
      'its alarm is switched off in the blog: nobody looks at it',
      'it has no secret in the blog, so it cannot report: nobody looks at it',
      'it has never reported to the blog: nobody looks at it',
      'its time runs ahead: until that is past its silence is not noticed',
    ]);
  });

  test('stands below when it last reported, as the blog has it now', async () => {
    await putHosts(blog(), [{ id: 21, silentMinutes: 65 }, { id: 22 }, { id: 23, updateDate: '0000-00-00 00:00:00' }]);
    await runAction(checkHosts, { blog: blog(), job: 'check-hosts' });
    await putHosts(blog(), [{ id: 22, silentMinutes: -60 }]);
    const desk = await deskOf(blog());

    const nowMs = testNowMs + hour;
    const [silent, well, dateless] = await Promise.all(
      [21, 22, 23].map((id) => desk.blogctl(['why', 'host', String(id)], { nowMs })),
    );
    const document = await desk.json(['why', 'host', '21'], { nowMs });
    await desk.close();

    expect(silent?.stdout.split('\n').slice(0, 3)).toEqual([
      'host 21: host-21',
      'state: silent since 2026-03-18 12:59',
      'last report: 2026-03-18 12:59, 2 h 5 min ago',
    ]);
    expect(well?.stdout.split('\n').slice(1, 2)).toEqual(['last report: 2026-03-18 15:04, 20 s ago']);
    expect(dateless?.stdout.split('\n').slice(1, 2)).toEqual([
      'next: its update_date is no date, so nobody knows when it reported',
    ]);
    expect(document).toMatchObject({ id: 21, lastReport: '2026-03-18T04:59:49.000Z', check: { state: 'silent' } });
    expect(document).not.toHaveProperty('updateDate');
  });

  test('that is no longer watched is not called alive', async () => {
    await putHosts(blog(), [{ id: 1, silentMinutes: 5 }]);
    const look = (minute: number) =>
      runAction(checkHosts, { blog: blog(), job: 'check-hosts', nowMs: testNowMs + minute * 60_000 });
    await look(0);
    await putHosts(blog(), [{ id: 1, silentMinutes: 5, active: false }]);
    await look(10);
    const desk = await deskOf(blog());

    const { stdout } = await desk.blogctl(['why', 'host', '1']);
    await desk.close();

    const [, state, next, , , newest] = stdout.split('\n');
    expect(state).toBe('state: unwatched; last looked at 2026-03-18 14:15, last reported 2026-03-18 13:59');
    expect(next).toBe('next: it is switched off in the blog: nobody looks at it');
    expect(newest).toMatch(/unwatched +unknown +no longer watched; it last reported at 2026-03-18 13:59:49$/);
  });
});

describeBlog('sqlite', 'what comes next for a friend', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));

  test('is told of those that were hidden by hand, lack the link, were refused, or never could be verified', async () => {
    const web = await startFriendsWeb();
    const empty = { isShown: false, reason: '' };
    await setFriends(blog(), [
      { id: 1, link: `${web.url}/alive` },
      ...[2, 3, 4].map((id) => ({ id, link: `${web.url}/alive?${id}` })),
      { id: 5, link: `${web.url}/blocks` },
      { id: 6, link: `${web.url}/alive?6`, ...empty },
      { id: 7, link: `${web.url}/linked`, isShown: false, reason: '网站未设置本站外链，自2026-03-01起' },
      { id: 8, link: `${web.url}/linked?8` },
    ]);
    await runAction(checkFriends, { blog: blog() });
    web.answer({ '/alive?2': { status: 404 }, '/linked?8': { status: 403 } });
    const refused = await runAction(checkFriends, {
      blog: blog(),
      settings: { failAfter: 1, failOver: '0s', maxChanges: 0 },
      nowMs: testNowMs + hour,
    });
    await web.stop();
    const desk = await deskOf(blog());
    const why = async (id: number): Promise<string> => (await desk.blogctl(['why', 'friend', String(id)])).stdout;

    const told = [await why(2), await why(5), await why(6), await why(7), await why(8)];
    await desk.close();

    expect(refused.status).toBe('failed');
    expect(told[0]).toContain('next: it is hidden by the next run, unless --max-changes refuses again\n');
    expect(told[0]).toMatch(/gone +dead +refused +404 Not Found/);
    expect(told[1]).toContain('state: unverified; last looked at');
    expect(told[2]).toContain('next: it was hidden by hand: nobody looks at it, and you alone show it again\n');
    expect(told[3]).toContain('next: it is shown again after 1 look that finds the link (which needs siteLink)\n');
    expect(told[4]).toContain('state: ok, but not verified since 2026-03-18 14:05; last looked at 2026-03-18 15:05');
  });

  test('is no look where nobody looks at it', async () => {
    const web = await startFriendsWeb();
    await setFriends(blog(), [
      { id: 1, link: `${web.url}/alive` },
      { id: 2, link: `${web.url}/alive?2`, isActive: false },
      { id: 3, link: `${web.url}/alive?3` },
    ]);
    await runAction(checkFriends, { blog: blog() });
    const table = blog().query.updateTable('blog_friendlink');
    await table
      .set(({ lit }) => ({ is_show: lit(false) }))
      .where('id', '=', 1)
      .execute();
    await runAction(checkFriends, { blog: blog(), nowMs: testNowMs + hour });
    await web.stop();
    const job = 'check-friends: { schedule: "* * * * *", allow: [3] }';
    const desk = await openDesk(`blog: { name: ${siteName} }\ndatabase: ${blog().url}\njobs: { ${job} }\n`);

    const told = [];
    for (const id of ['1', '2', '3']) told.push((await desk.blogctl(['why', 'friend', id])).stdout);
    const document = await desk.json<{ nextLook: unknown }>(['why', 'friend', '1']);
    await desk.close();

    expect(told.filter((text) => text.includes('next look'))).toEqual([]);
    expect(document.nextLook).toBeNull();
    expect(told[0]).toContain('state: by-hand, seen so since 2026-03-18 15:05\n');
  });

  test('goes by the rule of the job that comes next, and not by that of the last run', async () => {
    const web = await startFriendsWeb();
    await setFriends(blog(), [
      { id: 1, link: `${web.url}/gone` },
      { id: 2, link: `${web.url}/alive`, isShown: false, reason: '网页请求返回500' },
      { id: 3, link: `${web.url}/alive?3` },
    ]);
    await runAction(checkFriends, { blog: blog(), settings: { backAfter: 9 } });
    await web.stop();
    const job = 'check-friends: { failAfter: 5, failOver: 3d, backAfter: 4 }';
    const desk = await openDesk(`blog: { name: ${siteName} }\ndatabase: ${blog().url}\njobs: { ${job} }\n`);
    const next = async (id: number): Promise<unknown> =>
      (await desk.json<{ next: string }>(['why', 'friend', String(id)])).next;

    const told = [await next(1), await next(2), await next(3)];
    await desk.close();

    expect(told).toEqual([
      'it is hidden after 4 more, not before 2026-03-21 14:05 (5 over 3d)',
      'it is shown again after 3 looks in a row that find it alive',
      'it is hidden after 5 failures in a row over at least 3d',
    ]);
  });

  test('goes by the words of the blog’s own task where a job judges as it does', async () => {
    await setFriends(blog(), [
      { id: 21, name: '夜航船', link: 'https://night-ferry.example/' },
      { id: 22, name: 'hill', link: 'https://hill.example/', isShown: false, reason: '' },
    ]);
    const allow = 'allow: [night-ferry.example, hill]';
    const desk = await openDesk(
      `blog: { name: ${siteName} }\ndatabase: ${blog().url}\njobs: { check-friends: { compat: izone, ${allow} } }\n`,
    );
    const next = async (id: number): Promise<unknown> =>
      (await desk.json<{ next: string }>(['why', 'friend', String(id)])).next;

    const told = [await next(21), await next(22)];
    await desk.close();

    expect(told).toEqual([
      'nobody has looked at it yet: blogctl check-friends',
      'the job check-friends leaves it alone, since its "allow" names it',
    ]);
  });

  test('is the first look of the jobs, and who leaves it alone', async () => {
    await setFriends(blog(), [{ id: 12, name: '夜航船', link: 'https://night-ferry.example/' }]);
    const jobs =
      'check-friends: { schedule: "* * * * *" }, watch: { action: check-friends, schedule: off, allow: [12] }';
    const desk = await openDesk(`blog: { name: ${siteName} }\ndatabase: ${blog().url}\njobs: { ${jobs} }\n`);

    const { stdout } = await desk.blogctl(['why', 'friend', '12']);
    const document = await desk.json(['why', 'friend', '12']);
    await desk.close();

    expect(stdout).toContain('next: the job watch leaves it alone, since its "allow" names it\n');
    expect(stdout).toContain('next look: 2026-03-18 14:06, by check-friends\n');
    expect(document).toMatchObject({
      nextLook: { job: 'check-friends', at: '2026-03-18T06:06:00.000Z' },
      allowedBy: 'watch',
    });
  });

  test('is for a feed the first run that asks for it, after its wait', async () => {
    const state = await stateOf(blog());
    const at = isoUtc(testNowMs);
    await blog().query.deleteFrom('blog_feedhub').execute();
    const dates = { create_date: '2026-01-01 00:00:00', data: null, icon: '', sort_order: 1, is_active: 1 };
    const feeds = [1, 2].map((id) => ({ id, name: `f${id}`, url: `https://f${id}.example/`, ...dates }));
    await blog().query.insertInto('blog_feedhub').values(feeds).execute();
    const failing = { state: 'failing', failures: 3, successes: 0, failing_since: at, checked_at: at } as const;
    const due = { ...failing, ok_at: null, due_at: isoUtc(testNowMs + 3 * hour), data: null };
    await keepChecks(state, [
      { site: siteName, kind: 'feed', target_id: 1, link: 'https://f1.example/', ...due },
      { site: siteName, kind: 'feed', target_id: 2, link: 'https://f2.example/', ...due },
    ]);
    const jobs =
      'fetch-feeds: { schedule: "27 * * * *" }, often: { action: fetch-feeds, schedule: "*/5 * * * *", feeds: [2] }';
    const desk = await openDesk(`blog: { name: ${siteName} }\ndatabase: ${blog().url}\njobs: { ${jobs} }\n`);

    const waiting = await desk.json(['why', 'feed', '1']);
    const named = await desk.json(['why', 'feed', '2']);
    await desk.close();

    expect(waiting).toMatchObject({ nextLook: { job: 'fetch-feeds', at: '2026-03-18T09:27:00.000Z' } });
    expect(named).toMatchObject({ nextLook: { job: 'often', at: '2026-03-18T06:10:00.000Z' } });
  });
});
