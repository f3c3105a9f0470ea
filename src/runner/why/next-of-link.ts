import { isOver, izoneRule, leadingSeries, type Rule } from '../../actions/checking/course.ts';
import { isHiddenByUs, keptLink, memoryOf, ruleOf } from '../../actions/checking/memory.ts';
import { whatHides } from '../../actions/checking/outcome.ts';
import { reasons } from '../../actions/checking/reasons.ts';
import type { CheckingSettings } from '../../actions/checking/settings.ts';
import { formatDuration } from '../../core/duration.ts';
import { isByIzone } from './coming.ts';
import { actionOf, type Known } from './known.ts';

/** Did its owner hide it? Then nobody looks at it, but a job that judges as the blog's own task does. */
export function isHiddenByHand({ thing, check, coming }: Known): boolean {
  if (thing.isShown !== false || isByIzone(coming.settings)) return false;
  const checkedAtMs = check === null ? 0 : Date.parse(check.checked_at);
  return !isHiddenByUs(thing.reason, memoryOf(check ?? undefined, thing.link ?? '', checkedAtMs));
}

/** What comes next for a friend or a site that was looked at. */
export function nextOfLink(all: Known): string {
  const { kind, thing, check, local, coming } = all;
  if (isHiddenByHand(all)) return 'it was hidden by hand: nobody looks at it, and you alone show it again';
  const known = check === null ? null : ruleOf(check);
  if (check === null || known === null) return `it begins anew with the next run of ${actionOf[kind]}`;
  const { course } = known;
  const rule = comingRule(coming) ?? known.rule;
  if (thing.isShown === false) {
    const isCompat = isByIzone(coming.settings);
    const more = Math.max(rule.backAfter - check.successes, 1);
    const waitsForLink = !isCompat && thing.reason?.startsWith(reasons.noLink) === true;
    const found = waitsForLink ? 'the link (which needs siteLink)' : 'it alive';
    return `it is shown again after ${more} ${more === 1 ? 'look' : 'looks in a row'} that ${more === 1 ? 'finds' : 'find'} ${found}`;
  }
  if (check.link !== keptLink(thing.link ?? '')) return 'its link was edited since the last look: it begins anew';
  if (check.state === 'hidden' || check.state === 'by-hand') return 'it was shown again by hand: it begins anew';
  const checkedAtMs = Date.parse(check.checked_at);
  const isDue = [course.dead, course.missing].some((series) => series !== null && isOver(series, rule, checkedAtMs));
  if (isDue) return 'it is hidden by the next run, unless --max-changes refuses again';
  const series = leadingSeries(course);
  if (series !== null) return `it is ${whatHides(series, rule, local)}`;
  const { failAfter, failOverMs } = rule;
  const failures = failAfter === 1 ? '1 failure' : `${failAfter} failures in a row`;
  return `it is hidden after ${failures}${failOverMs === 0 ? '' : ` over at least ${formatDuration(failOverMs)}`}`;
}

// What was given to the last run by hand holds for that one alone.
function comingRule({ isConfigured, settings }: Known['coming']): Rule | null {
  const { failAfter, failOver, backAfter } = settings as Partial<CheckingSettings>;
  if (!isConfigured || failAfter === undefined || failOver === undefined || backAfter === undefined) return null;
  return isByIzone(settings) ? izoneRule : { failAfter, failOverMs: failOver.ms, backAfter };
}
