import type { Target } from './choose.ts';
import { nextCourse, type Act, type Course, type Rule } from './course.ts';
import type { Look } from './look.ts';
import { isRobotsReason, reasons, withSince } from './reasons.ts';

/** A link that was looked at, and what follows. */
export interface Judged extends Target {
  readonly look: Look;
  readonly course: Course;
  /** `clear`: it is shown, and a reason of ours is left on it. */
  readonly act: Act | 'clear';
  /** It was to be hidden, but the run would hide too many. */
  readonly isSpared: boolean;
  /** What goes into the blog's column where it is hidden. */
  readonly hideReason: string;
}

/** How a run judges. */
export interface Judging {
  readonly rule: Rule;
  readonly nowMs: number;
  /** The day of an instant in the blog's zone; null where the reason is to be without it, as the blog's own task writes it. */
  readonly dayOf: ((epochMs: number) => string) | null;
  /** Our link was looked for. */
  readonly looksForLink: boolean;
}

/** What a look means for a link. */
export function judge({ link, memory }: Target, look: Look, { rule, nowMs, dayOf, looksForLink }: Judging): Judged {
  // Hidden for its missing link, it does not come back by merely answering.
  const waitsForLink =
    !link.isShown && !looksForLink && dayOf !== null && link.reason?.startsWith(reasons.noLink) === true;
  const verdict = waitsForLink && look.verdict === 'alive' ? 'unknown' : look.verdict;
  const { course, act } = nextCourse(memory.course, verdict, rule, nowMs);
  const series = look.verdict === 'no-link' ? course.missing : course.dead;
  const blogReason = look.blogReason ?? '';
  const hideReason = dayOf === null ? blogReason : withSince(blogReason, dayOf(series?.sinceMs ?? nowMs));
  const isLeft = dayOf !== null && link.isShown && verdict === 'alive' && isRobotsReason(link.reason);
  return { link, memory, look, course, act: act ?? (isLeft ? 'clear' : null), isSpared: false, hideReason };
}

/** The same, but not hidden: the run hides too many at once. */
export function spared(judged: Judged): Judged {
  if (judged.act !== 'hide') return judged;
  return { ...judged, act: null, isSpared: true, course: { ...judged.course, standing: 'suspect' } };
}

/** The same, as far as it is known where the database does not let it be hidden or shown: a later run tries again. */
export function leftAsItWas(judged: Judged): Judged {
  const { act, course, memory } = judged;
  if (act === 'hide') return { ...judged, course: { ...course, standing: 'suspect' } };
  return act === 'show' ? { ...judged, course: memory.course } : judged;
}
