import { blogAddress } from '../blog/addresses.ts';
import { parseSiteLink } from '../content/backlink/site-link.ts';
import { defineAction, type ActionContext } from '../core/action.ts';
import { ConfigurationError } from '../core/errors.ts';
import { optionalText, settings, texts, toggle, type SettingsOf } from '../core/settings.ts';
import { check } from './checking/check.ts';
import type { CheckJob } from './checking/job.ts';
import { checkingDetails, checkingSettings } from './checking/settings.ts';

const schema = settings({
  friends: texts('only these friends, by id, name or host', { isArgument: true }),
  siteLink: optionalText("your host or address, which a friend's pages must link to", {
    placeholder: 'host',
    form: {
      pattern: (text) => parseSiteLink(text) !== null,
      expected: 'a host or an address such as blog.example.test',
    },
  }),
  requireLink: toggle("look for a link to the blog's own address where siteLink is not given", { default: false }),
  allow: texts('friends that are left alone, by name, host or id', { placeholder: 'friend' }),
  ...checkingSettings('friends'),
});

type Context = ActionContext<SettingsOf<typeof schema>, 'db' | 'state' | 'http'>;

export default defineAction({
  summary: 'hide friends that are dead or have dropped your link, show them again',
  details: [
    'Looks at every active friend. One that fails (failAfter times in a row over failOver) is hidden, with the reason in',
    'not_show_reason; one that it hid and that answers again is shown. With siteLink a friend must link back, on its page or on',
    'its list of friends. What blocks us, cannot be read, or still has a living feed is never hidden.',
    ...checkingDetails,
  ].join(' '),
  examples: [
    { command: 'blogctl check-friends', meaning: 'look at all friends' },
    { command: 'blogctl check-friends --site-link blog.example.test --dry-run', meaning: 'who lacks the link back?' },
    { command: 'blogctl check-friends 12 friend.example', meaning: 'look at two of them' },
  ],
  schedule: '17 */6 * * *',
  settings: schema,
  uses: ['db', 'state', 'http'],
  timeout: '45m',

  async run(context) {
    const job: CheckJob = {
      kind: 'friend',
      only: context.settings.friends,
      siteLink: await siteLinkOf(context),
      looksAtFeeds: true,
      isAliveToIzone: (status) => status === 200,
    };
    return check(context, job);
  },
});

async function siteLinkOf(context: Context): Promise<CheckJob['siteLink']> {
  const { siteLink, requireLink } = context.settings;
  if (siteLink === undefined && !requireLink) return null;
  const text = siteLink ?? (await blogAddress(await context.db(), context.blog));
  if (text === null) {
    throw new ConfigurationError("requireLink: the blog's own address is not known; give siteLink, or blog.url");
  }
  const site = parseSiteLink(text);
  if (site !== null) return { text, site };
  throw new ConfigurationError(
    `requireLink: the blog's own address, ${text}, is no host that others link to; give siteLink, or blog.url`,
  );
}
