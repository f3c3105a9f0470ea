import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { openPageReader, type PageFacts } from '../../../src/content/backlink/page-reader.ts';
import { parseSiteLink } from '../../../src/content/backlink/site-link.ts';

const from = 'https://friend.example/blog/';

/** What a page shows, read at once or in pieces of so many characters. */
function read(html: string, { site = 'blog.example.test', url = from, size = html.length || 1 } = {}): PageFacts {
  const reader = openPageReader(parseSiteLink(site));
  for (let at = 0; at < html.length; at += size) if (reader.write(html.slice(at, at + size))) break;
  return reader.finish(url);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const ours = 'https://blog.example.test/';

describe('a link to the site', () => {
  test.each([
    ['as it is written', `<a href="${ours}">us</a>`],
    ['on http', '<a href="http://blog.example.test">us</a>'],
    ['in capitals', '<A HREF=HTTPS://BLOG.EXAMPLE.TEST/ABOUT>us</A>'],
    ['with www.', '<a href="//www.blog.example.test/">us</a>'],
    ['with a dot at its end', "<a href='https://blog.example.test./x?y#z'>us</a>"],
    ['with entities and spaces', '<a class=x href=" https&#58;//blog&period;example.test/ ">us</a>'],
    ['on a map', '<map><area shape=rect href="https://blog.example.test/"></map>'],
    ['over a port that is the scheme’s', '<a href="https://blog.example.test:443/">us</a>'],
    ['by its base', `<base href="${ours}"><a href="about">us</a>`],
    ['unclosed, at the end', `<div><p><a href=${ours}>us`],
    ['after odd bytes', `\0<div\0 a="\0"><a href="${ours}">us`],
    ['in a redirector’s parameter', `<a href="/go?url=${encodeURIComponent(ours)}">us</a>`],
    ['in one that is not encoded', `<a href="/go.html?target=${ours}">us</a>`],
    ['in one encoded twice', `<a href="/go?to=${encodeURIComponent(encodeURIComponent(ours))}">us</a>`],
    ['in base64', `<a href="/go?link=${encodeURIComponent(base64(ours))}">us</a>`],
    ['in base64 that was not encoded', `<a href="/go?link=${base64(ours)}">us</a>`],
    ['in base64url', `<a href="https://r.example/?u=${base64url(ours)}">us</a>`],
    ['as an address written in one word', '<a href="//blog.example.test">us</a>'],
    ['in a relative redirector', `<a href="go/${base64url(ours)}">us</a>`],
    ['in base64 in the path', `<a href="/go/${base64url(ours)}">us</a>`],
    ['in the path', `<a href="/go/${ours}">us</a>`],
    ['behind a hash', `<a href="/#/redirect?url=${encodeURIComponent(ours)}">us</a>`],
    ['as all that is behind a hash', `<a href="/go.html#${ours}?from=friend">us</a>`],
    ['in a parameter behind a hash alone', `<a href="/go#url=${encodeURIComponent(ours)}">us</a>`],
    ['in base64 behind a hash', `<a href="/go/#${base64(ours)}">us</a>`],
    ['without a scheme', '<a href="/go?url=blog.example.test">us</a>'],
    ['as the whole question', `<a href="/go?${ours}">us</a>`],
    [
      'in a redirector in a redirector',
      `<a href="/go?url=${encodeURIComponent(`https://r.example/?target=${encodeURIComponent(ours)}`)}">us</a>`,
    ],
    [
      'in a script of JSON',
      `<script type="application/json">{"links":[{"url":"https:\\/\\/blog.example.test\\/"}]}</script>`,
    ],
  ])('is found %s, in whatever pieces the page comes', (_, html) => {
    const page = `<!doctype html><html><head><title>x</title></head><body>${html}</body></html>`;

    const facts = [page.length, 1, 2, 3, 7, 64].map((size) => read(page, { size }).hasLink);

    expect(facts).toEqual([true, true, true, true, true, true]);
  });

  test.each([
    ['by the base of another', '<base href="https://other.example/"><a href="about">x</a>'],
    ['in text', `see ${ours}`],
    ['in a comment', `<!-- <a href="${ours}">us</a> -->`],
    ['in a comment without an end', `<!-- <a href="${ours}">us</a>`],
    ['in a script', `<script>"<a href='${ours}'>"</script>`],
    ['in a style or a title', `<style><a href="${ours}"></style><title><a href="${ours}"></title>`],
    ['of another host that ends so', '<a href="https://notblog.example.test.example/">x</a>'],
    ['of a host below it', '<a href="https://a.blog.example.test/">x</a>'],
    ['of the host above it', '<a href="https://example.test/">x</a>'],
    ['over another port', '<a href="https://blog.example.test:8443/">x</a>'],
    ['as a user’s name', '<a href="https://blog.example.test@evil.example/">x</a>'],
    ['by another scheme', '<a href="mailto:me@blog.example.test">x</a><a href="javascript:blog.example.test">x</a>'],
    ['of an image', `<img src="${ours}x.png"><link rel=me href="${ours}">`],
    ['in base64 that is none', '<a href="/go?u=!!!!aHR0cHM6Ly9ibG9n">x</a>'],
  ])('is none %s', (_, html) => {
    expect(read(html).hasLink).toBe(false);
  });

  test.each([
    ['https://example.test/me', '/me', true],
    ['https://example.test/me/', '/me/about', true],
    ['https://example.test/me', '/mean', false],
    ['example.test/me', '/', false],
  ])('of a site that is a part of a host, %s, leads there: %s %s', (site, path, isFound) => {
    expect(read(`<a href="http://example.test${path}">x</a>`, { site }).hasLink).toBe(isFound);
  });

  test('of an address in numbers is compared by what it means', () => {
    expect(read('<a href="http://0x7f.1/me">x</a>', { site: '127.0.0.1' }).hasLink).toBe(true);
    expect(read('<a href="http://2130706433/me">x</a>', { site: '127.0.0.1' }).hasLink).toBe(true);
  });

  test('is compared by its host, however that is written', () => {
    const html = '<a href="https://xn--fsqu00a.xn--0zwm56d/">x</a>';

    expect(read(html, { site: '例子.测试' }).hasLink).toBe(true);
    expect(read('<a href="https://例子.测试/">x</a>', { site: 'WWW.xn--fsqu00a.xn--0zwm56d.' }).hasLink).toBe(true);
    expect(read('<a href="http://example.test:8080/">x</a>', { site: 'example.test:8080' }).hasLink).toBe(true);
  });

  test('ends the reading at once', () => {
    const reader = openPageReader(parseSiteLink('blog.example.test'));

    expect(reader.write('<a href="https://other.example/">')).toBe(false);
    expect(reader.write(`<a href="${ours}">`)).toBe(true);
    expect(reader.write('<a href="/links">友链</a>')).toBe(true);
    expect(reader.finish(from).linksPages).toEqual([]);
  });
});

describe('what else a page says', () => {
  test('its links pages are those of its own host, by address and by name, the likeliest first', () => {
    const html = [
      '<a href="/about">about</a><a href="friends.html">more</a>',
      '<a href="/links/#top">友链</a><a href="/p/9"><b>友情</b>链接</a><a href="https://other.example/links">links</a><a href="#links">links</a>',
      '<a href="https://www.friend.example/x">朋友们</a><a href="javascript:links()">links</a>',
    ].join('\n');

    expect(read(html).linksPages).toEqual([
      'https://friend.example/links/',
      'https://friend.example/p/9',
      'https://www.friend.example/x',
      'https://friend.example/blog/friends.html',
    ]);
    expect(read('<base href="/a/"><a href="links">Links</a>').linksPages).toEqual(['https://friend.example/a/links']);
  });

  test('its links pages are known by the words of traditional Chinese, too', () => {
    const names = ['友鏈', '友情鏈接', '友情連結', '友站連結', '鄰居們', '小夥伴'];

    const facts = read(names.map((name, index) => `<a href="/p/${index}">${name}</a>`).join('\n'));
    const elsewhere = read('<a href="https://other.example/l">友情連結</a>');

    expect(facts.linksPages).toEqual(names.map((_, index) => `https://friend.example/p/${index}`));
    expect(elsewhere.unread).toBe('its list of friends is elsewhere, at other.example');
  });

  test('its links pages are also those that only a title or a picture names, and those of its other hosts that are named', () => {
    const html = [
      '<a href="/p?id=7" title="友情链接">♥</a><a href="/a"><img src=x alt="友链"></a>',
      '<a href="https://links.friend.example/">友链</a><a href="https://img.friend.example/links">x</a>',
    ].join('\n');

    expect(read(html)).toMatchObject({
      linksPages: ['https://friend.example/p?id=7', 'https://friend.example/a', 'https://links.friend.example/'],
      unread: null,
    });
    expect(read('<a href="https://b.com.cn/">友链</a>', { url: 'https://a.com.cn/' }).linksPages).toEqual([]);
  });

  test.each([
    [
      '<a href="https://other.example/l"><b title="x">友链</b></a>',
      'its list of friends is elsewhere, at other.example',
    ],
    ['<a href="javascript:open()" title="友情链接">友情链接</a>', 'its list of friends is opened by a script'],
    ['<a href="javascript:;">友链</a><a href="/f">友情链接</a>', null],
    ['<a href="https://www.travellings.example/">开往-友链接力</a>', null],
    ['<a href="https://other.example/">友人帐</a>', null],
  ])('a list that cannot be read is told: %s', (html, unread) => {
    expect(read(html).unread).toBe(unread);
  });

  test('what stands within it, on which page it goes on, and that there is nothing, is known', () => {
    const frames = '<iframe src="/frame"></iframe><iframe src="https://ads.example/"></iframe><iframe></iframe>';
    const next = (html: string, url = 'https://friend.example/friends/page1'): string | null =>
      read(html, { url }).nextPage;

    expect(read(frames).frames).toEqual(['https://friend.example/frame']);
    expect(next('<a href="/friends/page2">下一页 »</a>')).toBe('https://friend.example/friends/page2');
    expect(next('<a href="?page=2" rel="nofollow next">2</a>')).toBe('https://friend.example/friends/page1?page=2');
    expect(next('<link rel=next href="/another-post">')).toBeNull();
    expect(next('<a href="/friends/page2">下一篇</a>')).toBeNull();
    expect(['', '<html><title>x</title>', 'x', '<a>'].map((html) => read(html).isEmpty)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('its feeds are those that its head names', () => {
    const html = `<head><link rel="alternate" type="application/rss+xml" href="/feed">
      <link rel=alternate type="application/atom+xml; charset=utf-8" href="https://feeds.example/a">
      <link rel="alternate" type="application/feed+json" href="feed.json">
      <link rel="alternate" hreflang="en" href="/en"><link rel=stylesheet type="application/rss+xml" href="/x">
      <link rel=alternate type="application/rss+xml" href="javascript:x"></head><body>`;
    const reader = openPageReader(null);

    expect(reader.write(html)).toBe(true);
    expect(reader.finish(from).feeds).toEqual([
      'https://friend.example/feed',
      'https://feeds.example/a',
      'https://friend.example/blog/feed.json',
    ]);
  });

  test.each([
    ['0; url=/new', 'https://friend.example/new'],
    ["3;URL='https://b.example/'", 'https://b.example/'],
    ['0,https://b.example/', 'https://b.example/'],
    ['30; url=/new', null],
    ['5', null],
    ['', null],
  ])('a refresh of "%s" leads to %s', (content, target) => {
    expect(read(`<meta http-equiv="Refresh" content="${content}">`).refresh).toBe(target);
  });

  test('a page that is made by its scripts or frames is a shell, and a short one is not', () => {
    const shells = [
      '<title>我的博客</title><div id="app"></div><script src="/app.js"></script><noscript>Enable JavaScript</noscript>',
      '<frameset><frame src="https://b.example/"></frameset>',
      '<script>location.href="/x"</script>',
    ];

    expect(shells.map((html) => read(html).isShell)).toEqual([true, true, true]);
    expect(read('<html>hi</html>').isShell).toBe(false);
    expect(read(`<p>${'字'.repeat(200)}</p><script src=a.js></script>`).isShell).toBe(false);
    expect(read(`${'<a href="/x">x</a>'.repeat(20)}<script src=a.js></script>`).isShell).toBe(false);
  });
});

describe('a hostile page', () => {
  const many = (text: string, bytes: number): string => text.repeat(Math.ceil(bytes / text.length));

  test.each([
    ['a megabyte of nested tags', many('<div>', 1_000_000)],
    ['tags that are closed and never were open', many('</div></a>', 1_000_000)],
    ['200,000 links', many('<a href="https://x.example/">y</a>', 200_000 * 34)],
    ['200,000 links through redirectors', many('<a href="/?a=/b&c=https://d/?e=https://f/">', 8_000_000)],
    ['an attribute of two megabytes', `<a href="${many('x', 2_000_000)}">`],
    ['200,000 attributes', `<a ${many(' href=x', 1_400_000)}>`],
    ['a comment without an end', `<!--${many('-', 2_000_000)}`],
    ['a script of JSON without an end', `<script type=application/json>${many('//', 2_000_000)}`],
    ['nothing but NUL', many('\0', 2_000_000)],
    ['nothing but brackets', many('<', 2_000_000)],
    ['entities without an end', `<a href="${many('&', 1_000_000)}${many('&am', 1_000_000)}`],
    ['lone surrogates', many('<a href="\ud800">\udfff', 500_000)],
    ['a refresh of two megabytes', `<meta http-equiv=refresh content="0;${many(' ', 2_000_000)}">`],
  ])('is read through to its end: %s', (_, html) => {
    const facts = read(html, { size: 16_384 });

    expect(facts.hasLink).toBe(false);
    expect(facts.linksPages.length).toBeLessThanOrEqual(64);
  });

  test('that hides a link behind a thousand redirectors makes us unsure, and no more', () => {
    const html = `<a href="/?${Array.from({ length: 20 }, (_, n) => `p${n}=//h${n}.example/`).join('&')}">`.repeat(
      2000,
    );

    expect(read(html)).toMatchObject({ hasLink: false, isUnsure: true });
  });

  test('whatever its characters are, throws nothing and says the same in any pieces', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<a href="',
        ours,
        '">',
        '</a>',
        '<!--',
        '-->',
        '<script>',
        '</script>',
        '&',
        '&#x',
        '<',
        "'",
        '=',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );

    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
        const html = pieces.join('');
        expect(read(html, { size })).toEqual(read(html));
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
