import type { Insertable } from 'kysely';
import { addEvidence, cutEvidence, keepChecks } from '../../blog/checks.ts';
import { setShown, type ListedKind } from '../../blog/listed-links.ts';
import { isRefusal } from '../../core/errors.ts';
import { isoUtc } from '../../core/host.ts';
import type { EvidenceTable } from '../../core/web-tables.ts';
import type { Chosen } from './choose.ts';
import { newCourse, type Rule } from './course.ts';
import { titled, type CheckContext, type CheckJob } from './job.ts';
import { leftAsItWas, type Judged } from './judge.ts';
import { blank, checkOf, type Memory } from './memory.ts';

/** A link that was looked at, and what was done. */
export interface Done extends Judged {
  readonly done: 'hidden' | 'shown' | 'cleared' | null;
  /** Its owner has changed it since it was read. */
  readonly isEdited: boolean;
  /** Why the database did not let it be hidden or shown; null where it did, or was not asked. */
  readonly refusal: Error | null;
}

const doneBy = { hide: 'hidden', show: 'shown', clear: 'cleared' } as const;

/** Left as it is: edited by its owner, or refused by the database. */
class LeftError extends Error {
  readonly refusal: Error | null;

  constructor(refusal: Error | null) {
    super('left as it is');
    this.refusal = refusal;
  }
}

/**
 * Hides and shows, each only if it is still as it was read, and keeps of each at once what was done and why: whatever stops
 * the run after, nobody is hidden without evidence. One that the database refuses is left for a later run. Puts each into
 * `done` as it goes.
 */
export async function applyAll(
  context: CheckContext,
  job: CheckJob,
  all: readonly Judged[],
  rule: Rule,
  done: Done[],
): Promise<void> {
  for (const judged of all) {
    const left = { ...judged, done: null, isEdited: false, refusal: null };
    if (judged.act === null) {
      done.push(left);
      continue;
    }
    context.signal.throwIfAborted();
    const applied = { ...left, done: doneBy[judged.act] };
    try {
      await apply(context, job, applied, rule);
      done.push(applied);
    } catch (error) {
      if (!(error instanceof LeftError)) throw error;
      const { refusal } = error;
      done.push({ ...left, ...(refusal === null ? { isEdited: true } : { ...leftAsItWas(judged), refusal }) });
    }
  }
}

async function apply(context: CheckContext, { kind }: CheckJob, applied: Done, rule: Rule): Promise<void> {
  const { link, act, hideReason } = applied;
  const database = await context.db();
  const reason = act === 'hide' ? hideReason : null;
  const what = {
    what: act === 'clear' ? 'clear-reason' : (act ?? ''),
    target: titled(link, kind),
    before: link.reason,
    after: reason ?? '',
  };
  await context.change(what, async () => {
    const isWritten = await setShown(database, kind, link, reason).catch((error: unknown) => {
      context.signal.throwIfAborted();
      throw isRefusal(error) ? new LeftError(error) : error;
    });
    if (!isWritten) throw new LeftError(null);
    await keep(context, kind, [applied], rule);
  });
}

/** Keeps what was seen and what is known now, of those of whom that was not done yet. */
export async function keepAll(
  context: CheckContext,
  { kind }: CheckJob,
  all: readonly Done[],
  byHand: Chosen['byHand'],
  rule: Rule,
): Promise<void> {
  const { nowMs, blog } = context;
  const news = byHand.filter(({ isNews }) => isNews).map(({ link }) => link);
  if (all.every(({ isEdited }) => isEdited) && news.length === 0) return;
  const looks = `${all.length} ${all.length === 1 ? 'look' : 'looks'}`;
  await context.change({ what: 'keep', target: 'blogctl_evidence and blogctl_check', after: looks }, async () => {
    const others = all.filter(({ done }) => done === null);
    await keep(context, kind, others, rule);
    const handed = { ...blank, course: { ...newCourse, standing: 'by-hand' as const }, checkedAtMs: nowMs };
    const state = await context.state();
    await keepChecks(
      state,
      news.map(({ id, link }) => checkOf({ site: blog.name, kind, id, link }, handed, rule)),
    );
    await cutEvidence(state, blog.name, kind);
  });
}

async function keep(
  { nowMs, blog: { name: site }, state: opened }: CheckContext,
  kind: ListedKind,
  all: readonly Done[],
  rule: Rule,
): Promise<void> {
  const evidence = all.map(({ link, look, done, isSpared }): Insertable<EvidenceTable> => ({
    site,
    kind,
    target_id: link.id,
    at: isoUtc(nowMs),
    result: look.result,
    verdict: look.verdict === 'living-feed' ? 'alive' : look.verdict,
    reason: look.reason,
    done: isSpared ? 'refused' : done,
  }));
  const checks = all
    // What its owner edits meanwhile begins anew at the next run.
    .filter(({ isEdited }) => !isEdited)
    .map((one) => checkOf({ site, kind, id: one.link.id, link: one.link.link }, memoryAfter(one, nowMs), rule));
  const state = await opened();
  await addEvidence(state, evidence);
  await keepChecks(state, checks);
}

function memoryAfter(
  { link, memory, look, course, done, hideReason }: Done,
  nowMs: number,
): Memory & { checkedAtMs: number } {
  const { feed, hasNoFeed, linkPage, tookMs, verdict } = look;
  const hiddenReason = done === 'hidden' ? hideReason : done === 'shown' ? null : memory.hiddenReason;
  const okAtMs = verdict === 'alive' ? nowMs : memory.okAtMs;
  const staleReason = link.isShown && done === null ? link.reason : null;
  return { course, hiddenReason, staleReason, feed, hasNoFeed, linkPage, tookMs, checkedAtMs: nowMs, okAtMs };
}
