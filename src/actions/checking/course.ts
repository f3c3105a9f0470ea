/**
 * How a checked friend or site stands: `ok`; `suspect`, it fails; `hidden`, by us (or by the blog's own task, whose words
 * we know); `by-hand`, hidden by its owner, who alone shows it again.
 */
export type Standing = 'ok' | 'suspect' | 'hidden' | 'by-hand';

/**
 * What a look at it means:
 * - `alive` its page answers, and has our link where that is wanted;
 * - `living-feed` its page does not answer, but its feed does: not dead, and nothing is known of our link;
 * - `no-link` its pages were read to their ends, and our link is on none of them;
 * - `dead` it does not answer, or says that there is nothing;
 * - `unknown` we could not find out: we are blocked, or the page could not be read. Counts as nothing at all.
 */
export type Verdict = 'alive' | 'living-feed' | 'no-link' | 'dead' | 'unknown';

/** Failures of one kind in a row. */
export interface Series {
  readonly count: number;
  readonly sinceMs: number;
}

/** What is known of it, from look to look. */
export interface Course {
  readonly standing: Standing;
  /** Looks that found it dead, with no sign of life between them. */
  readonly dead: Series | null;
  /** Looks that missed our link, with none that found it between them. */
  readonly missing: Series | null;
  /** While it is hidden: looks in a row that found it alive. */
  readonly successes: number;
}

/** When it is hidden and shown. */
export interface Rule {
  /** So many failures in a row, */
  readonly failAfter: number;
  /** over at least so long, hide it; */
  readonly failOverMs: number;
  /** so many successes in a row show it again. */
  readonly backAfter: number;
}

/** How the blog's own task judges: by one look. */
export const izoneRule: Rule = { failAfter: 1, failOverMs: 0, backAfter: 1 };

/** What is to be done about it. */
export type Act = 'hide' | 'show' | null;

/** Nothing is known yet. */
export const newCourse: Course = { standing: 'ok', dead: null, missing: null, successes: 0 };

/** What a look makes of what was known, and what is to be done. */
export function nextCourse(
  known: Course,
  verdict: Verdict,
  rule: Rule,
  nowMs: number,
): { readonly course: Course; readonly act: Act } {
  if (known.standing === 'hidden') return whileHidden(known, verdict, rule);
  const { dead, missing } = seriesAfter(known, verdict, nowMs);
  const failing = verdict === 'dead' ? dead : verdict === 'no-link' ? missing : null;
  if (failing !== null && isOver(failing, rule, nowMs)) {
    return { course: { standing: 'hidden', dead, missing, successes: 0 }, act: 'hide' };
  }
  const standing = dead === null && missing === null ? 'ok' : 'suspect';
  return { course: { standing, dead, missing, successes: 0 }, act: null };
}

function whileHidden(known: Course, verdict: Verdict, { backAfter }: Rule): { course: Course; act: Act } {
  if (verdict === 'dead' || verdict === 'no-link') return { course: { ...known, successes: 0 }, act: null };
  if (verdict !== 'alive') return { course: known, act: null };
  const successes = known.successes + 1;
  return successes >= backAfter ? { course: newCourse, act: 'show' } : { course: { ...known, successes }, act: null };
}

function seriesAfter(known: Course, verdict: Verdict, nowMs: number): Pick<Course, 'dead' | 'missing'> {
  const { dead, missing } = known;
  switch (verdict) {
    case 'alive':
      return { dead: null, missing: null };
    case 'living-feed':
      return { dead: null, missing };
    case 'no-link':
      return { dead: null, missing: longer(missing, nowMs) };
    case 'dead':
      return { dead: longer(dead, nowMs), missing };
    case 'unknown':
      return { dead, missing };
  }
}

function longer(series: Series | null, nowMs: number): Series {
  return series === null ? { count: 1, sinceMs: nowMs } : { ...series, count: series.count + 1 };
}

/** Has a series come to its end by the rule? */
export function isOver({ count, sinceMs }: Series, { failAfter, failOverMs }: Rule, nowMs: number): boolean {
  return count >= failAfter && nowMs - sinceMs >= failOverMs;
}

/** The longer of the two series; null where nothing fails. */
export function leadingSeries({ dead, missing }: Pick<Course, 'dead' | 'missing'>): Series | null {
  if (dead === null || missing === null) return dead ?? missing;
  return missing.count > dead.count ? missing : dead;
}
