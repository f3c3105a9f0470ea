import { describe, expect, test } from 'vitest';
import { canonicalOfHeader, isSameAddress, readPageHead, readRobotsHeader } from '../../src/content/page-head.ts';

const url = 'https://blog.example.test/article/a/';

/** What a page says of itself, and how much of it was read. */
function headOf(html: string, pieceSize = 100_000) {
  const reader = readPageHead(url);
  let read = 0;
  while (read < html.length) {
    const piece = html.slice(read, read + pieceSize);
    read += piece.length;
    if (reader.write(piece)) break;
  }
  const { canonical, robots } = reader.head();
  return { canonical, robots: Object.fromEntries(robots), read };
}

describe('the head of a page', () => {
  const html = `<!DOCTYPE html><HTML><head><meta charset=utf-8>
    <title>a < b & <meta name=robots content=noindex></title><script>"<link rel=canonical href=/no>"</script>
    <LINK REL="next Canonical" HREF="/article/%e4%b8%ad/?a=1&amp;b=2"><link rel=canonical href=/second>
    <meta name=" Robots " content="INDEX,nofollow"><meta name=baiduspider content="noindex; noarchive">
    </head><body><link rel=canonical href=/body><meta name=robots content=none>`;

  test.each([1, 7, 100_000])('is read in pieces of %i', (pieceSize) => {
    expect(headOf(html, pieceSize)).toMatchObject({
      canonical: 'https://blog.example.test/article/%e4%b8%ad/?a=1&b=2',
      robots: { robots: ['index', 'nofollow'], baiduspider: ['noindex', 'noarchive'] },
    });
  });

  test('ends where the body begins, said or not, and no more is read', () => {
    const body = 'x'.repeat(1_000_000);

    expect(headOf(`<title>t</title><p>${body}`, 1000)).toMatchObject({ canonical: null, read: 1000 });
    expect(headOf(`<p><link rel=canonical href=/a>`).canonical).toBeNull();
  });

  test('has a base', () => {
    expect(headOf('<base href="//cdn.example/x/"><link rel=canonical href="y">').canonical).toBe(
      'https://cdn.example/x/y',
    );
  });

  test('may have an address that is none', () => {
    expect(headOf('<link rel=canonical href="http://[">').canonical).toBe('http://[');
    expect(headOf('<link rel=canonical>').canonical).toBe(url);
  });

  test.each([
    ['nested', '<template>'.repeat(100_000)],
    ['with attributes', `<meta ${'a=b '.repeat(250_000)}`],
    ['with one attribute', `<meta content="${'x'.repeat(1_000_000)}`],
    ['of metas', '<meta name=robots content=x>'.repeat(40_000)],
    ['unclosed', `<!--${'x'.repeat(1_000_000)}`],
  ])('takes no time where it is hostile: %s', (_, html) => {
    expect(headOf(html).canonical).toBeNull();
  });
});

test.each([
  ['noindex', { robots: ['noindex'] }],
  ['baiduspider: noindex, nofollow, bingbot: none', { baiduspider: ['noindex', 'nofollow'], bingbot: ['none'] }],
  ['nofollow, unavailable_after: 25 Jun 2010 15:00:00 PST, noindex', { robots: expect.arrayContaining(['noindex']) }],
  ['max-snippet: 5, NOINDEX', { robots: expect.arrayContaining(['noindex']) }],
  ['', { robots: [] }],
])('the header X-Robots-Tag: %s', (header, expected) => {
  expect(Object.fromEntries(readRobotsHeader(header))).toEqual(expected);
});

test.each([
  ['</b/>; rel="canonical"', 'https://blog.example.test/b/'],
  ['<https://x.example/a>; rel=prev, <https://x.example/c>; rel=canonical; x=y', 'https://x.example/c'],
  ['</b/> ;\trel = canonical', 'https://blog.example.test/b/'],
  ['</b/>; rel=preload', null],
  ['', null],
])('the header Link: %s', (header, expected) => {
  expect(canonicalOfHeader(header, url)).toBe(expected);
});

test.each([
  ['https://a.example/%e4%b8%ad', 'https://a.example/%E4%B8%AD#x', true],
  ['https://a.example/中', 'https://a.example/%E4%B8%AD', true],
  ['https://A.example:443/%61', 'https://a.example/a', true],
  ['http://a.example/', 'https://a.example/', false],
  ['https://a.example/a', 'https://a.example/a/', false],
  ['https://a.example/?a', 'https://a.example/', false],
])('%s and %s are one address: %s', (one, other, expected) => {
  expect(isSameAddress(one, other)).toBe(expected);
});
