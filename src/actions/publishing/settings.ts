import { command } from '../../core/settings-forms.ts';
import { duration, settings, toggle, type SettingsOf } from '../../core/settings.ts';

/** The settings of all actions that publish articles. */
export const publishingSettings = {
  warm: toggle("put the article and the totals into the blog's cache", { default: true }),
  expiry: duration('how long the rendered article stays there', { default: '1d', least: '1s' }),
  hook: command(
    'a program of yours and its arguments, run for each published article; one with a dash is given as --hook=--now',
  ),
  hookTimeout: duration('the longest the hook may take', { default: '1m', least: '1s' }),
};

const publishingSchema = settings(publishingSettings);

/** Those settings, parsed. */
export type PublishingSettings = SettingsOf<typeof publishingSchema>;
