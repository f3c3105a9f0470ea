import FeedParser, { type Item, type Meta } from 'feedparser';
import type { Reading } from '../../core/parser.ts';
import { readEntries, type RawEntry } from './entries.ts';
import { mendXml } from './mend.ts';
import { TooMuchError } from './tags.ts';

/** Reads RSS 0.9x, 1.0 and 2.0 and Atom 0.3 and 1.0, whose root's tag begins at `start`. */
export async function readXmlFeed(text: string, start: number, base: string, items: number): Promise<Reading> {
  try {
    const { xml, isWhole, entries } = mendXml(text, start, items);
    if (!isWhole) {
      const after = `${entries} ${entries === 1 ? 'entry' : 'entries'}`;
      return { isRead: false, problem: 'truncated', reason: `ends in the middle, after ${after}` };
    }
    const { meta, found } = await parse(xml, base);
    return readEntries(found.map(rawEntry), { base, items, dates: [feedDate(meta)] });
  } catch (error) {
    const reason = error instanceof TooMuchError ? error.message : 'cannot be read as a feed';
    return { isRead: false, problem: 'unreadable', reason };
  }
}

interface Parsed {
  readonly meta: Meta | null;
  readonly found: readonly Item[];
}

function parse(xml: string, feedurl: string): Promise<Parsed> {
  return new Promise((resolve, reject) => {
    const parser = new FeedParser({ feedurl, addmeta: false, guidlink: false, MAX_BUFFER_LENGTH: Infinity });
    const found: Item[] = [];
    parser.on('data', (item: Item) => void found.push(item));
    parser.on('error', reject);
    // What it tells of the feed grows to the end, where dates stand behind the entries.
    parser.on('end', () => resolve({ meta: parser.meta ?? null, found }));
    parser.end(xml);
  });
}

function rawEntry(item: Item): RawEntry {
  return {
    // feedparser's own titles have lost their markup, and words that look like it.
    title:
      original(item, ['rss:title', 'atom:title', 'rdf:title', 'dc:title', 'itunes:title', 'media:title']) ?? item.title,
    summary: item.summary ?? item.description,
    links: [item.link, atomLink(item), addressInGuid(item), item.enclosures[0]?.url],
  };
}

// RSS whose entries have their address as Atom writes it.
function atomLink(item: Item): string | null {
  const links = elements(item, 'atom:link').filter(({ rel = 'alternate' }) => rel === 'alternate');
  return links.find(({ href }) => href !== undefined)?.['href'] ?? null;
}

// A number of an entry is an address only where it looks so, and does not say otherwise.
function addressInGuid(item: Item): string | null {
  const isNone = elements(item, 'rss:guid').some(({ ispermalink }) => /^\s*false/i.test(ispermalink ?? ''));
  return !isNone && /^https?:/i.test(item.guid ?? '') ? item.guid : null;
}

// The attributes of the elements of a name, as feedparser keeps them.
function elements(item: object, name: string): readonly Readonly<Record<string, string | undefined>>[] {
  return [(item as Readonly<Record<string, unknown>>)[name]].flat().flatMap((element) => {
    const attributes = (element as { readonly '@'?: Record<string, string> } | undefined)?.['@'];
    return attributes === undefined ? [] : [attributes];
  });
}

const dateNames = [
  'rss:lastbuilddate',
  'atom:updated',
  'atom:modified',
  'dc:date',
  'rss:dc:date',
  'rdf:dc:date',
  'rss:pubdate',
];

function feedDate(meta: Meta | null): string | null {
  return meta === null ? null : original(meta, dateNames);
}

// The text of the first of these elements that has any. Those that come several times are lists.
function original(node: Readonly<Record<string, unknown>>, names: readonly string[]): string | null {
  for (const name of names) {
    for (const element of [node[name]].flat()) {
      const text = typeof element === 'string' ? element : (element as Record<string, unknown> | undefined)?.['#'];
      if (typeof text === 'string' && text.trim() !== '') return text;
    }
  }
  return null;
}
