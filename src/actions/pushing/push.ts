import { pushLedger, type PushEntries, type PushLedger } from '../../blog/pushes.ts';
import { createBlogTime } from '../../blog/time.ts';
import type { StateDatabase } from '../../core/database.ts';
import type { Finding } from '../../core/outcome.ts';
import { engineMemory, type EngineMemory } from './closing.ts';
import type { Closing, Engine, PushContext, Receipt } from './engine.ts';
import { blogAtFault, refuseAlone } from './fault.ts';
import { fitOnes } from './fit.ts';
import { otherThan, planPushes, type Catalog, type Queued } from './plan.ts';
import type { PreCheck } from './pre-check.ts';

/** What a run does for one engine, and what has come of it. */
export interface Pushing {
  readonly context: PushContext;
  readonly engine: Engine;
  readonly ledger: PushLedger;
  readonly memory: EngineMemory;
  /** Null where nothing is to be looked at first. */
  readonly preCheck: PreCheck | null;
  /** The blog's own address. */
  readonly origin: string;
  /** The newest address that is not to be sent, since the engine took it or knows it; null where there is none. */
  readonly other: string | null;
  readonly findings: Finding[];
  readonly counts: EngineCounts;
}

/** What a run counts for one engine. */
export interface EngineCounts {
  /** Addresses that are new, changed or gone, those of earlier runs that still wait among them. */
  candidates: number;
  accepted: number;
  refused: number;
  /** Not sent because they failed the check. */
  unfit: number;
  /** Candidates that are left for later runs. */
  waiting: number;
  /** Entered as known: they were there before the first push. */
  known: number;
  /** 1 where the engine is left alone until later. */
  closed: number;
}

/** How the push to one engine ended. */
export interface PushEnd {
  readonly closing: Closing | null;
  readonly failures: number;
  /** It was left alone because of what went wrong in an earlier run. */
  readonly isLeftAlone: boolean;
  /** Text for the summary. */
  readonly text: string;
}

/** Plans, checks and sends what one engine is to be told. */
export async function pushTo(
  context: PushContext,
  state: StateDatabase,
  engine: Engine,
  about: {
    readonly origin: string;
    readonly catalog: Catalog;
    readonly preCheck: PreCheck | null;
    readonly findings: Finding[];
    readonly counts: EngineCounts;
  },
): Promise<PushEnd> {
  const { settings: wanted, nowMs, blog } = context;
  const { origin, catalog, preCheck, findings, counts } = about;
  const ledger = pushLedger(state, blog.name, engine.name);
  const row = state.isReady ? await ledger.engine() : null;
  const rows = state.isReady ? await ledger.all() : new Map<never, never>();
  if (row !== null && row.origin !== origin) {
    const message = `the blog has moved from ${row.origin} to ${origin}: what is older than ${wanted.since.text} counts as known there; --all sends all`;
    findings.push({ kind: 'moved', target: engine.title, message });
  }
  const isBeginning = row === null || row.origin !== origin;
  // Articles, and what only a sitemap has, begin each for themselves.
  const hasRows = (ofArticles: boolean) => [...rows.values()].some((one) => (one.articleId !== null) === ofArticles);
  const isNewKind = !hasRows(catalog.isWhole) && (!catalog.isWhole || hasRows(false));
  const { queue, entries } = planPushes(catalog, rows, {
    origin,
    isFirst: isBeginning || isNewKind,
    sinceMs: nowMs - wanted.since.ms,
    all: wanted.all,
    takesGone: engine.takesGone,
    nowMs,
  });
  const memory = engineMemory(engine, ledger, row, { nowMs, origin, isRetry: wanted.retry });
  const other = otherThan(queue, catalog);
  const pushing: Pushing = { context, engine, ledger, memory, preCheck, origin, other, findings, counts };
  counts.candidates = queue.length;
  counts.waiting = queue.length;
  counts.known = entries.added.filter(({ status }) => status === 'known').length;
  await enter(pushing, entries, isBeginning);
  const closed = memory.closed();
  if (closed !== null) {
    counts.closed = 1;
    const until = localTime(context, closed.untilMs);
    if (closed.because === 'configuration') {
      const message = `left alone until ${until}: ${closed.reason}; other settings are tried at once, --retry tries again`;
      findings.push({ kind: 'engine-closed', target: engine.title, message });
    }
    const isLeftAlone = closed.because !== 'quota';
    return { closing: null, failures: memory.failures(), isLeftAlone, text: textOf(pushing, until) };
  }
  const closing = queue.length === 0 ? null : await sendAll(pushing, queue);
  const until = memory.closed()?.untilMs;
  return {
    closing,
    failures: memory.failures(),
    isLeftAlone: false,
    text: textOf(pushing, until === undefined ? null : localTime(context, until)),
  };
}

async function enter(
  { context, engine, ledger, memory }: Pushing,
  entries: PushEntries,
  isBeginning: boolean,
): Promise<void> {
  const count = entries.added.length + entries.changed.length + entries.dropped.length;
  if (count === 0 && !isBeginning) return;
  const after = `${count} ${count === 1 ? 'address' : 'addresses'} for ${engine.title}`;
  await context.change({ what: 'note', target: 'blogctl_push', after }, async () => {
    await ledger.enter(entries);
    // Last: a run that dies before begins once more, and finds what was entered.
    if (isBeginning) await memory.begin();
  });
}

// Returns why it ended before its time; null where it did not.
async function sendAll(pushing: Pushing, queue: readonly Queued[]): Promise<Closing | null> {
  const { context, engine, memory, counts } = pushing;
  const prepared = await engine.prepare();
  if (prepared !== null) return closed(pushing, prepared);
  const fit = fitOnes(pushing, queue);
  let left = context.settings.limit ?? Infinity;
  let remain = memory.remain();
  // A request for more than the day's rest is refused whole: the first address of a day asks for that number.
  let most = engine.hasQuota && remain === null ? 1 : engine.mostAtOnce;
  // The address of a request of one that was not liked: by itself, or since all are not?
  let odd: { readonly url: string; readonly receipt: Closing } | null = null;
  while (left > 0 && remain !== 0) {
    context.signal.throwIfAborted();
    const batch = await fit.next(Math.min(most, left, remain ?? Infinity));
    if (batch.length === 0 && odd !== null) return closed(pushing, odd.receipt, true);
    if (batch.length === 0) return blogAtFault(pushing, await fit.fault());
    const receipt = await sendBatch(pushing, batch);
    if (receipt !== undefined && receipt.outcome !== 'taken') {
      if (receipt.isOfAddresses !== true || batch.length > 1 || odd !== null) return closed(pushing, receipt, true);
      odd = { url: batch[0]?.url ?? '', receipt };
      continue;
    }
    if (odd !== null && receipt !== undefined) {
      await refuseAlone(pushing, odd);
      odd = null;
    }
    counts.waiting -= batch.length;
    left -= batch.length;
    // A dry run hears nothing, and takes it that there is room.
    if (receipt !== undefined) remain = engine.hasQuota ? receipt.remain : null;
    else if (remain !== null) remain -= batch.length;
    most = engine.mostAtOnce;
  }
  if (memory.closed() !== null) counts.closed = 1;
  return null;
}

async function closed(pushing: Pushing, closing: Closing, isNoted = false): Promise<Closing> {
  const { context, engine, memory, counts, findings } = pushing;
  counts.closed = 1;
  if (!isNoted)
    await context.change({ what: 'close', target: engine.title, after: closing.outcome }, () => memory.close(closing));
  if (closing.outcome === 'trouble') {
    findings.push({
      kind: 'engine-trouble',
      target: engine.title,
      message: `${closing.reason}; a later run tries again`,
    });
  }
  return closing;
}

class NotTaken extends Error {}

// All addresses of a batch go in one request: the change of the first one sends it. Undefined in a dry run.
async function sendBatch(pushing: Pushing, batch: readonly Queued[]): Promise<Receipt | undefined> {
  const { context, engine, counts, findings } = pushing;
  let sending: Promise<Receipt> | undefined;
  for (const { url, isGone } of batch) {
    try {
      await context.change({ what: isGone ? 'withdraw' : 'push', target: url, after: engine.title }, async () => {
        const receipt = await (sending ??= send(pushing, batch));
        if (receipt.outcome !== 'taken' || receipt.refused.has(url)) throw new NotTaken();
      });
      counts.accepted++;
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
    }
  }
  const receipt = await sending;
  if (receipt?.outcome !== 'taken') return receipt;
  for (const [url, message] of receipt.refused) {
    findings.push({ kind: receipt.foreign?.has(url) === true ? 'not-same-site' : 'refused', target: url, message });
  }
  counts.refused += batch.filter(({ url }) => receipt.refused.has(url)).length;
  if (receipt.remark !== null) findings.push({ kind: 'engine-remark', target: engine.title, message: receipt.remark });
  return receipt;
}

// What was sent is written down before anything else is done: where a run dies in between it is sent once more.
async function send(
  { context, engine, ledger, memory, findings }: Pushing,
  batch: readonly Queued[],
): Promise<Receipt> {
  const urls = batch.map(({ url }) => url);
  const receipt = await engine.send(urls);
  const atMs = context.nowMs;
  if (receipt.outcome === 'taken') {
    const accepted = urls.filter((url) => !receipt.refused.has(url));
    await ledger.mark(accepted, { status: 'accepted', atMs, note: receipt.remark });
    for (const [url, note] of receipt.refused) await ledger.mark([url], { status: 'refused', atMs, note });
    const isNews = await memory.taken(receipt);
    if (isNews) {
      const message = 'it has taken the addresses, and has yet to confirm the key; no more will be said of this';
      findings.push({ kind: 'key-pending', target: engine.title, message });
    }
  } else {
    if (receipt.outcome !== 'quota') await ledger.mark(urls, { status: 'waiting', atMs, note: receipt.reason });
    await memory.close(receipt);
  }
  return receipt;
}

function textOf({ engine, counts }: Pushing, until: string | null): string {
  const parts = [`${counts.accepted} accepted`];
  if (counts.refused > 0) parts.push(`${counts.refused} refused`);
  if (counts.unfit > 0) parts.push(`${counts.unfit} unfit`);
  if (counts.waiting > 0) parts.push(`${counts.waiting} waiting`);
  if (counts.known > 0) parts.push(`${counts.known} known from before`);
  if (until !== null) parts.push(`closed until ${until}`);
  return `${engine.title}: ${parts.join(', ')}`;
}

function localTime({ blog, nowMs }: PushContext, epochMs: number): string {
  return createBlogTime(blog.timezone, () => nowMs)
    .fromEpochMs(epochMs)
    .slice(0, 16);
}
