import { parseDuration } from '../../core/duration.ts';
import { changeLimit, duration, integer, texts, type SettingsOf, settings, choice } from '../../core/settings.ts';

/** What holds where nothing else is said. */
const usual = { failAfter: 3, failOver: '24h', backAfter: 1, guardShare: 50 } as const;

/** The settings of every action that hides what does not answer. */
export function checkingSettings(things: 'friends' | 'sites') {
  return {
    failAfter: integer('failures in a row after which it is hidden', { default: usual.failAfter, min: 1, max: 100 }),
    failOver: duration('the least time from the first of them to the last', { default: usual.failOver }),
    backAfter: integer('successes in a row after which what was hidden so is shown again', {
      default: usual.backAfter,
      min: 1,
      max: 100,
    }),
    insecure: texts('hosts whose certificate is not verified', { placeholder: 'host' }),
    maxChanges: changeLimit(
      'hide nothing where it would be more, such as 10 or 20% of those shown (default: 5, or 20% where that is more)',
      `a number of ${things} such as 10, or a share of those shown such as 20%`,
    ),
    guardShare: integer('write nothing where more than so many percent of the healthy ones fail together', {
      default: usual.guardShare,
      min: 1,
      max: 100,
    }),
    compat: choice("izone: judge as the blog's own task does, by one look", { values: ['izone'] }),
  };
}

/** Those settings, parsed. */
export type CheckingSettings = SettingsOf<ReturnType<typeof checkingSchema>> & { readonly allow: readonly string[] };

function checkingSchema() {
  return settings(checkingSettings('friends'));
}

/** Those that are not as usual and that have no effect where the blog's own task's way of judging is wanted. */
export function withoutEffect(given: CheckingSettings): readonly string[] {
  const { failAfter, failOver, backAfter, guardShare, insecure } = given;
  const isGiven = {
    failAfter: failAfter !== usual.failAfter,
    failOver: failOver.ms !== parseDuration(usual.failOver)?.ms,
    backAfter: backAfter !== usual.backAfter,
    guardShare: guardShare !== usual.guardShare,
    insecure: insecure.length > 0,
  };
  return Object.entries(isGiven).flatMap(([name, is]) => (is ? [name] : []));
}

/** The help page's words on what both actions do alike. */
export const checkingDetails = [
  'What you hide by hand stays hidden, and what you show by hand begins anew. The canaries of the configuration must',
  'answer first; where more than guardShare percent of the healthy fail together, nothing is written. The time line of',
  'each is shown by "blogctl why".',
];
