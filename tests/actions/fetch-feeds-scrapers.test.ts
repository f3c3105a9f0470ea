import { expect, test } from 'vitest';
import { feedSettings } from '../../src/actions/feeds/settings.ts';
import { describeBlog } from '../helpers/blog.ts';
import { openFeedBlog, rss, stored } from './feed-blog.ts';

const scraper = { item: 'li.post', title: 'a', link: 'a@href', date: 'time' };
const page = (titles: readonly string[]): string =>
  `<html><body><ul>${titles
    .map((title, index) => `<li class="post"><a href="/p/${index + 1}">${title}</a><time>2026-03-1${index}</time></li>`)
    .join('')}</ul></body></html>`;

describeBlog('sqlite', 'fetch-feeds with pages that have no feed', () => {
  test('makes entries of them, and keeps those where the page has changed', async () => {
    const hub = await openFeedBlog('sqlite', { '/list': { body: page(['一', '二 &amp; 三']) } });
    const byName = await hub.add('某站', '/list');
    const byUrl = await hub.add('另一站', '/list?2');
    const settings = {
      scrapers: [
        { feed: '某站', ...scraper },
        { feed: `${hub.web.url}/list?2`, ...scraper },
        { feed: '没有', ...scraper },
      ],
    };

    const first = await hub.fetch({ settings });
    const rows = [await hub.row(byName), await hub.row(byUrl)];
    hub.web.answer({ '/list': { body: '<html><body><div class="entry">新版</div></body></html>' } });
    const changed = await hub.fetch({ settings, hours: 1 });
    const after = [await hub.row(byName), await hub.row(byUrl)];
    await hub.close();

    const entries = `{"title": "一", "link": "${hub.web.url}/p/1"}, {"title": "二 & 三", "link": "${hub.web.url}/p/2"}`;
    expect(rows.map(({ data }) => data)).toEqual(
      rows.map(() => `{"entries": [${entries}], "updated": "20260311 00:00:00"}`),
    );
    expect(first.counts).toMatchObject({ stored: 2, entries: 4 });
    expect(first.findings).toEqual([
      { kind: 'unused-scraper', target: 'scraper 没有', message: 'no active feed has this name or address' },
    ]);
    expect(changed.counts).toMatchObject({ failed: 2 });
    expect(changed.findings[1]?.message).toMatch(
      /^has changed, it seems: nothing on it matches "li.post"; asked again/,
    );
    expect(after).toEqual(rows);
  });

  test('takes the words that readers see for a title', async () => {
    const title = '<style>a { color: red }</style>雨 <b>夜</b><script>let x = 1;</script><noscript>no</noscript>';
    const hub = await openFeedBlog('sqlite', { '/list': { body: page([title, '<script>only()</script>']) } });
    const id = await hub.add('某站', '/list');

    await hub.fetch({ settings: { scrapers: [{ feed: '某站', ...scraper }] } });
    const { data } = await hub.row(id);
    await hub.close();

    const links = [1, 2].map((one) => `${hub.web.url}/p/${one}`);
    expect(JSON.parse(data ?? '')).toMatchObject({
      entries: [
        { title: '雨 夜', link: links[0] },
        { title: links[1], link: links[1] },
      ],
    });
  });

  test('keeps its entries where no title is found in any item', async () => {
    const hub = await openFeedBlog('sqlite', { '/list': { body: page(['一', '二']) } });
    const id = await hub.add('某站', '/list', { data: stored(['旧']) });

    const run = await hub.fetch({ settings: { scrapers: [{ feed: '某站', ...scraper, title: 'h2' }] } });
    const { data } = await hub.row(id);
    await hub.close();

    expect(run.findings[0]?.message).toMatch(
      /^has changed, it seems: 2 match "li.post", but "h2" finds no words in any of them; asked again/,
    );
    expect(data).toBe(stored(['旧']));
  });

  test('reads a page again where its selectors are others, though it has not changed', async () => {
    const hub = await openFeedBlog('sqlite', { '/list': { headers: { etag: '"1"' }, body: page(['一']) } });
    const id = await hub.add('某站', '/list');

    await hub.fetch({ settings: { scrapers: [{ feed: '某站', ...scraper }] } });
    await hub.fetch({ settings: { scrapers: [{ feed: '某站', ...scraper, title: 'time' }] }, hours: 1 });
    const { data } = await hub.row(id);
    await hub.close();

    expect(data).toContain('"title": "2026-03-10"');
  });

  test('a page that has moved keeps its address where its scraper goes by that, and is told', async () => {
    const hub = await openFeedBlog('sqlite', {
      '/list': { status: 301, headers: { location: '/posts' } },
      '/posts': { body: page(['一']) },
    });
    const byUrl = await hub.add('某站', '/list');
    const byName = await hub.add('另一站', '/list');
    const from = `${hub.web.url}/list`;
    const settings = {
      scrapers: [
        { feed: '另一站', ...scraper },
        { feed: from, ...scraper },
      ],
    };

    const run = await hub.fetch({ settings });
    const again = await hub.fetch({ settings, hours: 1 });
    const rows = [await hub.row(byUrl), await hub.row(byName)];
    await hub.close();

    expect(run.counts).toMatchObject({ stored: 2, moved: 1 });
    const message = `has moved to ${hub.web.url}/posts, but its scraper goes by its address: alter both`;
    expect(run.findings).toEqual([{ kind: 'moved', target: 'feed 1 (某站)', message }]);
    expect(again.counts).toMatchObject({ unchanged: 2, failed: 0 });
    expect(rows.map(({ url }) => url)).toEqual([from, `${hub.web.url}/posts`]);
  });

  test('a page that takes too long is ended and told, and holds up no other feed', async () => {
    const hub = await openFeedBlog('sqlite', {
      '/trap': { body: '<div>'.repeat(200_000) },
      '/feed': { body: rss(['一']) },
    });
    const trap = await hub.add('陷阱', '/trap', { data: stored(['旧']) });
    const feed = await hub.add('某站', '/feed');

    const run = await hub.fetch({ settings: { scrapers: [{ feed: '陷阱', ...scraper }] } });
    const rows = [await hub.row(trap), await hub.row(feed)];
    const [evidence] = await hub.evidence(trap);
    await hub.close();

    expect(run).toMatchObject({ status: 'succeeded', counts: { fetched: 2, stored: 1, failed: 1 } });
    expect(run.findings[0]?.message).toMatch(/^takes more than 5s to be read; asked again after/);
    expect(rows.map(({ data }) => data)).toEqual([stored(['旧']), stored(['一'])]);
    expect(evidence).toMatchObject({ result: 'too-heavy', verdict: 'unknown' });
  });
});

test.each([
  [{ feed: 'x', item: 'li[', link: 'a@href' }, /^expected a CSS selector \(.+\)$/],
  [
    { feed: 'x', item: 'li:nonsense(2)', link: 'a@href' },
    /^expected a CSS selector \(Unknown pseudo-class :nonsense\)$/,
  ],
  [{ feed: 'x', item: '' }, /^expected a CSS selector$/],
  [{ feed: 'x', item: ' ' }, /^expected a CSS selector$/],
  [{ feed: 'x', item: '@id' }, /^expected a CSS selector without an attribute \(@\) behind it$/],
  [{ feed: 'x', item: 'li.post@id' }, /^expected a CSS selector without an attribute \(@\) behind it$/],
  [{ feed: 'x', item: 'li', title: 'h2 a@title@x' }, /^expected a CSS selector \(an @ in the middle\)$/],
  [{ feed: 'x', item: 'li >' }, /^expected a CSS selector \(nothing behind >\)$/],
  [{ feed: 'x', item: 'li', link: 'h2 > @href' }, /^expected a CSS selector \(nothing behind >\)$/],
  [{ feed: 'x', item: 'li', title: 'a@title@x]' }, /^expected a CSS selector \(.+\)$/],
  [
    { feed: 'x', item: 'li', link: 'a' },
    /^expected a selector with the attribute that holds the address, such as a@href$/,
  ],
  [{ feed: 'x', item: 'li', date: '>>' }, /^expected a CSS selector \(.+\)$/],
  [{ feed: '', item: 'li' }, /./],
  [{ item: 'li' }, /^expected a feed's name or address$/],
  ['li', /./],
])('of the scraper %j it is told what would be right', (one, message) => {
  const checked = feedSettings.safeParse({ scrapers: [one] });

  expect(checked.error?.issues).toHaveLength(1);
  expect(checked.error?.issues[0]?.message).toMatch(message);
});

test.each([
  'li',
  'article.post > h2',
  'tr:nth-child(2n+1)',
  'li:has(> a)',
  '#list a[href^="/p"]',
  'li:first',
  ':not(.ad)',
])('the selector %s is taken', (item) => {
  expect(feedSettings.safeParse({ scrapers: [{ feed: 'x', item }] })).toMatchObject({ success: true });
});
