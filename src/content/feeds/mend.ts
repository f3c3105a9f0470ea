import { tagAt, TooMuchError, type Tag } from './tags.ts';

/** A feed's XML in a form that holds no surprises for a parser. */
export interface Mended {
  readonly xml: string;
  /** False where its end is missing. */
  readonly isWhole: boolean;
  /** How many entries it has: more than are left in `xml` where there were more than wanted. */
  readonly entries: number;
}

const deepest = 100;
const mostStray = 500;
// Of a title, and of a text whose first words may have to stand for one; what goes beyond is dropped.
const mostTitle = 5000;
const mostText = 1000;
const textual = new Set('title description summary content encoded subtitle tagline'.split(' '));
// Where one of these begins or ends, a title or a text without an end tag is over.
const bounds = new Set('item entry channel feed rss rdf'.split(' '));
const boundsOfTitle = new Set(['link', 'guid', 'id', 'pubdate', 'updated', 'published', 'description', 'summary']);

/**
 * Goes through a feed's XML once, from the tag of its root at `start`, and writes down what a parser needs: the tags, and
 * the texts of titles and summaries with their own markup escaped and their length bounded. Left behind are the document
 * type with its entities, comments, instructions, entries beyond `items`, and whatever stands after the root's end. A <
 * that is no tag is escaped, entries that were not ended are ended. Takes time in proportion to the text.
 * @throws TooMuchError where it is nested deeper or has larger tags than any feed
 */
export function mendXml(text: string, start: number, items: number): Mended {
  const out: string[] = [];
  const open: string[] = [];
  let at = start;
  let entries = 0;
  let isChannelOver = false;
  let stray = 0;
  let hasRoot = false;
  let isEndMissing = false;
  const isWanted = (): boolean => entries <= items || !open.some(isEntry);
  const write = (piece: string): void => {
    if (isWanted()) out.push(piece);
  };
  const end = (index: number): void => {
    for (const name of open.slice(index).reverse()) {
      write(`</${name}>`);
      if (localOf(name) === 'channel') isChannelOver = true;
      open.pop();
    }
  };

  while (at < text.length) {
    const next = text.indexOf('<', at);
    if (next < 0) break;
    write(plain(text.slice(at, next)));
    const aside = asideAt(text, next);
    if (aside !== null) {
      if (aside.literal !== null) write(literal(aside.literal.slice(0, mostTitle)));
      isEndMissing ||= aside.end === null;
      at = aside.end ?? text.length;
      continue;
    }
    const tag = tagAt(text, next);
    if (tag === null) {
      if (++stray > mostStray) throw new TooMuchError(`has more than ${mostStray} "<" that begin no tag`);
      write('&lt;');
      at = next + 1;
      continue;
    }
    at = tag.end;
    if (tag.isEnd) {
      const index = open.lastIndexOf(tag.name);
      if (index >= 0) end(index);
      if (open.length === 0) break;
      continue;
    }
    if (isEntry(tag.name)) {
      const unended = open.findIndex(isEntry);
      if (unended >= 0) end(unended);
      entries++;
    }
    open.push(tag.name);
    hasRoot = true;
    if (open.length > deepest) throw new TooMuchError(`is nested more than ${deepest} deep`);
    write(open.length === 1 ? rootTag(tag) : plain(tag.raw.replace(/\/>$/, '>')));
    if (tag.isAlone) end(open.length - 1);
    else if (textual.has(tag.local) && (tag.local === tag.name || tag.local === 'encoded' || tag.prefix === 'atom')) {
      at = copyText(text, tag, write);
      if (at === text.length) isEndMissing = true;
      end(open.length - 1);
    }
  }
  // Some forget the last tag. In RSS 1.0 the entries come after the channel.
  const isOver = isChannelOver && open.length === 1 && localOf(open[0] ?? '') === 'rss';
  const isWhole = hasRoot && !isEndMissing && (open.length === 0 || isOver);
  end(0);
  return { xml: out.join(''), isWhole, entries };
}

// Copies what an element holds as text, tags in it included, and returns where it is over.
function copyText(text: string, element: Tag, write: (piece: string) => void): number {
  const isXhtml = /\stype\s*=\s*["']?xhtml/i.test(element.raw);
  let left = element.local === 'title' ? mostTitle : mostText;
  const copy = (piece: string, escape: (piece: string) => string): void => {
    if (left > 0) write(escape(piece.slice(0, left)));
    left -= piece.length;
  };
  let at = element.end;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const until = next < 0 ? text.length : next;
    copy(text.slice(at, until), isXhtml ? literal : plain);
    if (next < 0) return text.length;
    const aside = asideAt(text, next);
    if (aside !== null) {
      if (aside.literal !== null) copy(aside.literal, literal);
      at = aside.end ?? text.length;
      continue;
    }
    const name = /^<\/?(?:[\w-]+:)?([\w-]+)/.exec(text.slice(next, next + 60))?.[1]?.toLowerCase() ?? '';
    if (text[next + 1] === '/' && name === element.local) return tagAt(text, next)?.end ?? next + 1;
    if (bounds.has(name) || (element.local === 'title' && boundsOfTitle.has(name))) return next;
    copy('<', literal);
    at = next + 1;
  }
  return text.length;
}

interface Aside {
  /** Behind it; null where it has no end. */
  readonly end: number | null;
  /** What a CDATA section holds; null of everything else. */
  readonly literal: string | null;
}

// A comment, an instruction, a document type or a CDATA section; null where there is none of them.
function asideAt(text: string, at: number): Aside | null {
  if (text.startsWith('<![CDATA[', at)) {
    const end = text.indexOf(']]>', at);
    return { end: end < 0 ? null : end + 3, literal: text.slice(at + 9, end < 0 ? undefined : end) };
  }
  if (text.startsWith('<!--', at)) return { end: behind(text, '-->', at + 4), literal: null };
  if (text.startsWith('<?', at)) return { end: behind(text, '?>', at), literal: null };
  if (text.startsWith('<!', at)) return { end: behind(text, '>', at), literal: null };
  return null;
}

function behind(text: string, mark: string, from: number): number | null {
  const at = text.indexOf(mark, from);
  return at < 0 ? null : at + mark.length;
}

const namespaces: Readonly<Record<string, readonly string[]>> = {
  feed: ['http://www.w3.org/2005/Atom', 'http://purl.org/atom/ns#'],
  rdf: ['http://www.w3.org/1999/02/22-rdf-syntax-ns#'],
};

// Readers do not mind a root that forgets its namespace or misspells it, as with https in place of http; a parser does.
function rootTag(tag: Tag): string {
  const known = namespaces[tag.local];
  if (known === undefined) return tag.raw;
  const name = tag.prefix === '' ? 'xmlns' : `xmlns:${tag.prefix}`;
  const declaration = new RegExp(`\\s${name.replace(/[^\w:]/g, '\\$&')}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'gi');
  const [, quoted, single] = declaration.exec(tag.raw) ?? [];
  if (known.includes(quoted ?? single ?? '')) return tag.raw;
  const others = tag.raw.slice(tag.name.length + 1).replace(declaration, '');
  return `<${tag.name} ${name}="${known[0] ?? ''}"${others}`;
}

function isEntry(name: string): boolean {
  return /^(?:[\w.-]+:)?(?:item|entry)$/.test(name);
}

function localOf(name: string): string {
  return name.replace(/^.*:/, '');
}

// An & that begins no entity would make the parser overlook the tag behind it.
function plain(text: string): string {
  return withoutControls(text).replace(/&(?!#?[a-z0-9]{1,31};)/gi, '&amp;');
}

function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ');
}

function literal(text: string): string {
  return withoutControls(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
