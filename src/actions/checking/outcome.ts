import type { Finding } from '../../core/outcome.ts';
import { formatDuration } from '../../core/duration.ts';
import { plainText } from '../../core/plain-text.ts';
import type { Chosen } from './choose.ts';
import { leadingSeries, type Rule } from './course.ts';
import { titled, titledAll, type CheckJob } from './job.ts';
import type { Done } from './keep.ts';

type Counts = Readonly<
  Record<
    | 'checked'
    | 'alive'
    | 'failing'
    | 'unknown'
    | 'blocked'
    | 'suspect'
    | 'hidden'
    | 'shown'
    | 'edited'
    | 'exempt'
    | 'byHand',
    number
  >
>;

/** What a run came to, in numbers. */
export function countsOf(all: readonly Done[], { exempt, byHand }: Pick<Chosen, 'exempt' | 'byHand'>): Counts {
  const count = (is: (one: Done) => boolean): number => all.filter(is).length;
  return {
    checked: all.length,
    alive: count(({ look }) => look.verdict === 'alive' || look.verdict === 'living-feed'),
    failing: count(({ look }) => look.verdict === 'dead' || look.verdict === 'no-link'),
    unknown: count(({ look }) => look.verdict === 'unknown'),
    blocked: count(({ look }) => look.result === 'blocked'),
    suspect: count(({ course }) => course.standing === 'suspect'),
    hidden: count(({ done }) => done === 'hidden'),
    shown: count(({ done }) => done === 'shown'),
    edited: count(({ isEdited }) => isEdited),
    exempt,
    byHand: byHand.length,
  };
}

/** One line for a person: cron's runs are known by it alone, so it says whom they hid. */
export function summaryOf(all: readonly Done[], counts: Counts, kind: CheckJob['kind']): string {
  const whom = (what: Done['done']): string => {
    const links = all.filter(({ done }) => done === what).map(({ link }) => link);
    return links.length === 0
      ? ''
      : ` (${titledAll(
          links.toSorted((a, b) => a.id - b.id),
          kind,
        )})`;
  };
  const parts = [
    `${counts.checked} ${counts.checked === 1 ? kind : `${kind}s`} checked`,
    `${counts.hidden} hidden${whom('hidden')}`,
    `${counts.shown} shown again${whom('shown')}`,
  ];
  if (counts.suspect > 0) parts.push(`${counts.suspect} suspect`);
  if (counts.unknown > 0) parts.push(`${counts.unknown} could not be judged`);
  if (counts.exempt > 0) parts.push(`${counts.exempt} exempt`);
  if (counts.byHand > 0) parts.push(`${counts.byHand} hidden by hand and left alone`);
  return parts.join(', ');
}

/** How a time of the blog's zone is told, to the minute. */
type Local = (epochMs: number) => string;

/** What the operator should look at. */
export function findingsOf(all: readonly Done[], { kind }: CheckJob, rule: Rule, local: Local): readonly Finding[] {
  const findings: Finding[] = [];
  for (const one of [...all].sort((a, b) => a.link.id - b.link.id)) {
    const target = titled(one.link, kind);
    const tell = (finding: string, message: string): void => {
      findings.push({ kind: finding, target, message: plainText(message) });
    };
    const { look, course } = one;
    if (one.isEdited) tell('edited-meanwhile', 'it was edited while it was looked at, and left alone');
    if (one.refusal !== null)
      tell('not-written', `${notWritten(one)}: ${one.refusal.message}; a later run tries again`);
    else if (course.standing === 'suspect' && look.verdict !== 'alive') tell('suspect', suspicion(one, rule, local));
    else if (look.verdict === 'unknown') tell(findingFor(look.result), look.reason);
    if (look.verdict === 'living-feed') tell('only-feed-answers', look.reason);
    if (look.movedTo !== null) tell('moved', `it has moved for good to ${look.movedTo.slice(0, 500)}`);
  }
  return findings;
}

function notWritten({ act }: Done): string {
  return act === 'clear' ? 'its reason could not be cleared' : `it could not be ${act === 'hide' ? 'hidden' : 'shown'}`;
}

function findingFor(result: string): string {
  return result === 'blocked' || result === 'not-allowed' ? result : 'unverified';
}

function suspicion({ course, look }: Done, rule: Rule, local: Local): string {
  const series = leadingSeries(course);
  if (series === null) return look.reason;
  const failures = `${series.count} ${series.count === 1 ? 'failure' : 'failures'} in a row since ${local(series.sinceMs)}`;
  return `${look.reason}; ${failures}: ${whatHides(series, rule, local)}`;
}

/** What has to come before it is hidden. */
export function whatHides(
  series: { readonly count: number; readonly sinceMs: number },
  { failAfter, failOverMs }: Rule,
  local: Local,
): string {
  const more = Math.max(failAfter - series.count, 1);
  const when = failOverMs === 0 ? '' : `, not before ${local(series.sinceMs + failOverMs)}`;
  const rule = `${failAfter} over ${formatDuration(failOverMs)}`;
  return `hidden after ${more} more${when} (${rule})`;
}
