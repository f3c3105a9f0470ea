import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFeedBlog, rss, stored, type FeedBlog } from '../actions/feed-blog.ts';
import { betweenTicks, openSite, type SiteOptions } from './site.ts';

let hub: FeedBlog;
beforeAll(async () => {
  hub = await openFeedBlog('sqlite', {
    '/feed': { body: rss(['一']) },
    '/list': { body: '<ul><li><a href="/1">二</a></li></ul>' },
    '/trap': { body: '<div>'.repeat(200_000) },
  });
  for (const path of ['/feed', '/list', '/trap']) await hub.add(path, path);
});
afterAll(() => hub.close());

const env = betweenTicks;
const scrapers = '{ feed: /list, item: li }, { feed: /trap, item: li }';

function siteOptions(scrapers: string): SiteOptions {
  return {
    database: hub.blog.url,
    jobs: `{ fetch-feeds: { scrapers: [${scrapers}] } }`,
    more: 'http: { allowPrivate: [127.0.0.0/8] }',
  };
}

test('the built program reads feeds and pages in its threads, ends a trap, and ends itself', async () => {
  const site = await openSite(siteOptions(scrapers));

  const run = await site.blogctl(['fetch-feeds'], { env });

  expect(run).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('3 feeds asked: 2 stored, 0 unchanged, 1 not read'),
  });
  expect(run.stdout).toContain('feed 3 (/trap): takes more than 5s to be read; asked again after');
  expect((await hub.row(1)).data).toBe(stored(['一']));
  expect((await hub.row(2)).data).toContain('"title": "二"');
});

test('a signal ends it in the middle of a trap', async () => {
  const site = await openSite(siteOptions(scrapers));
  const asked = hub.web.requests.length;

  const running = site.start(['fetch-feeds', '/trap'], { env });
  while (hub.web.requests.length === asked) await new Promise((resolve) => setTimeout(resolve, 20));
  running.kill('SIGTERM');
  const ended = await running.ended;

  expect(ended.code).toBe(143);
});

test.each([
  [
    '{ feed: x, item: "li[" }',
    /scrapers\[0\]\.item: expected a CSS selector \(.+\), got "li\[" \(blogctl\.yaml:\d+\)\n$/,
  ],
  ['{ feed: x, item: li, titel: a }', /scrapers\[0\]\.titel: unknown key \(blogctl\.yaml:\d+\)\n$/],
])('the scraper %s is refused in one sentence', async (scrapers, sentence) => {
  const site = await openSite(siteOptions(scrapers));

  const run = await site.blogctl(['fetch-feeds', '--dry-run'], { env });

  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(sentence);
});
