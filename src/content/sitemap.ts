import { Parser } from 'htmlparser2';

/** An address of a sitemap. */
export interface SitemapEntry {
  readonly url: string;
  /** When it was last changed, in milliseconds since 1970; null where the sitemap does not say so. */
  readonly changedAtMs: number | null;
}

/** A sitemap (https://www.sitemaps.org/protocol.html) as far as it could be read. */
export interface Sitemap {
  /** What it is: addresses, or the addresses of other sitemaps; null where it is no sitemap. */
  readonly kind: 'addresses' | 'index' | null;
  readonly entries: readonly SitemapEntry[];
  /** False where it ends in the middle, or is more than may be read. */
  readonly isWhole: boolean;
  /** How many entries have no usable address. */
  readonly unusable: number;
}

/** Takes the bytes of a sitemap, packed by gzip or not. */
export interface SitemapReader {
  /** True: enough. */
  readonly take: (bytes: Uint8Array) => boolean;
  readonly finish: () => Promise<Sitemap>;
}

/** What the protocol allows: 50,000 addresses, and 50 MiB unpacked. */
export const mostSitemapEntries = 50_000;
export const mostSitemapBytes = 50 * 1024 * 1024;

const longestUrl = 2048;
const deepest = 16;
// The parser can't be stopped within a piece: small ones keep a hostile file from nesting deep.
const pieceSize = 4096;

/** Opens a reader that keeps so many entries at the most. */
export function readSitemap(most = mostSitemapEntries): SitemapReader {
  const xml = readXml(most);
  const packed: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  let isPacked: boolean | null = null;
  let beginning = new Uint8Array();
  return {
    take: (bytes) => {
      sizeBytes += bytes.length;
      let piece = new Uint8Array(bytes);
      if (isPacked === null) {
        beginning = joined(beginning, piece);
        if (beginning.length < 2) return false;
        isPacked = beginning[0] === 0x1f && beginning[1] === 0x8b;
        piece = beginning;
      }
      if (!isPacked) return xml.write(piece);
      packed.push(piece);
      return sizeBytes > mostSitemapBytes;
    },
    finish: async () => {
      if (isPacked !== true) return xml.end();
      await unpack(new Blob(packed), xml.write);
      return xml.end();
    },
  };
}

async function unpack(packed: Blob, write: (bytes: Uint8Array) => boolean): Promise<void> {
  const reader = packed.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  for (;;) {
    // What came out before a broken end is as good as without it.
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done || value === undefined || write(value)) break;
  }
  await reader.cancel().catch(() => undefined);
}

interface XmlReader {
  readonly write: (bytes: Uint8Array) => boolean;
  readonly end: () => Sitemap;
}

const kinds: Readonly<Record<string, Sitemap['kind']>> = { urlset: 'addresses', sitemapindex: 'index' };

// Entities that a file defines for itself are never expanded: the parser knows the five of XML alone.
function readXml(most: number): XmlReader {
  const decoder = new TextDecoder();
  const entries: SitemapEntry[] = [];
  const path: string[] = [];
  let kind: Sitemap['kind'] = null;
  let [isOver, isWhole, isTooMuch] = [false, false, false];
  let [sizeBytes, unusable] = [0, 0];
  let [url, changed] = ['', ''];
  const parser = new Parser(
    {
      onopentagname: (name) => {
        if (isOver) return;
        path.push(localName(name));
        if (path.length === 1) kind = kinds[path[0] ?? ''] ?? null;
        if (kind === null || path.length > deepest) isOver = true;
        if (path.length === 2) [url, changed] = ['', ''];
      },
      ontext: (text) => {
        // Within <url> stand other things with an address, such as pictures: they stand deeper.
        if (isOver || path.length !== 3) return;
        if (path[2] === 'loc' && url.length <= longestUrl) url += text;
        if (path[2] === 'lastmod' && changed.length < 100) changed += text;
      },
      onclosetag: (_, isImplied) => {
        if (isOver) return;
        const name = path.pop();
        if (path.length === 1 && (name === 'url' || name === 'sitemap') && !isImplied) add();
        if (path.length === 0) [isOver, isWhole] = [true, !isImplied];
      },
    },
    { xmlMode: true },
  );

  function add(): void {
    const address = url.trim();
    if (address.length > longestUrl || !/^https?:\/\//i.test(address) || !URL.canParse(address)) unusable++;
    else if (entries.length < most) entries.push({ url: new URL(address).href, changedAtMs: momentOf(changed.trim()) });
    else [isOver, isTooMuch] = [true, true];
  }

  function writeText(text: string): void {
    for (let at = 0; at < text.length && !isOver; at += pieceSize) parser.write(text.slice(at, at + pieceSize));
  }

  return {
    write: (bytes) => {
      sizeBytes += bytes.length;
      if (sizeBytes > mostSitemapBytes) isOver = true;
      else writeText(decoder.decode(bytes, { stream: true }));
      return isOver;
    },
    end: () => {
      if (!isOver) writeText(decoder.decode());
      return { kind, entries, isWhole: isWhole && !isTooMuch, unusable };
    },
  };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

// Of the form that sitemaps have (W3C): a year, a month, a day or an instant; one without a zone is taken for UTC.
function momentOf(text: string): number | null {
  const form = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;
  if (!form.test(text)) return null;
  const ms = Date.parse(/T[^Z+-]*$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(ms) ? null : ms;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
