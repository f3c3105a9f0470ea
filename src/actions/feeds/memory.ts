import * as z from 'zod/mini';
import type { Check } from '../../blog/checks.ts';
import type { FeedHead } from '../../blog/feeds.ts';
import { isoUtc } from '../../core/host.ts';
import { keptLink } from '../checking/memory.ts';

/** What a server gave to ask it again with, and what came of it. */
export interface Seen {
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Of the body's bytes. */
  readonly hash: string;
  /** How the entries were made of it: with other settings the same body gives others. */
  readonly recipe: string;
}

/** Who looks, and when. */
export interface Moment {
  readonly site: string;
  readonly nowMs: number;
}

const hourMs = 3_600_000;
const longestWaitMs = 24 * hourMs;
// A server may ask for more, but nobody is left alone for ever.
const longestAskedMs = 7 * 24 * hourMs;

const text = z.nullable(z.string());
const seenSchema = z.object({ etag: text, lastModified: text, hash: z.string(), recipe: z.string() });

/** What we saw of a feed the last time it was read; null where that is not known. */
export function seenOf(check: Check | null): Seen | null {
  try {
    const parsed = seenSchema.safeParse(JSON.parse(check?.data ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** What is known of a feed that was read. The state is `ok`. */
export function afterSuccess(
  { site, nowMs }: Moment,
  { id, url }: FeedHead,
  last: Check | null,
  seen: Seen | null,
): Check {
  const now = isoUtc(nowMs);
  return {
    site,
    kind: 'feed',
    target_id: id,
    link: keptLink(url),
    state: 'ok',
    failures: 0,
    successes: (last?.successes ?? 0) + 1,
    failing_since: null,
    checked_at: now,
    ok_at: now,
    due_at: null,
    data: seen === null ? null : JSON.stringify(seen),
  };
}

/** What is known of a feed that was not read: `failing`, which waits ever longer, or `paused`, which waits for somebody. */
export function afterFailure(
  { site, nowMs }: Moment,
  { id, url }: FeedHead,
  last: Check | null,
  { isGone, retryAfterMs }: { readonly isGone: boolean; readonly retryAfterMs: number | null },
): Check {
  const failures = (last?.failures ?? 0) + 1;
  const waitMs = Math.max(waitAfter(failures, id), Math.min(retryAfterMs ?? 0, longestAskedMs));
  return {
    site,
    kind: 'feed',
    target_id: id,
    link: keptLink(url),
    state: isGone ? 'paused' : 'failing',
    failures,
    successes: 0,
    failing_since: last?.failing_since ?? isoUtc(nowMs),
    checked_at: isoUtc(nowMs),
    ok_at: last?.ok_at ?? null,
    due_at: isGone ? null : isoUtc(nowMs + waitMs),
    data: last?.data ?? null,
  };
}

/**
 * How long a feed is left alone after so many failures in a row, in milliseconds: an hour, two, four, at most a day. A
 * part of that less, by the feed's id: the run an hour later must not come a second too early, and feeds that failed
 * together are not asked together.
 */
export function waitAfter(failures: number, id: number): number {
  const wholeMs = Math.min(hourMs * 2 ** Math.min(failures - 1, 10), longestWaitMs);
  const share = ((id * 2_654_435_761) % 1000) / 1000;
  return Math.round(wholeMs * (0.95 - 0.2 * share));
}

/** Is it to be left alone yet? */
export function isWaiting(check: Check | null, nowMs: number): boolean {
  return check !== null && check.due_at !== null && Date.parse(check.due_at) > nowMs;
}
