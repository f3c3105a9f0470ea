import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readSitemap, type Sitemap } from '../../src/content/sitemap.ts';

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const xmlns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** Reads a sitemap in pieces of a size. */
async function read(bytes: string | Uint8Array, { pieceSize = 65_536, most = 50_000 } = {}): Promise<Sitemap> {
  const all = Buffer.from(bytes as string);
  const reader = readSitemap(most);
  for (let at = 0; at < all.length; at += pieceSize) if (reader.take(all.subarray(at, at + pieceSize))) break;
  return reader.finish();
}

const urlset = `${head}<urlset ${xmlns} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://b.example/article/%E4%B8%AD/?a=1&amp;b=2 </loc><lastmod>2026-03-18T14:05:09+08:00</lastmod>
    <image:image><image:loc>https://cdn.example/x.png</image:loc></image:image></url>
  <url><image:image><image:loc>https://cdn.example/y.png</image:loc></image:image><loc><![CDATA[https://b.example/中]]></loc></url>
  <url><loc>/relative</loc></url><url></url><url><loc>ftp://b.example/</loc></url>
</urlset>\n<!-- made by hand -->`;
const entries = [
  { url: 'https://b.example/article/%E4%B8%AD/?a=1&b=2', changedAtMs: Date.parse('2026-03-18T06:05:09Z') },
  { url: 'https://b.example/%E4%B8%AD', changedAtMs: null },
];

describe('a sitemap', () => {
  test.each([1, 3, 100, 65_536])('is read in pieces of %i, packed or not', async (pieceSize) => {
    const expected = { kind: 'addresses', entries, isWhole: true, unusable: 3 };

    expect(await read(urlset, { pieceSize })).toEqual(expected);
    expect(await read(gzipSync(urlset), { pieceSize })).toEqual(expected);
  });

  test('may be an index of others, and have a prefix', async () => {
    const text = `<sm:sitemapindex xmlns:sm="x"><sm:sitemap><sm:loc>https://b.example/1.xml</sm:loc></sm:sitemap></sm:sitemapindex>`;

    expect(await read(text)).toMatchObject({
      kind: 'index',
      entries: [{ url: 'https://b.example/1.xml' }],
      isWhole: true,
    });
  });

  test.each([
    ['2026', '2026-01-01T00:00:00Z'],
    ['2026-03', '2026-03-01T00:00:00Z'],
    ['2026-03-18', '2026-03-18T00:00:00Z'],
    ['2026-03-18T14:05Z', '2026-03-18T14:05:00Z'],
    ['2026-03-18T14:05:09.123456+08:00', '2026-03-18T06:05:09.123Z'],
    ['2026-03-18T14:05:09', '2026-03-18T14:05:09Z'],
    ['2026-13-45', null],
    ['昨天', null],
    ['18 Mar 2026', null],
  ])('was changed at %s', async (lastmod, expected) => {
    const { entries } = await read(
      `<urlset><url><loc>https://b.example/</loc><lastmod>${lastmod}</lastmod></url></urlset>`,
    );

    expect(entries[0]?.changedAtMs).toBe(expected === null ? null : Date.parse(expected));
  });

  test.each([
    ['cut off', urlset.slice(0, urlset.indexOf('<image:loc>https://cdn.example/y'))],
    ['cut off in its package', gzipSync(urlset).subarray(0, -30)],
  ])('that is %s gives what came before, and is known as broken', async (_, bytes) => {
    const sitemap = await read(bytes);

    expect(sitemap).toMatchObject({ kind: 'addresses', isWhole: false });
    expect(sitemap.entries[0]).toEqual(entries[0]);
  });

  test.each([
    ['nothing', ''],
    ['a page', '<!doctype html><html><body><urlset></urlset>'],
    ['text', 'https://b.example/a\n'],
    ['JSON', '{"urlset": []}'],
    ['a feed', '<rss><channel></channel></rss>'],
    ['gzip of nothing', gzipSync('')],
    ['half a gzip header', Buffer.from([0x1f, 0x8b])],
    ['bytes', Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251))],
  ])('is none where it is %s', async (_, bytes) => {
    expect(await read(bytes)).toMatchObject({ kind: null, entries: [] });
  });

  test('keeps no more than it may', async () => {
    const url = (index: number): string => `<url><loc>https://b.example/${index}</loc></url>`;
    const text = `<urlset>${Array.from({ length: 60_000 }, (_, index) => url(index)).join('')}</urlset>`;

    const sitemap = await read(text);

    expect([sitemap.entries.length, sitemap.isWhole]).toEqual([50_000, false]);
    expect((await read(text, { most: 2 })).entries.map((entry) => entry.url)).toEqual([
      'https://b.example/0',
      'https://b.example/1',
    ]);
  });

  test('of ten megabytes is read', async () => {
    const url = `<url><loc>https://b.example/${'a'.repeat(150)}</loc><lastmod>2026-03-18</lastmod></url>`;
    const text = `<urlset>${url.repeat(48_000)}</urlset>`;

    const sitemap = await read(text);

    expect(text.length).toBeGreaterThan(10_000_000);
    expect([sitemap.entries.length, sitemap.isWhole]).toEqual([48_000, true]);
  });
});

describe('a hostile file', () => {
  const bomb = `${head}<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
    <urlset><url><loc>https://b.example/&b;</loc></url><url><loc>https://b.example/&x;</loc></url></urlset>`;

  test('that defines entities gets none of them expanded', async () => {
    const { entries } = await read(bomb);

    expect(entries.map(({ url }) => url)).toEqual(['https://b.example/&b;', 'https://b.example/&x;']);
  });

  test.each([
    ['nests without an end', `<urlset>${'<a>'.repeat(300_000)}`],
    ['has an address without an end', `<urlset><url><loc>https://b.example/${'a'.repeat(5_000_000)}`],
    ['has attributes without an end', `<urlset ${'a="b" '.repeat(500_000)}`],
    ['closes what was never open', `<urlset>${'</url>'.repeat(500_000)}`],
    ['is a gzip bomb', gzipSync(Buffer.concat([Buffer.from('<urlset>'), Buffer.alloc(200_000_000, 32)]))],
  ])('that %s takes little time', async (_, bytes) => {
    expect(await read(bytes)).toMatchObject({ kind: 'addresses', entries: [], isWhole: false });
  });
});
