import type { Insertable } from 'kysely';
import { addEvidence, cutEvidence, keepChecks, type Check } from '../../blog/checks.ts';
import { setShown } from '../../blog/listed-links.ts';
import { isoUtc } from '../../core/host.ts';
import type { EvidenceTable } from '../../core/web-tables.ts';
import type { Chosen } from './choose.ts';
import { newCourse, type Rule } from './course.ts';
import { titled, type CheckContext, type CheckJob } from './job.ts';
import type { Judged } from './judge.ts';
import { blank, checkOf, type Memory } from './memory.ts';

/** A link that was looked at, and what was done. */
export interface Done extends Judged {
  readonly done: 'hidden' | 'shown' | 'cleared' | null;
  /** Its owner has changed it since it was read. */
  readonly isEdited: boolean;
}

const doneBy = { hide: 'hidden', show: 'shown', clear: 'cleared' } as const;

class EditedError extends Error {}

/** Hides and shows, each only if it is still as it was read. */
export async function applyAll(context: CheckContext, { kind }: CheckJob, all: readonly Judged[]): Promise<Done[]> {
  const database = await context.db();
  const done: Done[] = [];
  for (const judged of all) {
    const { link, act, hideReason } = judged;
    if (act === null) {
      done.push({ ...judged, done: null, isEdited: false });
      continue;
    }
    context.signal.throwIfAborted();
    const reason = act === 'hide' ? hideReason : null;
    const what = {
      what: act === 'clear' ? 'clear-reason' : act,
      target: titled(link, kind),
      before: link.reason,
      after: reason ?? '',
    };
    const isEdited = await context
      .change(what, async () => {
        if (!(await setShown(database, kind, link, reason))) throw new EditedError();
        return false;
      })
      .catch((error: unknown) => {
        if (error instanceof EditedError) return true;
        throw error;
      });
    done.push({ ...judged, done: isEdited === true ? null : doneBy[act], isEdited: isEdited === true });
  }
  return done;
}

/** Keeps what was seen and what is known now. */
export async function keepAll(
  context: CheckContext,
  { kind }: CheckJob,
  all: readonly Done[],
  byHand: Chosen['byHand'],
  rule: Rule,
): Promise<void> {
  const { nowMs, blog } = context;
  const site = blog.name;
  const rowOf = (link: Done['link']) => ({ site, kind, id: link.id, link: link.link });
  const news = byHand.filter(({ isNews }) => isNews).map(({ link }) => link);
  const handed = { ...blank, course: { ...newCourse, standing: 'by-hand' as const }, checkedAtMs: nowMs };
  const checks = [
    // What its owner edits meanwhile begins anew at the next run.
    ...all.filter(({ isEdited }) => !isEdited).map((done) => checkOf(rowOf(done.link), memoryAfter(done, nowMs), rule)),
    ...news.map((link): Check => checkOf(rowOf(link), handed, rule)),
  ];
  if (checks.length === 0) return;
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
  const looks = `${all.length} ${all.length === 1 ? 'look' : 'looks'}`;
  await context.change({ what: 'keep', target: 'blogctl_evidence and blogctl_check', after: looks }, async () => {
    const state = await context.state();
    await addEvidence(state, evidence);
    await keepChecks(state, checks);
    await cutEvidence(state, site, kind);
  });
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
