import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testNowMs } from '../helpers/run.ts';
import { temporaryFolder } from '../helpers/servers/temporary-folder.ts';
import { dayMs, hourMs, usePushedBlog } from './pushed-blog.ts';

const pushed = usePushedBlog('sqlite');
const recent = '2026-03-17';

/** A sitemap of paths of the blog, or of whole addresses, with what each was last changed at. */
function sitemapOf(entries: readonly (readonly [place: string, changed?: string])[]): string {
  const { url } = pushed().web;
  const lines = entries.map(([place, changed]) => {
    const lastmod = changed === undefined ? '' : `<lastmod>${changed}</lastmod>`;
    return `<url><loc>${place.startsWith('/') ? url + place : place}</loc>${lastmod}</url>`;
  });
  return `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${lines.join('')}</urlset>`;
}

/** Where the sitemap lies that these tests lay. */
function at(path = '/sitemap.xml'): string {
  return pushed().web.url + path;
}

/** What went to IndexNow, as paths. */
function sent(): string[][] {
  const { web } = pushed();
  return web.indexNow.batches.map((batch) => batch.map((url) => url.slice(web.url.length)));
}

test('--all with a sitemap begins with all its pages; what the quota leaves goes on without it', async () => {
  const { run, web } = pushed();
  web.lay({
    '/sitemap.xml': { body: sitemapOf([['/article/a/'], ['/article/b/', recent], ['/article/c/', '2019-01-01']]) },
  });
  web.baidu.quota = 1;

  const first = await run({ all: true, sitemap: at() });
  web.baidu.quota = 9;
  const next = await run({}, { laterMs: dayMs });

  expect(first.counts).toMatchObject({ baiduAccepted: 1, baiduWaiting: 2, indexNowAccepted: 3 });
  expect(sent()).toEqual([['/article/b/', '/article/c/', '/article/a/']]);
  expect(next.counts).toMatchObject({ baiduAccepted: 2, baiduWaiting: 0, indexNowCandidates: 0 });
});

test('a job with a sitemap sends what is new or changed in it', async () => {
  const { run, web } = pushed();
  const lay = (...entries: Parameters<typeof sitemapOf>[0]) =>
    web.lay({ '/sitemap.xml': { body: sitemapOf(entries) } });
  const job = (laterMs: number) => run({ sitemap: at() }, { engines: 'indexNow', laterMs });
  lay(['/article/old/', '2019-01-01'], ['/article/undated/'], ['/article/new/', recent]);
  await job(0);

  lay(['/article/old/', '2026-03-18'], ['/article/undated/'], ['/article/new/', recent], ['/article/added/']);
  await job(hourMs);
  const idle = await job(2 * hourMs);

  expect(sent()).toEqual([['/article/new/'], ['/article/old/', '/article/added/']]);
  expect(idle).toMatchObject({ changes: [], findings: [] });
});

test('an article in a sitemap is known by its own row, whatever the sitemap says of it', async () => {
  const { run, web, add, ledger } = pushed();
  await add({ id: 1, slug: 'a', createDate: '2026-03-18 10:00:00' });
  await run({}, { engines: 'indexNow' });
  web.lay({
    '/sitemap.xml': {
      body: sitemapOf([
        ['/article/a/', '2026-03-18T23:59:59Z'],
        ['/article/page/', recent],
      ]),
    },
  });

  const report = await run({ sitemap: at() }, { engines: 'indexNow', laterMs: hourMs });

  expect(sent()).toEqual([['/article/a/'], ['/article/page/']]);
  expect(report.counts).toMatchObject({ indexNowCandidates: 1 });
  expect(await ledger('indexnow')).toMatchObject({ '/article/a/': 'accepted 2026-03-18T02:00:00.000Z 1' });
});

test('an address is one however it is escaped, with the newest date that is said of it', async () => {
  const { run, web, add } = pushed();
  await add({ id: 1, slug: '雨夜', createDate: '2026-03-18 10:00:00' });
  await run({}, { engines: 'indexNow' });
  const entries = [
    ['/article/%e9%9b%a8%e5%a4%9c/'],
    ['/article/雨夜/#top'],
    ['/article/p%61ge/', '2019-01-01'],
    ['/article/page/', recent],
    ['/article/page/#comments', '2018-01-01'],
  ] as const;
  web.lay({ '/sitemap.xml': { body: sitemapOf(entries) } });

  await run({ all: true, sitemap: at() }, { engines: 'indexNow', laterMs: hourMs });

  expect(sent()).toEqual([['/article/%E9%9B%A8%E5%A4%9C/'], ['/article/page/']]);
});

describe('a sitemap may be', () => {
  test('an index, some of whose parts cannot be read', async () => {
    const { run, web } = pushed();
    const parts = ['/1.xml', '/2.xml.gz', '/missing.xml', '/page.html', '/index.xml'].map((path) => at(path));
    const index = [...parts, 'https://other.example/3.xml']
      .map((url) => `<sitemap><loc>${url}</loc></sitemap>`)
      .join('');
    web.lay({
      '/sitemap.xml': { body: `<sitemapindex>${index}</sitemapindex>` },
      '/1.xml': { body: sitemapOf([['/article/1/']]) },
      '/2.xml.gz': { headers: { 'content-type': 'application/gzip' }, body: gzipSync(sitemapOf([['/article/2/']])) },
      '/page.html': { body: '<html></html>' },
      '/index.xml': { body: `<sitemapindex></sitemapindex>` },
    });

    const report = await run({ all: true, sitemap: at() }, { engines: 'indexNow' });

    expect(sent()).toEqual([['/article/1/', '/article/2/']]);
    expect(report.findings.map(({ target, message }) => `${target.slice('sitemap '.length)}: ${message}`)).toEqual([
      `${parts[2]}: it was left out: it answers 404 Not Found`,
      `${parts[3]}: it was left out: it is no sitemap of addresses`,
      `${parts[4]}: it was left out: it is no sitemap of addresses`,
      'https://other.example/3.xml: it was left out: it is not on the blog',
    ]);
  });

  test('packed for the way and packed itself', async () => {
    const { run, web } = pushed();
    const packed = gzipSync(gzipSync(sitemapOf([['/article/1/']])));
    web.lay({ '/sitemap.xml.gz': { headers: { 'content-encoding': 'gzip' }, body: packed } });

    await run({ all: true, sitemap: at('/sitemap.xml.gz') }, { engines: 'indexNow' });

    expect(sent()).toEqual([['/article/1/']]);
  });

  test('a file', async () => {
    const { run } = pushed();
    const { path, remove } = await temporaryFolder('sitemap');
    onTestFinished(remove);
    writeFileSync(join(path, 'sitemap.xml.gz'), gzipSync(sitemapOf([['/article/1/']])));

    const settings = { all: true, sitemap: 'sitemap.xml.gz' };
    const report = await run(settings, { engines: 'indexNow', config: { folder: path } });
    const missing = await run({ sitemap: 'nowhere.xml' }, { config: { folder: path } });
    const ftp = await run({ sitemap: 'ftp://me:s3cret@x.example/sitemap.xml' }, { config: { folder: path } });
    const folder = await run({ sitemap: '.' }, { config: { folder: path } });

    expect(report.counts).toMatchObject({ indexNowAccepted: 1 });
    expect(missing.error).toMatchObject({
      kind: 'failed',
      message: `${path}/nowhere.xml cannot be read: there is no such file`,
    });
    expect(ftp.error).toMatchObject({
      kind: 'configuration',
      message: 'the sitemap ftp://me:***@x.example/sitemap.xml: ftp is not http; expected http(s), or a file',
    });
    expect(folder.error?.message).toBe(`${path} cannot be read: it is a folder`);
  });

  test('cut off: what comes before is taken, and that is told', async () => {
    const { run, web } = pushed();
    web.lay({ '/sitemap.xml': { body: sitemapOf([['/article/1/'], ['/article/2/']]).slice(0, -30) } });

    const report = await run({ all: true, sitemap: at() }, { engines: 'indexNow' });

    expect(sent()).toEqual([['/article/1/']]);
    expect(report.findings).toMatchObject([
      { kind: 'sitemap', message: expect.stringMatching(/^it is broken, or too large/) },
    ]);
  });
});

test('of more addresses than a run takes those that come first are taken, and that is told', async () => {
  const { run, web } = pushed();
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => [`/article/${from + index}/`] as const);
  const index = ['/1.xml', '/2.xml', '/3.xml'].map((path) => `<sitemap><loc>${at(path)}</loc></sitemap>`).join('');
  web.lay({
    '/sitemap.xml': { body: sitemapOf(many(0, 50_001)) },
    '/index.xml': { body: `<sitemapindex>${index}</sitemapindex>` },
    '/1.xml': { body: sitemapOf(many(0, 30_000)) },
    '/2.xml': { body: sitemapOf(many(30_000, 20_000)) },
    '/3.xml': { body: sitemapOf(many(50_000, 1)) },
  });
  const options = { engines: 'indexNow', dryRun: true } as const;

  const one = await run({ sitemap: at() }, options);
  const several = await run({ sitemap: at('/index.xml') }, options);

  const message = 'it has more than 50000 addresses: the others were left out';
  expect(one.findings).toEqual([{ kind: 'sitemap', target: `sitemap ${at()}`, message }]);
  expect(several.findings).toEqual([{ kind: 'sitemap', target: `sitemap ${at('/index.xml')}`, message }]);
});

test.each([
  ['the moment at which it is asked for', (now: number, index: number) => now - index * 10_000],
  ['one day for all', (now: number) => now - (now % dayMs)],
])('dates of a sitemap that are %s say nothing of its addresses, and that is told', async (_, dateAt) => {
  const { run, web } = pushed();
  const lay = (laterMs: number, count: number) => {
    const now = testNowMs + laterMs;
    const entries = Array.from({ length: count }, (__, index) => {
      return [`/article/${index}/`, new Date(dateAt(now, index)).toISOString()] as const;
    });
    web.lay({ '/sitemap.xml': { body: sitemapOf(entries) } });
    return run({ sitemap: at() }, { engines: 'indexNow', laterMs });
  };

  const first = await lay(0, 12);
  const next = await lay(dayMs, 13);
  const last = await lay(2 * dayMs, 13);

  expect(sent()).toEqual([['/article/12/']]);
  expect(first.counts).toMatchObject({ indexNowKnown: 12 });
  expect(next.findings).toEqual([
    {
      kind: 'sitemap',
      target: `sitemap ${at()}`,
      message: 'all of its 13 addresses have its own date as lastmod: which of them were changed is not known',
    },
  ]);
  expect(last.counts).toMatchObject({ indexNowCandidates: 0 });
});

test('articles begin anew where nothing but a sitemap was sent before', async () => {
  const { run, web, add } = pushed();
  web.lay({ '/sitemap.xml': { body: sitemapOf([['/article/page/', recent]]) } });
  await run({ sitemap: at() }, { engines: 'indexNow' });
  await add(
    { id: 1, slug: 'old', createDate: '2019-01-01 10:00:00' },
    { id: 2, slug: 'new', createDate: '2026-03-18 10:00:00' },
  );

  const report = await run({}, { engines: 'indexNow', laterMs: hourMs });

  expect(sent()).toEqual([['/article/page/'], ['/article/new/']]);
  expect(report.counts).toMatchObject({ indexNowKnown: 1 });
});

test('addresses of others are left out and counted', async () => {
  const { run, web } = pushed();
  const others = [
    'https://evil.example/a',
    web.url.replace('http:', 'https:'),
    web.url.replace(/\d+$/, '1'),
    'http://x/',
  ];
  web.lay({
    '/sitemap.xml': { body: sitemapOf([['/article/1/'], ...others.map((url) => [url] as const), ['not an address']]) },
  });

  const report = await run({ all: true, sitemap: at() }, { engines: 'indexNow' });

  expect(sent()).toEqual([['/article/1/']]);
  expect(report.findings.map(({ message }) => message)).toEqual([
    '1 of its entries is no address of the web',
    `4 addresses of others were left out, such as https://evil.example/a; the blog is at ${web.url}`,
  ]);
});

test.each([
  ['is not there', { status: 404 }, /^the sitemap .* cannot be read: it answers 404 Not Found$/],
  ['is a page', { body: '<!doctype html><html></html>' }, /is no sitemap: expected XML that begins with <urlset>/],
])('a sitemap that %s makes the run fail, and nothing is sent', async (_, reply, message) => {
  const { run, web } = pushed();
  web.lay({ '/sitemap.xml': reply });

  const report = await run({ sitemap: at() });

  expect(report.status).toBe('failed');
  expect(report.error?.message).toMatch(message);
  expect([web.baidu.asked, web.indexNow.asked]).toEqual([0, 0]);
});
