import { changeLimit, duration, integer, texts, type SettingsOf, settings, choice } from '../../core/settings.ts';

/** The settings of every action that hides what does not answer. */
export const checkingSettings = {
  failAfter: integer('failures in a row after which it is hidden', { default: 3, min: 1, max: 100 }),
  failOver: duration('the least time from the first of them to the last', { default: '24h' }),
  backAfter: integer('successes in a row after which what was hidden so is shown again', {
    default: 1,
    min: 1,
    max: 100,
  }),
  insecure: texts('hosts whose certificate is not verified', { placeholder: 'host' }),
  maxChanges: changeLimit(
    'hide nothing where it would be more, such as 10 or 20% of those shown (default: 5, or 20% where that is more)',
  ),
  guardShare: integer('write nothing where more than so many percent of the healthy ones fail together', {
    default: 50,
    min: 1,
    max: 100,
  }),
  compat: choice("izone: judge as the blog's own task does, by one look", { values: ['izone'] }),
};

const checkingSchema = settings(checkingSettings);

/** Those settings, parsed. */
export type CheckingSettings = SettingsOf<typeof checkingSchema> & { readonly allow: readonly string[] };

/** The help page's words on what both actions do alike. */
export const checkingDetails = [
  'What you hide by hand stays hidden, and what you show by hand begins anew. The canaries of the configuration must',
  'answer first; where more than guardShare percent of the healthy fail together, nothing is written. The time line of',
  'each is shown by "blogctl why".',
];
