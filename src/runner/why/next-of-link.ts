import { leadingSeries } from '../../actions/checking/course.ts';
import { keptLink, ruleOf } from '../../actions/checking/memory.ts';
import { whatHides } from '../../actions/checking/outcome.ts';
import { isRobotsReason } from '../../actions/checking/reasons.ts';
import { formatDuration } from '../../core/duration.ts';
import { actionOf, type Known } from './known.ts';

/** What comes next for a friend or a site that was looked at. */
export function nextOfLink({ kind, thing, check, local }: Known): string {
  const known = check === null ? null : ruleOf(check);
  if (check === null || known === null) return `it begins anew with the next run of ${actionOf[kind]}`;
  if (thing.isShown === false) {
    if (!isRobotsReason(thing.reason) && check.state !== 'hidden') {
      return 'it was hidden by hand: nobody looks at it, and you alone show it again';
    }
    const { backAfter } = known.rule;
    const more = Math.max(backAfter - check.successes, 1);
    return `it is shown again after ${more} ${more === 1 ? 'look' : 'looks in a row'} that ${more === 1 ? 'finds' : 'find'} it alive`;
  }
  if (check.link !== keptLink(thing.link ?? '')) return 'its link was edited since the last look: it begins anew';
  if (check.state === 'hidden' || check.state === 'by-hand') return 'it was shown again by hand: it begins anew';
  const series = leadingSeries(known.course);
  if (series !== null) return `it is ${whatHides(series, known.rule, local)}`;
  const { failAfter, failOverMs } = known.rule;
  const failures = failAfter === 1 ? '1 failure' : `${failAfter} failures in a row`;
  return `it is hidden after ${failures}${failOverMs === 0 ? '' : ` over at least ${formatDuration(failOverMs)}`}`;
}
