import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import checkFriends from '../../src/actions/check-friends.ts';
import { describeBlog, emptyBlog, useBlog } from '../helpers/blog.ts';
import type { WebRoutes, WebServer } from '../helpers/http-server.ts';
import { runAction, type TestRun } from '../helpers/run.ts';
import { evidenceOf, forgetChecks, friendsOf, page, setFriends, startFriendsWeb } from './friends-stage.ts';

const us = '<a href="https://blog.example.test/">us</a>';

describeBlog('sqlite', 'the link back', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));
  let web: WebServer;
  beforeAll(async () => {
    web = await startFriendsWeb();
  });
  afterAll(() => web?.stop());
  beforeEach(() => forgetChecks(blog()));

  const settings = { siteLink: 'https://blog.example.test', failAfter: 1, failOver: '0s' };
  const run = (more: Record<string, unknown> = {}): Promise<TestRun> =>
    runAction(checkFriends, { blog: blog(), settings: { ...settings, ...more } });

  /** What one look at a friend with these pages came to: its line of evidence, and the paths that were asked for. */
  async function lookAt(path: string, routes: WebRoutes): Promise<{ seen: string | undefined; asked: string[] }> {
    web.answer(routes);
    await setFriends(blog(), [{ id: 1, link: `${web.url}${path}` }]);
    const before = web.requests.length;
    await run();
    return { seen: (await evidenceOf(blog())).at(-1), asked: web.requests.slice(before).map((one) => one.path) };
  }

  test('is found on the page that is named as the list of friends, and asked for there first the next time', async () => {
    const routes = {
      '/a/': page('<a href="/a/friends.html">more</a><a href="p/2">友情链接</a>'),
      '/a/p/2': page(us),
    };

    const first = await lookAt('/a/', routes);
    web.answer({ '/a/': page('<a href="/a/friends.html">友链</a>') });
    const second = await lookAt('/a/', {});

    expect(first).toEqual({ seen: '1 ok alive -', asked: ['/a/', '/a/p/2'] });
    expect(second).toEqual({ seen: '1 ok alive -', asked: ['/a/', '/a/p/2'] });
  });

  test('is looked for at the usual places where the page names none', async () => {
    const look = await lookAt('/b/', { '/b/': page(), '/links/': { status: 404 }, '/friends/': page(us) });
    web.answer({ '/friends/': { status: 404 } });

    const bare = await lookAt('/b/', { '/friends/': { status: 404 }, '/links': page(us) });
    web.answer({ '/links': { status: 404 } });

    expect(look).toEqual({ seen: '1 ok alive -', asked: ['/b/', '/links/', '/friends/'] });
    expect(bare).toEqual({ seen: '1 ok alive -', asked: ['/b/', '/friends/', '/links/', '/links'] });
  });

  test('is found on the next page of a list, and in a frame', async () => {
    const pages = await lookAt('/n/', {
      '/n/': page('<a href="/n/friends">友链</a>'),
      '/n/friends': page('<a href="/n/friends?page=2">下一页</a>'),
      '/n/friends?page=2': page(us),
    });
    const framed = await lookAt('/o/', {
      '/o/': page('<iframe src="/o/frame"></iframe><a href="/o/links">links</a>'),
      '/o/links': page(),
      '/o/frame': page(us),
    });

    expect(pages).toEqual({ seen: '1 ok alive -', asked: ['/n/', '/n/friends', '/n/friends?page=2'] });
    expect(framed).toEqual({ seen: '1 ok alive -', asked: ['/o/', '/o/links', '/o/frame'] });
  });

  test('is found after as many redirects as a browser follows', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [`/r/${n}`, { status: 302, headers: { location: `/r/${n + 1}` } }]),
    );
    const { seen } = await lookAt('/r/0', { ...chain, '/r/20': page(us) });

    expect(seen).toBe('1 ok alive -');
  });

  test('is missing where all pages were read to their ends without it', async () => {
    const look = await lookAt('/c/', { '/c/': page('<a href="/c/links">友链</a>'), '/c/links': page() });

    expect(look).toEqual({ seen: '1 no-backlink no-link hidden', asked: ['/c/', '/c/links'] });
    expect(await friendsOf(blog())).toEqual({ 1: [false, '网站未设置本站外链，自2026-03-18起'] });
  });

  test('is missing where a list of friends with scripts names others', async () => {
    const look = await lookAt('/s/', {
      '/s/': page('<a href="/s/links">友链</a><script>count()</script>'),
      '/s/links': page('<a href="https://other.example/">other</a><script>count()</script>'),
    });

    expect(look.seen).toBe('1 no-backlink no-link hidden');
  });

  test.each<[string, WebRoutes]>([
    ['is made by its scripts', { '/d/': { body: '<title>x</title><div id=app></div><script src=/app.js></script>' } }],
    ['has a list of friends that fails', { '/d/': page('<a href="/d/links">友链</a>'), '/d/links': { status: 503 } }],
    [
      'has a list of friends that blocks us',
      { '/d/': page('<a href="/d/links">友链</a>'), '/d/links': { status: 403 } },
    ],
    [
      'has a list made by scripts',
      { '/d/': page('<a href="/d/links">友链</a>'), '/d/links': { body: '<script src=a></script>' } },
    ],
    [
      'has a list of friends to which its scripts bring them',
      {
        '/d/': page('<a href="/d/links">友链</a><a href="https://theme.example/">theme</a>'),
        '/d/links': page('<a href="https://theme.example/x">theme</a><div id=all></div><script src=/f.js></script>'),
      },
    ],
    [
      'has a list of friends elsewhere',
      { '/d/': page('<a href="https://other.example/links">友链</a>'), '/links': { status: 404 } },
    ],
    [
      'has more pages of friends than are read',
      {
        '/d/': page('<a href="/d/links">友链</a>'),
        '/d/links': ({ path }) => page(`<a href="/d/links?${path}x">下一页</a>`),
      },
    ],
    ['is empty', { '/d/': { body: '' } }],
    ['is none', { '/d/': { status: 204 } }],
    ['has not changed, as it says unasked', { '/d/': { status: 304 } }],
    ['is a picture', { '/d/': { ...page(), headers: { 'content-type': 'image/png' } } }],
    ['is longer than is read', { '/d/': page('x'.repeat(3_000_000)) }],
  ])('could not be verified where a page %s, and that hides nobody', async (_, routes) => {
    const { seen } = await lookAt('/d/', routes);

    expect(seen).toBe('1 unverified unknown -');
    expect(await friendsOf(blog())).toEqual({ 1: [true, null] });
  });

  test('is followed where a page sends its reader on by itself, by the same rules', async () => {
    const sent = await lookAt('/e/', {
      '/e/': { body: '<meta http-equiv=refresh content="0;url=/e/home">' },
      '/e/home': page(us),
    });
    const private_ = await lookAt('/f/', {
      '/f/': { body: '<meta http-equiv=refresh content="0;url=http://10.0.0.1/">' },
    });
    const loop = await lookAt('/g/', {
      '/g/': (request) => page(`<meta http-equiv=refresh content="0;url=/g/?${request.path}">`),
    });

    expect(sent).toEqual({ seen: '1 ok alive -', asked: ['/e/', '/e/home'] });
    expect(private_).toEqual({ seen: '1 not-allowed unknown -', asked: ['/f/'] });
    expect(loop.seen).toBe('1 unverified unknown -');
    expect(loop.asked.filter((path) => path.startsWith('/g/'))).toHaveLength(3);
  });

  test('goes by the blog’s own address where that is wanted', async () => {
    await setFriends(blog(), [{ id: 1, link: `${web.url}/linked` }]);
    const options = { blog: blog(), settings: { requireLink: true } };

    const unknown = await runAction(checkFriends, options);
    const configured = await runAction(checkFriends, { ...options, about: { url: 'https://blog.example.test/' } });
    await blog()
      .query.insertInto('django_site')
      .values({ id: 2, name: 'blog', domain: 'other.example.test' })
      .execute();
    const fromRow = await runAction(checkFriends, options);
    await blog().query.deleteFrom('django_site').execute();

    expect(unknown.error).toMatchObject({ kind: 'configuration', message: expect.stringContaining('requireLink') });
    expect(configured.counts).toMatchObject({ alive: 1 });
    expect(fromRow.counts).toMatchObject({ alive: 0, failing: 1 });
  });

  test.each([
    ['blog.example.test', true],
    ['https://blog.example.test/me/', true],
    ['//blog.example.test', true],
    ['localhost:8000', true],
    ['127.0.0.1', true],
    ['[::1]', true],
    ['博客.example', true],
    ['http://', false],
    ['foo/bar', false],
    ['blog', false],
    ['ftp://blog.example.test', false],
    ['me@blog.example.test', false],
  ])('can be to %s: %s', (siteLink, isGood) => {
    const { success, error } = checkFriends.settings.safeParse({ siteLink });

    expect(success).toBe(isGood);
    if (!isGood) {
      expect(error?.issues[0]?.message).toBe('expected a host or an address such as blog.example.test');
    }
  });
});

describeBlog('sqlite', 'a friend whose page cannot be unpacked', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));

  test.each(['gzip', 'klingon'])('is not alive, nor dead: %s', async (encoding) => {
    const web = await startFriendsWeb();
    const body = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(500, 7)]);
    web.answer({ '/': { body, headers: { 'content-type': 'text/html', 'content-encoding': encoding } } });
    await setFriends(blog(), [{ id: 1, link: web.url }]);

    const { findings, counts } = await runAction(checkFriends, { blog: blog() });
    await web.stop();

    expect(counts).toMatchObject({ alive: 0, unknown: 1 });
    expect(findings).toMatchObject([{ kind: 'unverified', message: expect.stringMatching(/^200 OK, .*compress/) }]);
  });
});

describeBlog('sqlite', 'a friend whose page does not answer', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));
  let web: WebServer;
  beforeAll(async () => {
    web = await startFriendsWeb();
  });
  afterAll(() => web?.stop());
  beforeEach(() => forgetChecks(blog()));

  const feed = { body: '<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>' };
  const settings = { failAfter: 1, failOver: '0s' };
  const run = (): Promise<TestRun> => runAction(checkFriends, { blog: blog(), settings });

  test('lives by the feed that its page named when it last answered', async () => {
    web.answer({ '/h/': page(), '/h/my.xml': feed });
    const head = '<head><link rel=alternate type=application/rss+xml href=my.xml></head>';
    web.answer({ '/h/': { body: `${head}<body>${'文字'.repeat(100)}` } });
    await setFriends(blog(), [{ id: 1, link: `${web.url}/h/` }]);
    await run();
    web.answer({ '/h/': { status: 502 } });

    const { findings, counts } = await run();
    web.answer({ '/h/my.xml': { body: '<html>not a feed' } });
    const dead = await run();

    expect(counts).toMatchObject({ alive: 1, hidden: 0, suspect: 0 });
    expect(findings).toMatchObject([{ kind: 'only-feed-answers', message: expect.stringContaining('/h/my.xml') }]);
    expect(dead.counts).toMatchObject({ hidden: 1 });
  });

  test('lives by a feed at a usual address, which is looked for once in a series of failures', async () => {
    web.answer({ '/i/': { status: 404 }, '/i/atom.xml': { body: '<feed xmlns="http://www.w3.org/2005/Atom">' } });
    await setFriends(blog(), [
      { id: 1, link: `${web.url}/i/` },
      { id: 2, link: `${web.url}/j/` },
    ]);
    const patient = { failAfter: 9 };

    const first = await runAction(checkFriends, { blog: blog(), settings: patient });
    const asked = web.requests.length;
    await runAction(checkFriends, { blog: blog(), settings: patient });

    expect(first.counts).toMatchObject({ alive: 1, suspect: 1 });
    expect(
      web.requests
        .slice(asked)
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(['/i/', '/i/atom.xml', '/j/']);
  });

  test('lives by the feed hub’s feed of its own pages that was read lately, and not by a neighbour’s', async () => {
    const feeds = ['/k/feed', '/neighbour/feed', '/l/feed', '/m/feed'];
    await blog().query.deleteFrom('blog_feedhub').execute();
    for (const [index, path] of feeds.entries()) {
      await blog()
        .query.insertInto('blog_feedhub')
        .values(({ lit }) => ({
          id: index + 1,
          name: path,
          url: `${web.url}${path}`,
          icon: '',
          is_active: lit(true),
          create_date: '2026-01-01 00:00:00',
          data: null,
          sort_order: 1,
        }))
        .execute();
    }
    await run();
    const okAt = ['2026-03-18T05:00:00.000Z', '2026-03-18T05:00:00.000Z', '2026-03-16T05:00:00.000Z', null];
    for (const [index, ok_at] of okAt.entries()) {
      const check = { site: 'test-blog', kind: 'feed' as const, target_id: index + 1, link: '', state: 'ok' };
      const rest = { failures: 0, successes: 1, failing_since: null, due_at: null, data: null };
      await blog()
        .query.insertInto('blogctl_check')
        .values({ ...check, ...rest, ok_at, checked_at: ok_at ?? '2026-03-18T05:00:00.000Z' })
        .execute();
    }
    const ids = [1, 2, 3, 4];
    await setFriends(
      blog(),
      ids.map((id) => ({ id, link: `${web.url}/${'klmn'[id - 1]}/` })),
    );

    const { counts } = await run();

    expect(counts).toMatchObject({ alive: 1, hidden: 3 });
    expect((await friendsOf(blog()))[1]).toEqual([true, null]);
  });
});
