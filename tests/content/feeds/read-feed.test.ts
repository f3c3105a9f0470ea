import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFeed } from '../../../src/content/feeds/read-feed.ts';
import { readPage } from '../../../src/content/feeds/read-page.ts';
import type { Reading } from '../../../src/core/parser.ts';
import { samples } from './samples.ts';

const url = 'https://blog.example/feed.xml';
const sample = (file: string): Buffer => readFileSync(join(import.meta.dirname, 'documents', file));

function read(text: string, items = 50): Promise<Reading> {
  return readFeed({ bytes: new TextEncoder().encode(text), contentType: '', url, items });
}

const item = '<item><title>t</title><link>https://blog.example/1</link></item>';
const around = (inner: string): string => `<rss><channel><title>x</title>${inner}</channel></rss>`;

test.each(samples)('$file gives its entries', async ({ file, contentType, entries, dates }) => {
  const reading = await readFeed({ bytes: sample(file), contentType, url, items: 50 });

  if (!reading.isRead) throw new Error(reading.reason);
  expect(reading.entries.map(({ title, link }) => [title, link])).toEqual(entries);
  expect(reading.dates).toEqual(dates);
});

// 今天天气不错，我们去公园散步 and été à Noël, in the bytes of GBK and of ISO-8859-1.
const chinese = Buffer.from('bdf1ccecccecc6f8b2bbb4eda3acced2c3c7c8a5b9abd4b0c9a2b2bd', 'hex');
const french = Buffer.from('e974e920e0204e6feb6c', 'hex');

test.each([
  ['a server that says ISO-8859-1 of everything', '<?xml version="1.0"?>', 'text/xml; charset=iso-8859-1', chinese],
  ['a document that says US-ASCII', '<?xml version="1.0" encoding="us-ascii"?>', 'text/xml', chinese],
  ['French', '<?xml version="1.0"?>', 'text/xml; charset=iso-8859-1', french],
])('of %s the characters are those that it is written in', async (_, head, contentType, title) => {
  const [before = '', after = ''] = around(item).split('>t<');
  const bytes = Buffer.concat([Buffer.from(`${head}${before}>`), title, Buffer.from(`<${after}`)]);

  const reading = await readFeed({ bytes, contentType, url, items: 50 });

  const expected = title === chinese ? '今天天气不错，我们去公园散步' : 'été à Noël';
  expect(reading).toMatchObject({ entries: [{ title: expected }] });
});

test('entries without an address of the web are counted', async () => {
  const reading = await readFeed({ bytes: sample('links-of-all-kinds.xml'), contentType: '', url, items: 50 });

  expect(reading).toMatchObject({ leftOut: 5 });
});

const whole = samples.filter(({ file }) => !/utf-16|forgotten|json/.test(file));
const parts = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);

test.each(whole)('$file cut anywhere is known to be cut, or has all of its entries', async ({ file, ...told }) => {
  const bytes = sample(file);

  const readings = await Promise.all(
    parts.map((part) =>
      readFeed({ bytes: bytes.subarray(0, bytes.length * part), contentType: told.contentType, url, items: 50 }),
    ),
  );

  for (const reading of readings) {
    if (reading.isRead) expect(reading.entries).toHaveLength(told.entries.length);
    else expect(['truncated', 'not-a-feed']).toContain(reading.problem);
  }
  expect(readings.slice(9, 17).filter(({ isRead }) => !isRead).length).toBeGreaterThan(0);
});

test('a cut JSON feed is known to be cut', async () => {
  const text = sample('json-feed-1.json').toString().trimEnd();
  const places = Array.from({ length: text.length - 1 }, (_, index) => index + 1);

  const readings = await Promise.all(places.map((place) => read(text.slice(0, place))));

  expect(readings.map((one) => (one.isRead ? 'read' : one.problem))).toEqual(places.map(() => 'truncated'));
});

test.each(['[2026-03-18 09:00:00] notice: a warning', '{main} thrown in feed.php', '[warning] <b>too late</b>'])(
  'before a feed may stand %j',
  async (warning) => {
    const reading = await read(`${warning}\n<?xml version="1.0"?>${around(item)}`);

    expect(reading).toMatchObject({ isRead: true, entries: [{ title: 't' }] });
  },
);

test.each([
  ['', 'is empty'],
  [' \n\t', 'holds nothing but blanks'],
  ['Service Unavailable', 'is plain text, not a feed'],
  ['<!DOCTYPE html><html><head><title>x</title></head></html>', 'is a web page, not a feed'],
  [
    '<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head><body>&lt;rss&gt; <rss></body>',
    'is a web page, not a feed; it names https://blog.example/rss.xml as its feed',
  ],
  ['<html><link rel=alternate type="application/atom+xml" href="javascript:x"></html>', 'is a web page, not a feed'],
  ['<?xml version="1.0"?><urlset><url/></urlset>', 'is XML, but not a feed: its root is <urlset>'],
  ['<?xml version="1.0"?><opml version="2.0"></opml>', 'is XML, but not a feed: its root is <opml>'],
  ['{"items": 7}', 'is JSON, but not a feed: it has no list "items"'],
  ['{"items": [}', 'is no valid JSON'],
  ['{"items": [{"title": "a "b" c"}]}', 'is no valid JSON'],
  ['{"items": []}}', 'is no valid JSON'],
  ['[1, 2]', 'is JSON, but not a feed: it has no list "items"'],
])('%j is told from a feed', async (text, reason) => {
  const reading = await read(text);

  expect(reading).toMatchObject({ isRead: false, reason });
});

test('nothing is expanded and nothing fetched: a billion laughs and a file of this machine stay names', async () => {
  const lots = Array.from({ length: 30 }, (_, index) => `<!ENTITY l${index + 1} "&l${index};&l${index};">`).join('');
  const types = `<!DOCTYPE rss [<!ENTITY l0 "lol">${lots}<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]>`;
  const item = '<item><title>a &l30; &f; b</title><link>https://blog.example/1</link></item>';

  const reading = await read(`<?xml version="1.0"?>${types}<rss><channel>${item}</channel></rss>`);

  expect(reading).toMatchObject({ entries: [{ title: 'a &l30; &f; b', link: 'https://blog.example/1' }] });
});

test.each([
  ['200,000 unended tags', around(`${item}${'<a>'.repeat(200_000)}`), 'is nested more than 100 deep'],
  [
    '200,000 attributes',
    around(`<item ${'a="1" '.repeat(200_000)}></item>`),
    'has a tag with more than 200 attributes',
  ],
  ['a million tags that are none', around('<a "'.repeat(1_000_000)), 'has more than 500 "<" that begin no tag'],
])('%s are refused, and say why', async (_, text, reason) => {
  const reading = await read(text);

  expect(reading).toEqual({ isRead: false, problem: 'unreadable', reason });
});

test.each([
  [
    'a title of 20 MB',
    around(`<item><title>${'长'.repeat(7_000_000)}</title><link>https://blog.example/1</link></item>`),
  ],
  [
    'a title of 5 million <',
    around(`<item><title>${'<'.repeat(5_000_000)}</title><link>https://blog.example/1</link></item>`),
  ],
  ['200,000 tags in a text', around(`${item}<item><description>${'<a>'.repeat(200_000)}</description></item>`)],
  ['100,000 entries', around(item.repeat(100_000))],
])('%s is read to what is wanted of it', async (_, text) => {
  const reading = await read(text, 3);

  if (!reading.isRead) throw new Error(reading.reason);
  expect(reading.entries.length).toBeGreaterThan(0);
  expect(reading.entries.length).toBeLessThanOrEqual(3);
  for (const { title } of reading.entries) expect([...title].length).toBeLessThanOrEqual(301);
});

test.each([
  ['<link><![CDATA[/?p=1&amp;q=2&#038;r=3]]></link>', ['https://blog.example/?p=1&q=2&r=3'], 0],
  ['<link>/?p=1&amp;amp;q=2</link>', ['https://blog.example/?p=1&q=2'], 0],
  ['<link>/?p=1&amp;copy=2</link>', ['https://blog.example/?p=1&copy=2'], 0],
  ['<atom:link href="https://blog.example/1"/>', ['https://blog.example/1'], 0],
  ['<atom:link rel="self" href="/feed"/><atom:link rel="alternate" href="/2"/>', ['https://blog.example/2'], 0],
  ['<atom:link rel="replies" href="/comments"/>', [], 1],
  ['<guid isPermaLink="false">https://blog.example/?p=1</guid>', [], 1],
  ['<guid isPermaLink="FALSE">https://blog.example/?p=1</guid><link>/3</link>', ['https://blog.example/3'], 0],
  ['<guid isPermaLink="true">https://blog.example/?p=1</guid>', ['https://blog.example/?p=1'], 0],
  ['<guid>https://blog.example/?p=1</guid>', ['https://blog.example/?p=1'], 0],
])('an entry of RSS with %s leads to %j', async (inner, links, leftOut) => {
  const names = 'version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"';

  const reading = await read(`<rss ${names}><channel><item><title>t</title>${inner}</item></channel></rss>`);

  if (!reading.isRead) throw new Error(reading.reason);
  expect(reading.entries.map(({ link }) => link)).toEqual(links);
  expect(reading.leftOut).toBe(leftOut);
});

test.each([
  ['an image', [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 0]],
  ['an archive', [0x1f, 0x8b, 8, 0, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65]],
  ['a document', [...Buffer.from('%PDF-1.7 and words, words, words')]],
  ['UTF-32 with its mark', [0xff, 0xfe, 0, 0, 60, 0, 0, 0, 114, 0, 0, 0]],
  ['UTF-32 without', [0, 0, 0, 60, 0, 0, 0, 114, 0, 0, 0, 115]],
])('%s is no text', async (_, bytes) => {
  const url = 'https://blog.example/feed';
  const document = { bytes: Uint8Array.from(bytes), contentType: 'application/xml', url, items: 50 };
  const reason = 'is no text';

  const asFeed = await readFeed(document);
  const asPage = await readPage(document, { item: 'li', title: 'a', link: 'a@href', date: undefined });

  expect(asFeed).toEqual({ isRead: false, problem: 'not-a-feed', reason });
  expect(asPage).toEqual({ isRead: false, problem: 'not-a-feed', reason });
});

const atom = (root: string, prefix = ''): string =>
  `<${prefix}feed ${root}><${prefix}entry><${prefix}title>t</${prefix}title><${prefix}link href="/1"/></${prefix}entry></${prefix}feed>`;

test.each([
  ['https for http', atom('xmlns="https://www.w3.org/2005/Atom"')],
  ['https in single quotes', atom("xmlns='https://www.w3.org/2005/Atom'")],
  ['a slash at its end', atom('xml:lang="zh" xmlns="http://www.w3.org/2005/Atom/"')],
  ['another case, and a prefix', atom('xmlns:a="http://www.w3.org/2005/atom"', 'a:')],
  ['nothing at all for its prefix', atom('xmlns="http://www.w3.org/2005/Atom"', 'atom:')],
  ['https for the old one', atom('version="0.3" xmlns="https://purl.org/atom/ns#"')],
  [
    'https for RDF',
    '<rdf:RDF xmlns:rdf="https://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="https://purl.org/rss/1.0/"><item><title>t</title><link>/1</link></item></rdf:RDF>',
  ],
])('a namespace with %s is understood', async (_, text) => {
  const reading = await read(text);

  expect(reading).toMatchObject({ entries: [{ title: 't', link: 'https://blog.example/1' }] });
});

test('an episode whose title only iTunes knows has that title', async () => {
  const names = 'version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"';
  const inner = '<itunes:title>第一期</itunes:title><enclosure url="/1.mp3" type="audio/mpeg" length="1"/>';

  const reading = await read(`<rss ${names}><channel><item>${inner}</item></channel></rss>`);

  expect(reading).toMatchObject({ entries: [{ title: '第一期', link: 'https://blog.example/1.mp3' }] });
});

test('of the entries those at the top are kept', async () => {
  const many = Array.from({ length: 10 }, (_, index) => item.replace('>t<', `>${index}<`)).join('');

  const reading = await read(around(many), 3);

  expect(reading).toMatchObject({ entries: [{ title: '0' }, { title: '1' }, { title: '2' }] });
});

test('elements with names of JavaScript’s own do no harm', async () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length'];
  const odd = names.map((name) => `<${name} title="x"><title>bad</title><link>https://evil.example</link></${name}>`);

  const reading = await read(around(`${odd.join('')}<item>${odd.join('')}<title>good</title><link>/1</link></item>`));

  expect(({} as Record<string, unknown>)['title']).toBeUndefined();
  expect(reading).toMatchObject({ entries: [{ title: 'good', link: 'https://blog.example/1' }] });
});
