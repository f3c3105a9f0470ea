import { describe, expect, test } from 'vitest';
import type { WebRoutes } from '../helpers/http-server.ts';
import { hourMs, usePushedBlog } from './pushed-blog.ts';

const pushed = usePushedBlog('sqlite');
const html = (head: string, headers: Readonly<Record<string, string>> = {}) => ({
  headers: { 'content-type': 'text/html', ...headers },
  body: `<html><head>${head}</head><body></body></html>`,
});
const both = ['Baidu', 'IndexNow'];

describe('an address is sent to no engine', () => {
  test.each([
    ['that is not there', { status: 404 }, 'it answers 404 Not Found'],
    ['that fails', { status: 500 }, 'it answers 500 Internal Server Error'],
    ['that keeps robots out', { status: 403 }, 'it answers 403 Forbidden'],
    ['that redirects', { status: 301, headers: { location: '/elsewhere/' } }, 'it redirects to /elsewhere/ (301)'],
    ['that has no content', { status: 204 }, 'it answers 204 No Content'],
    [
      'of another canonical',
      html('<link rel=canonical href="/article/b/">'),
      /^its canonical address is another: .*\/article\/b\/$/,
    ],
    ['whose canonical is http', html('<link rel=canonical href="https://127.0.0.1/article/a/">'), /another: https:/],
    ['of another canonical by header', html('', { link: '</b/>; rel=canonical' }), /another: .*\/b\/$/],
    ['that is not to be indexed', html('<meta name=robots content="noindex">'), 'its robots meta says noindex'],
    ['that is to be left alone', html('<meta name=robots content="NONE">'), 'its robots meta says noindex'],
    ['that its header forbids', html('', { 'x-robots-tag': 'noindex' }), 'its X-Robots-Tag header says noindex'],
    ['with a challenge', html('<title>Just a moment...</title>'), /keeps robots out/],
  ] as const)('%s', async (_, page, reason) => {
    const { add, run, web, ledger } = pushed();
    await add(
      { id: 1, slug: 'a', createDate: '2026-03-18 10:00:00' },
      { id: 2, slug: 'b', createDate: '2026-03-18 09:00:00' },
    );
    web.lay({ '/article/a/': page });

    const report = await run();
    web.lay({ '/article/a/': html('') });
    const mended = await run({}, { laterMs: hourMs });

    const message = (engine: string): unknown =>
      typeof reason === 'string'
        ? `not sent to ${engine}: ${reason}`
        : expect.stringMatching(reason.source.replace('^', ': '));
    expect(report.status).toBe('succeeded');
    expect(report.findings).toEqual(
      both.map((engine) => ({ kind: 'unfit', target: `${web.url}/article/a/`, message: message(engine) })),
    );
    expect(report.counts).toMatchObject({
      checked: 2,
      baiduAccepted: 1,
      baiduUnfit: 1,
      indexNowAccepted: 1,
      indexNowUnfit: 1,
    });
    expect(mended.counts).toMatchObject({ baiduAccepted: 1, indexNowAccepted: 1, baiduUnfit: 0 });
    expect(await ledger('baidu')).toMatchObject({ '/article/a/': 'accepted 2026-03-18T02:00:00.000Z 2' });
  });
});

describe('an address is sent', () => {
  test.each([
    ['with no canonical', html('')],
    ['whose canonical is escaped otherwise', html('<link rel=canonical href="/article/%e4%b8%ad/#top">')],
    ['that is no page', { headers: { 'content-type': 'application/pdf' }, body: '<meta name=robots content=noindex>' }],
    [
      'whose body says noindex',
      { headers: { 'content-type': 'text/html' }, body: '<p><meta name=robots content=noindex>' },
    ],
  ])('%s', async (_, page) => {
    const { add, run, web } = pushed();
    await add({ id: 1, slug: '中', createDate: '2026-03-18 10:00:00' });
    web.lay({ '/article/%E4%B8%AD/': page });

    expect(await run()).toMatchObject({ findings: [], counts: { baiduAccepted: 1, indexNowAccepted: 1 } });
  });

  test('to the engine that may index it, where another may not', async () => {
    const { add, run, web } = pushed();
    await add(
      { id: 1, slug: 'a', createDate: '2026-03-18 10:00:00' },
      { id: 2, slug: 'b', createDate: '2026-03-18 09:00:00' },
    );
    web.lay({
      '/article/a/': html('<meta name=Baiduspider content=noindex>'),
      '/robots.txt': { body: 'User-agent: bingbot\nDisallow: /article/b/\n' },
    });

    const report = await run();

    expect(web.baidu.batches.flat()).toEqual([`${web.url}/article/b/`]);
    expect(web.indexNow.batches.flat()).toEqual([`${web.url}/article/a/`]);
    expect(report.findings.map(({ message }) => message)).toEqual([
      'not sent to Baidu: its robots meta says noindex',
      'not sent to IndexNow: robots.txt forbids it to bingbot',
    ]);
  });

  test.each([[404], [403], [410]])('where the robots.txt answers %i', async (status) => {
    const { add, run, web } = pushed();
    await add({ id: 1, createDate: '2026-03-18 10:00:00' });
    web.lay({ '/robots.txt': { status, body: 'User-agent: *\nDisallow: /' } });

    expect(await run()).toMatchObject({ findings: [], counts: { baiduAccepted: 1 } });
  });

  test('unseen, where the check is switched off', async () => {
    const { add, run, web } = pushed();
    await add({ id: 1, createDate: '2026-03-18 10:00:00' });
    web.lay({ '/article/article-1/': { status: 404 } });

    const report = await run({ preCheck: false });

    expect(report.counts).toMatchObject({ checked: 0, baiduAccepted: 1, indexNowAccepted: 1 });
    expect(web.seen()).toEqual([]);
  });
});

describe('the blog', () => {
  const routes: [string, WebRoutes, RegExp][] = [
    [
      'whose robots.txt is in trouble',
      { '/robots.txt': { status: 503 } },
      /its robots\.txt answers 503 Service Unavailable/,
    ],
    ['that hangs up', { '/robots.txt': (_, response) => void response.destroy() }, /the connection was/],
  ];

  test.each(routes)('%s keeps everything waiting, and that is told once', async (_, laid, reason) => {
    const { add, run, web, ledger } = pushed();
    await add(...Array.from({ length: 40 }, (_, index) => ({ id: index + 1, createDate: '2026-03-18 10:00:00' })));
    web.lay(laid);

    const report = await run({}, { engines: 'baidu' });

    expect(report).toMatchObject({
      status: 'succeeded',
      counts: { baiduAccepted: 0, baiduUnfit: 0, baiduWaiting: 40 },
    });
    expect(report.findings).toMatchObject([{ kind: 'blog-down', message: expect.stringMatching(reason) }]);
    expect(new Set(Object.values(await ledger('baidu')))).toEqual(new Set(['waiting 2026-03-18T02:00:00.000Z 0']));
  });

  test('one of whose pages hangs up keeps only that one waiting', async () => {
    const { add, run, web } = pushed();
    await add(
      { id: 1, slug: 'a', createDate: '2026-03-18 10:00:00' },
      { id: 2, slug: 'b', createDate: '2026-03-18 09:00:00' },
    );
    web.lay({ '/article/a/': (_, response) => void response.destroy() });

    const report = await run({}, { engines: 'indexNow' });

    expect(report.counts).toMatchObject({ indexNowAccepted: 1, indexNowWaiting: 1, indexNowUnfit: 0 });
    expect(report.findings).toMatchObject([{ kind: 'blog-down' }]);
  });
});

test('no more is looked at than the quota takes, and each page once for both engines', async () => {
  const { add, run, web } = pushed();
  await add(...Array.from({ length: 50 }, (_, index) => ({ id: index + 1, createDate: '2026-03-18 10:00:00' })));
  web.baidu.quota = 3;

  const report = await run({}, { engines: 'baidu' });
  const both = await run({ limit: 10 }, { laterMs: 24 * hourMs });

  expect(report.counts).toMatchObject({ checked: 3, baiduAccepted: 3 });
  expect(web.seen().filter((path) => path === '/robots.txt')).toHaveLength(2);
  expect(both.counts).toMatchObject({ baiduAccepted: 0, baiduClosed: 1, indexNowAccepted: 10 });
});

test('what is unfit comes last in later runs, and of too many only some are looked at', async () => {
  const { add, run, web } = pushed();
  await add(...Array.from({ length: 300 }, (_, index) => ({ id: index + 1, createDate: '2026-03-18 10:00:00' })));
  web.lay({ '/robots.txt': { body: 'User-agent: *\nDisallow: /article/' } });

  const report = await run({}, { engines: 'indexNow' });
  web.lay({ '/robots.txt': { body: '' } });
  await run({ limit: 100 }, { engines: 'indexNow', laterMs: hourMs });

  expect(report.counts['indexNowUnfit']).toBeLessThan(220);
  expect(report.findings.at(-2)?.message).toMatch(
    /^2\d\d addresses are unfit: the others were not looked at, and wait$/,
  );
  const unfit = new Set(report.findings.map(({ target }) => target));
  expect(web.indexNow.batches.flat().filter((url) => unfit.has(url)).length).toBeLessThan(20);
});

test('hostile slugs harm nobody', async () => {
  const { add, run, web } = pushed();
  await add(
    { id: 1, slug: '..', createDate: '2026-03-18 10:00:00' },
    { id: 2, slug: 'a?b#c/d%2e\n\u001b[2J', createDate: '2026-03-18 10:00:00' },
    { id: 3, slug: '😀\u202e', createDate: '2026-03-18 10:00:00' },
    { id: 4, slug: '', createDate: '2026-03-18 10:00:00' },
  );

  const report = await run({}, { engines: 'indexNow' });

  expect(web.indexNow.batches.flat().map((url) => url.slice(web.url.length))).toEqual([
    '/article/%F0%9F%98%80%E2%80%AE/',
    '/article/a%3Fb%23c%2Fd%252e%0A%1B%5B2J/',
  ]);
  expect(report.findings.map(({ kind, target }) => `${kind} ${target}`)).toEqual([
    'bad-slug article 1',
    'bad-slug article 4',
  ]);
});
