import type { FeedEntry, ReadFeed } from '../../core/parser.ts';
import { webLink } from './links.ts';
import { oneLine } from './text.ts';
import { firstWords, safeTitle } from './title.ts';

/** An entry as a document has it. */
export interface RawEntry {
  readonly title: string | null;
  /** In place of a title where there is none. */
  readonly summary: string | null;
  /** Addresses, the best one first. */
  readonly links: readonly (string | null | undefined)[];
}

const mostWords = 60;
const longestDate = 100;

/** What a document holds, made fit for visitors. */
export function readEntries(
  raw: readonly RawEntry[],
  options: { readonly base: string; readonly items: number; readonly dates: readonly (string | null)[] },
): ReadFeed {
  const entries: FeedEntry[] = [];
  let leftOut = 0;
  for (const { title, summary, links } of raw.slice(0, options.items)) {
    const link = links.map((one) => webLink(one, options.base)).find((one) => one !== null);
    if (link === undefined) leftOut++;
    else entries.push({ title: titleOf(title, summary, link), link });
  }
  const dates = options.dates.flatMap((date) => (date === null ? [] : [oneLine(date.slice(0, longestDate))]));
  return { isRead: true, entries, dates: dates.filter((date) => date !== ''), leftOut };
}

function titleOf(title: string | null, summary: string | null, link: string): string {
  return safeTitle(title ?? '') || firstWords(summary ?? '', mostWords) || safeTitle(link);
}
