import type { Reading } from '../../core/parser.ts';
import { readEntries, type RawEntry } from './entries.ts';

/** Reads JSON Feed 1.0 and 1.1. Such a feed has no date of its own. */
export function readJsonFeed(text: string, base: string, items: number): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^[\s\ufeff]+/, ''));
  } catch {
    if (isCut(text)) return { isRead: false, problem: 'truncated', reason: 'ends in the middle' };
    return { isRead: false, problem: 'unreadable', reason: 'is no valid JSON' };
  }
  const list = isMapping(value) ? value['items'] : undefined;
  if (!Array.isArray(list)) {
    return { isRead: false, problem: 'not-a-feed', reason: 'is JSON, but not a feed: it has no list "items"' };
  }
  const entries = list.slice(0, items).map((item: unknown): RawEntry => {
    if (!isMapping(item)) return { title: null, summary: null, links: [] };
    const id = textOf(item['id']);
    return {
      title: textOf(item['title']),
      summary: textOf(item['summary']) ?? textOf(item['content_text']) ?? textOf(item['content_html']),
      links: [textOf(item['url']), textOf(item['external_url']), /^https?:/i.test(id ?? '') ? id : null],
    };
  });
  return readEntries(entries, { base, items, dates: [] });
}

// Is there nothing wrong with it but that its end is missing?
function isCut(text: string): boolean {
  const open: string[] = [];
  for (const [piece] of text.matchAll(/"[^"\\]*(?:\\[^][^"\\]*)*"?|[{}[\]]/g)) {
    if (piece === '{') open.push('}');
    else if (piece === '[') open.push(']');
    else if (!piece.startsWith('"') && open.pop() !== piece) return false;
  }
  return open.length > 0;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
