import type { FeedDocument, Reading, ScraperRule } from '../../core/parser.ts';
import { decodeDocument, isText, noText } from './decode.ts';
import { readEntries, type RawEntry } from './entries.ts';
import { webLink } from './links.ts';

/**
 * Reads a page as if it were a feed, by selectors. To be called where it may be ended from outside: a page can be made to
 * take minutes.
 */
export async function readPage(document: FeedDocument, rule: ScraperRule): Promise<Reading> {
  if (!isText(document.bytes)) return noText;
  const { load } = await import('cheerio');
  const page = load(decodeDocument(document.bytes, document.contentType));
  const base = webLink(page('base[href]').first().attr('href'), document.url) ?? document.url;
  const items = page(rule.item).slice(0, document.items).toArray();
  const parts = items.map((item) => (path: string): string | null => {
    const { selector, attribute } = splitPath(path);
    const found = selector === '' ? page(item) : page(item).find(selector).first();
    if (attribute !== null) return partOf(found, attribute);
    const copy = found.clone();
    copy.find(silent).remove();
    return partOf(copy.not(silent), null);
  });
  const entries = parts.map((part): RawEntry => ({ title: part(rule.title), summary: null, links: [part(rule.link)] }));
  const dates = parts.map((part) => (rule.date === undefined ? null : part(rule.date)));
  if (items.length === 0) return noMatch(`nothing on it matches "${rule.item}"`);
  const butNot = (what: string): Reading => noMatch(`${items.length} match "${rule.item}", but ${what} in any of them`);
  const read = readEntries(entries, { base, items: document.items, dates });
  if (read.entries.length === 0) return butNot(`"${rule.link}" finds no address`);
  return entries.every(({ title }) => (title ?? '').trim() === '') ? butNot(`"${rule.title}" finds no words`) : read;
}

function noMatch(reason: string): Reading {
  return { isRead: false, problem: 'no-match', reason: `has changed, it seems: ${reason}` };
}

// What these hold is written for no reader.
const silent = 'script, style, noscript, template, textarea, iframe, svg';

interface Found {
  readonly text: () => string;
  readonly attr: (name: string) => string | undefined;
}

function partOf(found: Found, attribute: string | null): string | null {
  // What is text on a page is to be text in a title: it is not read as markup again.
  if (attribute === null) return escaped(found.text());
  const value = found.attr(attribute) ?? null;
  return value === null || attribute === 'href' || attribute === 'src' ? value : escaped(value);
}

function escaped(text: string): string {
  return text.replace(/&(?=#?\w{1,31};)/g, '&amp;').replace(/<(?=[a-z/!?])/gi, '&lt;');
}

/**
 * A selector and the attribute behind its `@`, null where the element's text is meant: `h2 a` is the text of the first such
 * element within the item, `h2 a@href` an attribute of it, `@href` one of the item itself.
 */
export function splitPath(path: string): { readonly selector: string; readonly attribute: string | null } {
  const [, selector = '', attribute] = /^([^]*?)(?:@([\w:.-]+))?$/.exec(path) ?? [];
  return { selector: selector.trim(), attribute: attribute ?? null };
}
