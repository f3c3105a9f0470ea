import { expiredSessions } from '../blog/sessions.ts';
import { defineAction } from '../core/action.ts';
import { settings } from '../core/settings.ts';
import { clean } from './clean/clean.ts';
import { cleanDetails, cleanSettings } from './clean/settings.ts';

export default defineAction({
  summary: 'delete the sessions that are over',
  details: `Deletes the sessions whose expire_date lies before now, as Django's clearsessions does. ${cleanDetails}`,
  examples: [
    { command: 'blogctl clean-sessions --dry-run', meaning: 'how many would go' },
    { command: 'blogctl clean-sessions --archive /srv/archive', meaning: 'delete them, and keep them in a file first' },
    {
      command: 'blogctl clean-sessions --max-changes 80% --optimize',
      meaning: 'not nearly all; then give the space back',
    },
  ],
  schedule: '22 3 * * *',
  settings: settings(cleanSettings),
  uses: ['db', 'archives'],
  timeout: '2h',

  async run(context) {
    const expired = expiredSessions(context.time.fromEpochMs(context.nowMs));
    return clean(context, 'clean-sessions', [expired], { sessions: 'django_session' });
  },
});
