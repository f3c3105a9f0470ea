import { checksOf, type Check } from '../../blog/checks.ts';
import { listedLinks, type ListedLink } from '../../blog/listed-links.ts';
import type { Finding } from '../../core/outcome.ts';
import { newCourse } from './course.ts';
import { isAllowedByIzone, isNamed, type CheckContext, type CheckJob } from './job.ts';
import { blank, isHiddenByUs, memoryOf, type Memory } from './memory.ts';
import { unknownWords } from './unknown-words.ts';

/** A link that is to be looked at, and what is known of it. */
export interface Target {
  readonly link: ListedLink;
  readonly memory: Memory;
}

/** What is done with the links of a list. */
export interface Chosen {
  /** The likely slow ones first, so that a run does not wait for them at its end. */
  readonly targets: readonly Target[];
  /** Hidden by their owner: never looked at. `isNews` where we had known them otherwise. */
  readonly byHand: readonly { readonly link: ListedLink; readonly isNews: boolean }[];
  /** Left alone because the owner says so. */
  readonly exempt: number;
  /** How many of the whole list are shown. */
  readonly shown: number;
  readonly findings: readonly Finding[];
}

/** Reads the list and what is known of it, and chooses. Throws a FailedError where nothing is meant by the words given. */
export async function choose(context: CheckContext, job: CheckJob): Promise<Chosen> {
  const { nowMs, blog, settings } = context;
  const state = await context.state();
  const all = await listedLinks(await context.db(), job.kind);
  const checks = state.isReady ? await checksOf(state, blog.name, job.kind) : new Map<number, Check>();
  const isCompat = settings.compat === 'izone';
  const isExempt = (link: ListedLink): boolean =>
    isCompat ? isAllowedByIzone[job.kind](link, settings.allow) : isNamed(link, settings.allow);
  const wanted = job.only.length === 0 ? all : all.filter((link) => isNamed(link, job.only));
  const findings = await unknownWords(context, job, all);
  const targets: Target[] = [];
  const byHand: { link: ListedLink; isNews: boolean }[] = [];
  const due = wanted.filter((link) => !isExempt(link));
  for (const link of due) {
    const memory = memoryOf(checks.get(link.id), link.link, nowMs);
    if (link.isShown) targets.push({ link, memory: asShown(memory) });
    else if (isCompat || isHiddenByUs(link.reason, memory)) targets.push({ link, memory: asHidden(memory) });
    else byHand.push({ link, isNews: memory !== blank && memory.course.standing !== 'by-hand' });
  }
  targets.sort((a, b) => weightOf(b) - weightOf(a) || a.link.id - b.link.id);
  const shown = all.filter((link) => link.isShown).length;
  return { targets, byHand, exempt: wanted.length - due.length, shown, findings };
}

// Shown again by its owner, who knows better: it begins anew.
function asShown(memory: Memory): Memory {
  const { standing } = memory.course;
  return standing === 'hidden' || standing === 'by-hand'
    ? { ...memory, course: newCourse, hiddenReason: null }
    : memory;
}

function asHidden(memory: Memory): Memory {
  const { course } = memory;
  return course.standing === 'hidden' ? memory : { ...memory, course: { ...course, standing: 'hidden', successes: 0 } };
}

function weightOf({ memory: { course, tookMs } }: Target): number {
  return course.standing === 'ok' ? tookMs : 1e9;
}
