import { createBlogTime } from '../../blog/time.ts';
import { countEntries, feedData, feedText } from '../../blog/feeds.ts';
import { readFeedDate } from '../../content/feeds/date.ts';
import type { Http, HttpAnswer } from '../../core/http.ts';
import type { Parser, ReadFeed } from '../../core/parser.ts';
import { sha256 } from '../../core/sha256.ts';
import type { DueFeed, FeedContext } from './hub.ts';
import { seenOf, type Seen } from './memory.ts';
import { scraperOf } from './settings.ts';

/** What came of asking for a feed. */
export type Look = Good | Bad;

/** It was read, or is as it was. */
export interface Good {
  readonly isGood: true;
  /** What the blog's row holds now. */
  readonly before: string | null;
  /** What it is to hold; null where that is to stay. */
  readonly after: string | null;
  /** Where permanent redirects led. */
  readonly movedTo: string | null;
  readonly seen: Seen;
  readonly result: 'ok' | 'not-modified' | 'empty';
  readonly leftOut: number;
}

/** It was not. */
export interface Bad {
  readonly isGood: false;
  /** An HttpResult or a ReadingProblem. */
  readonly result: string;
  /** In words, to follow "the feed". */
  readonly reason: string;
  readonly verdict: 'dead' | 'unknown';
  /** It said that it is gone for good. */
  readonly isGone: boolean;
  /** Nobody answered at all: the fault may be our own. */
  readonly isUnreached: boolean;
  readonly retryAfterMs: number | null;
}

const mostBytes = 5 * 1024 * 1024;
const accepted =
  'application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.8';
// Raised where the same body comes to give other entries.
const edition = 3;

/** Asks for a feed and reads it. Writes nothing. */
export async function lookAt(context: FeedContext, { feed, last }: DueFeed, http: Http, parser: Parser): Promise<Look> {
  const { settings, signal } = context;
  const before = await feedData(await context.db(), feed.id);
  const scraper = scraperOf(settings, feed);
  const items = settings.compat === undefined ? settings.items : mostItems;
  const recipe = await sha256(JSON.stringify([edition, items, settings.compat, scraper]));
  const known = seenOf(last);
  // Without the entries that it gave, nothing is to be known of an earlier body.
  const seen = known?.recipe === recipe && countEntries(before) > 0 ? known : null;
  const ask = (headers: Readonly<Record<string, string>>): Promise<HttpAnswer> =>
    http.fetch({
      url: feed.url,
      headers: { accept: accepted, ...headers },
      read: 'bytes',
      maxBytes: mostBytes,
      needsWhole: true,
      signal,
    });

  let answer = await ask(seen === null || settings.compat !== undefined ? {} : conditions(seen));
  const movedTo = (): string | null => (settings.compat === undefined ? answer.movedTo : null);
  if (answer.status === 304 && seen !== null) {
    if (answer.movedTo === null)
      return { isGood: true, before, after: null, movedTo: null, seen, result: 'not-modified', leftOut: 0 };
    // A new address is believed once it has given a feed.
    answer = await ask({});
  }
  if (answer.result !== 'ok' && answer.result !== 'moved') return notFetched(answer);
  // Not modified, though nothing was asked that it could be like; no content, nothing new.
  if (answer.status !== null && [204, 205, 304].includes(answer.status)) {
    return bad('not-a-feed', `was not sent: it answers ${answer.reason}`);
  }
  if (!answer.isWhole || answer.bytes === null) return bad('truncated', `ends in the middle (${answer.reason})`);
  const now: Seen = { ...validatorsOf(answer), hash: await sha256(answer.bytes), recipe };
  if (seen?.hash === now.hash) {
    return { isGood: true, before, after: null, movedTo: movedTo(), seen: now, result: 'not-modified', leftOut: 0 };
  }
  const document = { bytes: answer.bytes, contentType: answer.headers['content-type'] ?? '', url: answer.url, items };
  const reading = await (scraper === null
    ? parser.readFeed(document, signal)
    : parser.readPage(document, scraper, signal));
  if (!reading.isRead) return bad(reading.problem, reading.reason);
  const { leftOut } = reading;
  if (reading.entries.length === 0 && countEntries(before) > 0) {
    return { isGood: true, before, after: null, movedTo: movedTo(), seen: now, result: 'empty', leftOut };
  }
  const text = feedText(reading.entries, updatedOf(context, reading));
  const after = text === before ? null : text;
  return { isGood: true, before, after, movedTo: movedTo(), seen: now, result: 'ok', leftOut };
}

const mostItems = 1000;

function bad(result: string, reason: string): Bad {
  const verdict = result === 'too-heavy' ? 'unknown' : 'dead';
  return { isGood: false, result, reason, verdict, isGone: false, isUnreached: false, retryAfterMs: null };
}

const unreached = ['dns', 'timeout', 'refused', 'no-way', 'broken', 'tls', 'half-chain'];

function notFetched({ result, status, reason, retryAfterMs }: HttpAnswer): Bad {
  const isUnknown = result === 'blocked' || result === 'not-allowed' || result === 'too-large';
  return {
    isGood: false,
    result,
    reason: `was not fetched: ${reason}`,
    verdict: isUnknown ? 'unknown' : 'dead',
    isGone: status === 410,
    isUnreached: status === null && unreached.includes(result),
    retryAfterMs,
  };
}

function conditions({ etag, lastModified }: Seen): Record<string, string> {
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
}

// What comes back to the server as it was: nothing that is no header, or longer than any.
function validatorsOf({ headers }: HttpAnswer): Pick<Seen, 'etag' | 'lastModified'> {
  const fit = (value: string | undefined): string | null =>
    value !== undefined && /^[\x21-\x7e][\x20-\x7e]{0,500}$/.test(value) ? value : null;
  return { etag: fit(headers['etag']), lastModified: fit(headers['last-modified']) };
}

const yearMs = 366 * 86_400_000;
const earliestMs = Date.UTC(1990);

// A date without a zone is one of the blog's, since most of a blog's feeds are its neighbours'.
function updatedOf({ settings, blog, nowMs }: FeedContext, { dates }: ReadFeed): string | null {
  const isIzone = settings.compat !== undefined;
  const shown = createBlogTime(isIzone ? 'Etc/GMT-8' : blog.timezone, () => nowMs);
  const meant = isIzone ? createBlogTime('UTC', () => nowMs) : shown;
  const instants = dates.flatMap((text): number[] => {
    const date = readFeedDate(text);
    if (date === null) return [];
    const { faceMs, offsetMs } = date;
    const epochMs =
      offsetMs === null ? meant.toEpochMs(new Date(faceMs).toISOString().slice(0, 19)) : faceMs - offsetMs;
    return epochMs >= earliestMs && epochMs <= nowMs + yearMs ? [epochMs] : [];
  });
  if (instants.length === 0) return null;
  const second = Math.floor(Math.max(...instants) / 1000) * 1000;
  return shown.fromEpochMs(second).replaceAll('-', '');
}
