import { defineAction } from '../core/action.ts';
import { settings, texts } from '../core/settings.ts';
import { check } from './checking/check.ts';
import { checkingDetails, checkingSettings } from './checking/settings.ts';

const schema = settings({
  sites: texts('only these sites, by id, name or host', { isArgument: true }),
  allow: texts('sites that are left alone, by name, host or id', { placeholder: 'site' }),
  ...checkingSettings('sites'),
});

export default defineAction({
  summary: 'hide dead sites of the navigation page, show them again',
  details: [
    'Looks at the sites of the navigation page whose is_show is true or false; NULL means never. One that fails (failAfter',
    'times in a row over failOver) is hidden, with the reason in not_show_reason; one that it hid and that answers again is',
    'shown. What blocks us or must not be fetched is never hidden.',
    ...checkingDetails,
  ].join(' '),
  examples: [
    { command: 'blogctl check-sites', meaning: 'look at all sites' },
    { command: 'blogctl check-sites --dry-run', meaning: 'show what would be hidden and shown' },
    { command: 'blogctl check-sites 40 --insecure old.example', meaning: 'one site, whatever its certificate' },
  ],
  schedule: '12 5,17 * * *',
  settings: schema,
  uses: ['db', 'state', 'http'],
  timeout: '45m',

  async run(context) {
    return check(context, {
      kind: 'site',
      only: context.settings.sites,
      siteLink: null,
      looksAtFeeds: false,
      isAliveToIzone: (status) => status >= 200 && status < 400,
    });
  },
});
