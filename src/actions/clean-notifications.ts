import { oldNotifications } from '../blog/notifications.ts';
import { defineAction } from '../core/action.ts';
import { duration, settings, toggle } from '../core/settings.ts';
import { clean } from './clean/clean.ts';
import { cleanDetails, cleanSettings } from './clean/settings.ts';

export default defineAction({
  summary: 'delete old notifications that have been read',
  details: [
    'Deletes notifications of comments and messages of the blog, these with their receivers, once they are old enough; an',
    'age below a day is refused, since it would delete what nobody had the time to see.',
    cleanDetails,
  ].join(' '),
  examples: [
    { command: 'blogctl clean-notifications --dry-run', meaning: 'how many would go' },
    { command: 'blogctl clean-notifications --older-than 400d --unread-too', meaning: 'also what nobody has read' },
    { command: 'blogctl clean-notifications --archive /srv/archive', meaning: 'keep them in a file first' },
  ],
  schedule: '32 3 * * *',
  settings: settings({
    olderThan: duration('the age from which a notification goes', { default: '200d', least: '1d' }),
    unreadToo: toggle('also those that have not been read', { default: false }),
    ...cleanSettings,
  }),
  uses: ['db', 'archives'],
  timeout: '2h',

  async run(context) {
    const { olderThan, unreadToo } = context.settings;
    const groups = oldNotifications(context.time.ago(context.nowMs, olderThan.ms), { unreadToo });
    return clean(context, 'clean-notifications', groups, {
      notifications: 'comment_notification',
      systemNotifications: 'comment_systemnotification',
      receivers: 'comment_systemnotification_get_p',
    });
  },
});
