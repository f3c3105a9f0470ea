import { Parser } from 'htmlparser2';
import { withPlainEscapes } from './robots.ts';

/** What a page says of itself to search engines. */
export interface PageHead {
  /** The address that it wants to be known by, as it stands there, resolved; null where it names none. */
  readonly canonical: string | null;
  /** The words of its robots metas by name, in small letters: `robots` for all, `baiduspider` for one. */
  readonly robots: ReadonlyMap<string, readonly string[]>;
}

/** Reads a page up to the end of its head, in whatever pieces it comes. */
export interface PageHeadReader {
  /** True: enough. */
  readonly write: (text: string) => boolean;
  readonly head: () => PageHead;
}

// Any other element begins the body, as a browser has it.
const headElements = new Set([
  'html',
  'head',
  'title',
  'meta',
  'link',
  'base',
  'script',
  'style',
  'noscript',
  'template',
]);
const mostElements = 5000;
// The parser can't be stopped within a piece: small ones keep a hostile page from nesting deep.
const pieceSize = 4096;

/** Opens a reader of a page at an address. Metas and links outside of the head mean nothing to search engines. */
export function readPageHead(url: string): PageHeadReader {
  let isOver = false;
  let elements = 0;
  let base = url;
  let canonical: string | null = null;
  const robots = new Map<string, string[]>();
  const parser = new Parser({
    onopentag: (name, attributes) => {
      elements++;
      if (!headElements.has(name) || elements > mostElements) isOver = true;
      if (isOver) return;
      if (name === 'base') base = resolved(attributes['href'], url) ?? base;
      if (name === 'link' && wordsOf(attributes['rel']).includes('canonical')) canonical ??= attributes['href'] ?? '';
      if (name === 'meta') addWords(robots, attributes['name'], attributes['content']);
    },
    onclosetag: (name) => {
      if (name === 'head') isOver = true;
    },
  });
  return {
    write: (text) => {
      for (let at = 0; at < text.length && !isOver; at += pieceSize) parser.write(text.slice(at, at + pieceSize));
      return isOver;
    },
    head: () => ({ canonical: canonical === null ? null : (resolved(canonical, base) ?? canonical), robots }),
  };
}

/**
 * The words of an X-Robots-Tag header by robot: `noindex` is for all (`robots`), `baiduspider: noindex` for one. Several
 * headers come joined by commas.
 */
export function readRobotsHeader(header: string): ReadonlyMap<string, readonly string[]> {
  const robots = new Map<string, string[]>();
  let name = 'robots';
  for (const part of header.toLowerCase().split(',')) {
    const [, robot, rest = part] = /^\s*([a-z][a-z_-]*)\s*:(.*)$/.exec(part) ?? [];
    const isValue =
      robot === undefined || /^(unavailable_after|max-(snippet|image-preview|video-preview))$/.test(robot);
    if (!isValue) name = robot;
    robots.set(name, [...(robots.get(name) ?? []), ...wordsOf(isValue ? part : rest)]);
  }
  return robots;
}

/** The address that a Link header names as the canonical one; null where it names none. */
export function canonicalOfHeader(header: string, url: string): string | null {
  for (const [, target = '', parameters = ''] of header.matchAll(/<([^<>]*)>(\s*(?:;[^,<]*)?)/g)) {
    if (/;\s*rel\s*=\s*"?[^";]*\bcanonical\b/i.test(parameters)) return resolved(target, url) ?? target;
  }
  return null;
}

/** Are two addresses one? However they are escaped, and whatever stands behind a #. */
export function isSameAddress(one: string, other: string): boolean {
  return inOneForm(one) === inOneForm(other);
}

/** An address as all that are the same are written: escapes in capitals and only where needed, nothing behind a #. */
export function inOneForm(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.hash = '';
  return withPlainEscapes(url.href);
}

function addWords(robots: Map<string, string[]>, name: string | undefined, content: string | undefined): void {
  const key = (name ?? '').trim().toLowerCase();
  if (key !== '') robots.set(key, [...(robots.get(key) ?? []), ...wordsOf(content)]);
}

function wordsOf(text: string | undefined): string[] {
  return (text ?? '')
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
}

function resolved(href: string | undefined, base: string): string | null {
  return href !== undefined && URL.canParse(href, base) ? new URL(href, base).href : null;
}
