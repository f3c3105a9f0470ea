import { Parser } from 'htmlparser2';

/** What a document is, by its beginning. */
export type DocumentKind =
  | { readonly kind: 'xml'; /** Where the root's tag begins. */ readonly start: number }
  | { readonly kind: 'json' }
  | { readonly kind: 'html' }
  | { readonly kind: 'other'; /** In words, to follow "the feed". */ readonly reason: string };

// Before it there may be warnings of a program that makes the feed, declarations, comments.
const mostBefore = 100_000;
const root = /<(?:[a-z_][\w.-]*:)?(?:rss|rdf|feed|channel)(?=[\s>/])/i;
const page = /<!doctype\s+html|<html(?=[\s>])/i;
// Not so `[notice] …`.
const json = /^(?:\{\s*(?:["}]|$)|\[\s*(?:["[{\]]|\d+\s*[,\]]|$))/;

/** Tells feeds from what a server sends in their place. */
export function kindOf(text: string): DocumentKind {
  const head = text.slice(0, mostBefore);
  const begin = head.replace(/^[\s\ufeff\u0000]+/, '');
  if (begin === '') return { kind: 'other', reason: text === '' ? 'is empty' : 'holds nothing but blanks' };
  if (json.test(begin)) return { kind: 'json' };
  const uncommented = head.replace(/<!--[^]*?-->/g, (comment) => ' '.repeat(comment.length));
  const start = uncommented.search(root);
  const html = uncommented.search(page);
  if (html >= 0 && (start < 0 || html < start)) return { kind: 'html' };
  if (start >= 0) return { kind: 'xml', start };
  const first = /<([a-z_][\w.:-]{0,40})/i.exec(uncommented)?.[1];
  if (first === undefined) return { kind: 'other', reason: 'is plain text, not a feed' };
  if (/^(head|body|div|p|a|br|script|meta|title|center|h\d)$/i.test(first)) return { kind: 'html' };
  return { kind: 'other', reason: `is XML, but not a feed: its root is <${first}>` };
}

/** The address of the first feed that a page names, as it stands there; null where it names none. */
export function feedNamedIn(html: string): string | null {
  let found: string | null = null;
  const parser = new Parser({
    onopentag: (name, { rel = '', type = '', href = '' }) => {
      const isFeed = name === 'link' && /\balternate\b/i.test(rel) && /(rss|atom|rdf)\+xml|feed\+json/i.test(type);
      if (isFeed && href !== '') found ??= href;
    },
  });
  parser.write(html.slice(0, mostBefore));
  parser.end();
  return found;
}
