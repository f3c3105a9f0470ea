import * as z from 'zod/mini';
import type { Check } from '../../blog/checks.ts';
import type { ListedKind } from '../../blog/listed-links.ts';
import { isoUtc } from '../../core/host.ts';
import { maskedAddress } from '../../core/masked-address.ts';
import { wellFormed } from '../../core/plain-text.ts';
import { isRobotsReason } from './reasons.ts';
import { leadingSeries, newCourse, type Course, type Rule, type Standing } from './course.ts';

/** What we know of a friend or a site from earlier looks. */
export interface Memory {
  readonly course: Course;
  /** The reason that we hid it with. */
  readonly hiddenReason: string | null;
  /** The reason that stood on the row after the last look, while it was shown: it is left from before. */
  readonly staleReason: string | null;
  /** A feed of its own. */
  readonly feed: string | null;
  /** Feeds at the usual addresses were looked for in this series of failures, and there is none. */
  readonly hasNoFeed: boolean;
  /** The page on which our link was found, where it was not the first. */
  readonly linkPage: string | null;
  /** How long the last look took, in milliseconds: slow ones are asked first. */
  readonly tookMs: number;
  readonly checkedAtMs: number | null;
  readonly okAtMs: number | null;
}

/** Of what was never looked at. */
export const blank: Memory = {
  course: newCourse,
  hiddenReason: null,
  staleReason: null,
  feed: null,
  hasNoFeed: false,
  linkPage: null,
  tookMs: 0,
  checkedAtMs: null,
  okAtMs: null,
};

/** After a longer break a series begins anew: nobody knows what was between. */
const longestBreakMs = 14 * 86_400_000;
const longestLink = 1000;

const seriesSchema = z.nullable(z.object({ count: z.int(), sinceMs: z.int() }));
const text = z.nullable(z.string());
const dataSchema = z.object({
  dead: seriesSchema,
  missing: seriesSchema,
  hiddenReason: text,
  staleReason: z._default(text, null),
  feed: text,
  hasNoFeed: z.boolean(),
  linkPage: text,
  tookMs: z.number(),
});

/** A link as it is kept: bounded, of characters that every database takes, and without a password. */
export function keptLink(link: string): string {
  return wellFormed(maskedAddress(link).slice(0, longestLink)).replaceAll('\0', '');
}

/** What a row of blogctl_check says; blank where there is none. Where the address is another now, only what its owner did. */
export function memoryOf(check: Check | undefined, link: string, nowMs: number): Memory {
  const data = check === undefined ? null : dataOf(check.data);
  if (check === undefined || data === null) return blank;
  if (check.link !== keptLink(link)) {
    const standing = check.state === 'by-hand' ? 'by-hand' : 'ok';
    if (standing === 'ok' && data.staleReason === null) return blank;
    return { ...blank, course: { ...newCourse, standing }, staleReason: data.staleReason };
  }
  const checkedAtMs = Date.parse(check.checked_at);
  const { dead, missing, ...rest } = data;
  const isOld = nowMs - checkedAtMs > longestBreakMs;
  const standing = standingOf(check.state);
  const series = isOld && standing !== 'hidden' ? { dead: null, missing: null } : { dead, missing };
  return {
    ...rest,
    course: { standing, ...series, successes: isOld ? 0 : check.successes },
    checkedAtMs,
    okAtMs: check.ok_at === null ? null : Date.parse(check.ok_at),
  };
}

/** Was a link that is not shown hidden by us, or by the blog's own task? What its owner hid is never shown. */
export function isHiddenByUs(reason: string | null, { course, hiddenReason, staleReason }: Memory): boolean {
  if (course.standing === 'by-hand') return false;
  if (course.standing === 'hidden' && hiddenReason !== null && hiddenReason === reason) return true;
  // Words that stood there already while it was shown are left from before.
  const isLeft = course.standing !== 'hidden' && staleReason !== null && staleReason === reason;
  return isRobotsReason(reason) && !isLeft;
}

/** The row of blogctl_check for what is known now. */
export function checkOf(
  target: { readonly site: string; readonly kind: ListedKind; readonly id: number; readonly link: string },
  { course, checkedAtMs, okAtMs, ...rest }: Memory & { readonly checkedAtMs: number },
  rule: Rule,
): Check {
  const { standing, dead, missing, successes } = course;
  const leading = leadingSeries(course);
  return {
    site: target.site,
    kind: target.kind,
    target_id: target.id,
    link: keptLink(target.link),
    state: standing,
    failures: leading?.count ?? 0,
    successes,
    failing_since: leading === null ? null : isoUtc(leading.sinceMs),
    checked_at: isoUtc(checkedAtMs),
    ok_at: okAtMs === null ? null : isoUtc(okAtMs),
    due_at: null,
    data: JSON.stringify({ dead, missing, ...rest, rule }),
  };
}

/** What of a row's data `blogctl why` wants to know. */
export function ruleOf(check: Pick<Check, 'data'>): { rule: Rule; course: Pick<Course, 'dead' | 'missing'> } | null {
  const schema = z.object({
    rule: z.object({ failAfter: z.int(), failOverMs: z.number(), backAfter: z.int() }),
    dead: seriesSchema,
    missing: seriesSchema,
  });
  const parsed = schema.safeParse(parsedJson(check.data));
  if (!parsed.success) return null;
  const { rule, dead, missing } = parsed.data;
  return { rule, course: { dead, missing } };
}

function dataOf(data: string | null): z.output<typeof dataSchema> | null {
  const parsed = dataSchema.safeParse(parsedJson(data));
  return parsed.success ? parsed.data : null;
}

function parsedJson(json: string | null): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch {
    return null;
  }
}

function standingOf(state: string): Standing {
  return state === 'hidden' || state === 'suspect' || state === 'by-hand' ? state : 'ok';
}
