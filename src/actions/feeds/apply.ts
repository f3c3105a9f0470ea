import type { Check, Evidence } from '../../blog/checks.ts';
import { countEntries, updateFeed, type FeedHead } from '../../blog/feeds.ts';
import { isRefusal } from '../../core/errors.ts';
import type { Finding } from '../../core/outcome.ts';
import { bounded, findingOf, targetOf, type DueFeed, type FeedContext } from './hub.ts';
import type { Bad, Good, Look } from './look.ts';
import { afterFailure, afterSuccess } from './memory.ts';
import { scraperOf } from './settings.ts';

/** How many of what, for the outcome. */
export interface FeedCounts {
  fetched: number;
  stored: number;
  unchanged: number;
  failed: number;
  moved: number;
  /** Not asked, because a failure is not long ago. */
  waiting: number;
  /** Not asked any more, because they said that they are gone. */
  paused: number;
  /** In all the feeds that were stored. */
  entries: number;
  /** Entries without an address. */
  leftOut: number;
  unknown: number;
}

/** What is to be remembered of a look. */
export interface Remembered {
  readonly check: Check;
  /** Null where nothing is new. */
  readonly evidence: Omit<Evidence, 'id'> | null;
}

/** What a run has so far. */
export interface Progressing {
  readonly counts: FeedCounts;
  readonly findings: Finding[];
  /** Rows that the database did not let it write, and why. */
  readonly refusals: Error[];
}

const longestUrl = 255;
const longestShown = 200;

/** Does what follows from a look: the blog's row, the counts, the findings. Null where the row was altered meanwhile. */
export async function apply(
  context: FeedContext,
  due: DueFeed,
  look: Look,
  so: Progressing,
): Promise<Remembered | null> {
  so.counts.fetched++;
  return look.isGood ? applyGood(context, due, look, so) : applyBad(context, due, look, so);
}

async function applyGood(
  context: FeedContext,
  { feed, last }: DueFeed,
  look: Good,
  { counts, findings, refusals }: Progressing,
): Promise<Remembered | null> {
  const moment = { site: context.blog.name, nowMs: context.nowMs };
  const database = await context.db();
  const write = (values: Parameters<typeof updateFeed>[2], what: string, before: string, after: string) =>
    context
      .change({ what, target: targetOf(feed), before, after }, async () => {
        if (!(await updateFeed(database, feed, values))) throw new AlteredError();
      })
      .then(() => true)
      .catch((error: unknown) => {
        context.signal.throwIfAborted();
        if (error instanceof AlteredError) findings.push(findingOf('altered', feed, alteredText));
        else if (isRefusal(error)) {
          refusals.push(error);
          findings.push(
            findingOf('not-stored', feed, `could not be stored: ${error.message}; a later run tries again`),
          );
        } else throw error;
        return false;
      });

  if (look.after !== null) {
    const before = look.before === null ? 'nothing' : entriesText(countEntries(look.before));
    const entries = countEntries(look.after);
    if (!(await write({ data: look.after }, 'update', before, entriesText(entries)))) return null;
    counts.stored++;
    counts.entries += entries;
  } else counts.unchanged++;
  counts.leftOut += look.leftOut;
  const isEmpty = look.result === 'empty';
  if (isEmpty) findings.push(findingOf('empty', feed, emptyText(look)));
  const url = addressAfter(context, feed, look, findings);
  if (url !== feed.url) {
    if (!(await write({ url }, 'move', bounded(feed.url, longestUrl), url))) return null;
    counts.moved++;
  }
  const check = afterSuccess(moment, { ...feed, url }, last, look.seen);
  const done = url !== feed.url ? 'moved' : look.after !== null ? 'stored' : null;
  const isNews = done !== null || isEmpty || last === null || last.state !== 'ok';
  const found = isEmpty ? emptyText(look) : look.after === null ? 'is as it was' : 'was read';
  const reason = url !== feed.url ? `has moved to ${url}` : found;
  return { check, evidence: isNews ? evidenceOf(check, look.result, 'alive', reason, done) : null };
}

function emptyText({ leftOut }: Good): string {
  const what = leftOut === 0 ? 'entries' : 'entries with an address of the web';
  return `has no ${what} any more${leftOut === 0 ? '' : ` (${leftOut} without)`}; its last ones stay`;
}

const alteredText = 'its address was altered meanwhile, or it was switched off: left alone';

class AlteredError extends Error {}

function addressAfter({ settings }: FeedContext, feed: FeedHead, { movedTo }: Good, findings: Finding[]): string {
  if (movedTo === null || movedTo === feed.url) return feed.url;
  if (scraperOf(settings, { ...feed, url: movedTo }) !== scraperOf(settings, feed)) {
    const message = `has moved to ${bounded(movedTo, longestShown)}, but its scraper goes by its address: alter both`;
    findings.push(findingOf('moved', feed, message));
    return feed.url;
  }
  if ([...movedTo].length <= longestUrl) return movedTo;
  const message = `has moved to an address of more than ${longestUrl} characters, which its column cannot hold`;
  findings.push(findingOf('moved-too-far', feed, message));
  return feed.url;
}

function applyBad(
  { blog, nowMs, settings, time }: FeedContext,
  { feed, last }: DueFeed,
  look: Bad,
  { counts, findings }: Progressing,
): Remembered {
  const moment = { site: blog.name, nowMs };
  const isGone = look.isGone && settings.compat === undefined;
  const check = afterFailure(moment, feed, last, { isGone, retryAfterMs: look.retryAfterMs });
  counts.failed++;
  const next = (): string => {
    if (check.due_at === null) return 'it is not asked any more until its address is altered or "--all" is given';
    const again = `asked again after ${time.fromEpochMs(Date.parse(check.due_at)).slice(0, 16)}`;
    return check.failures === 1 ? again : `failure ${check.failures} in a row, ${again}`;
  };
  findings.push(findingOf(isGone ? 'gone' : 'not-read', feed, `${bounded(look.reason, 200)}; ${next()}`));
  const done = isGone ? 'paused' : null;
  return { check, evidence: evidenceOf(check, look.result, look.verdict, look.reason, done) };
}

function evidenceOf(
  { site, kind, target_id, checked_at: at }: Check,
  result: string,
  verdict: string,
  reason: string,
  done: string | null,
): Omit<Evidence, 'id'> {
  return { site, kind, target_id, at, result, verdict, reason: bounded(reason, 300), done };
}

function entriesText(count: number): string {
  return `${count} ${count === 1 ? 'entry' : 'entries'}`;
}
