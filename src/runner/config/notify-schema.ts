import * as z from 'zod/mini';
import { describe } from '../../core/settings.ts';

/*
 * What an address must look like is checked in notify-addresses.ts, where its placeholders are filled in: the schema sees
 * them as they are written, too.
 */

function text(expected: string) {
  return z.string(expected).check(z.minLength(1, expected));
}

const mail = z.strictObject({
  from: describe(text('expected a mail address such as blogctl@example.com'), { description: 'who writes' }),
  to: describe(
    z
      .array(text('expected a mail address'), 'expected a list of mail addresses such as [you@example.com]')
      .check(z.minLength(1, 'expected a list of mail addresses such as [you@example.com]')),
    { description: 'who is told; each gets a mail of their own' },
  ),
  smtp: describe(text('expected the address of a mail server such as smtps://user:password@smtp.example.com'), {
    description: 'smtps://user:password@host (TLS), smtp+starttls://… (upgraded) or smtp://host (see docs/alerts.md)',
  }),
  ca: describe(z.optional(text('expected the path of a file with certificates')), {
    description: 'a file with certificates (PEM) to trust beside the usual ones',
  }),
});

const name = describe(z.optional(text('expected a text')), { description: 'what blogctl calls it; default: by its host' });
const url = describe(text("expected the webhook's address"), { description: 'as the service shows it; it is a secret' });
const secret = describe(z.optional(text('expected a text')), { description: 'the key that signs messages' });
const token = describe(z.optional(text('expected a text')), { description: 'sent as "Authorization: Bearer …"' });
const chat = z.pipe(
  z.union([text('expected a chat such as -1001234567890 or @channel'), z.int()], 'expected a chat such as -1001234567890'),
  z.transform((value: string | number) => String(value)),
);

const kinds = {
  json: z.strictObject({ kind: z.literal('json'), name, url, token }),
  dingtalk: z.strictObject({ kind: z.literal('dingtalk'), name, url, secret }),
  feishu: z.strictObject({ kind: z.literal('feishu'), name, url, secret }),
  wecom: z.strictObject({ kind: z.literal('wecom'), name, url }),
  telegram: z.strictObject({
    kind: z.literal('telegram'),
    name,
    url: describe(z._default(text('expected an address'), 'https://api.telegram.org'), { description: "the bots' server" }),
    token: describe(text("expected the bot's token"), { description: "the bot's token, from @BotFather" }),
    chat: describe(chat, { description: 'who is told: the number of a chat, or @channel' }),
  }),
  ntfy: z.strictObject({ kind: z.literal('ntfy'), name, url, token }),
};

const webhook = z.discriminatedUnion(
  'kind',
  [kinds.json, kinds.dingtalk, kinds.feishu, kinds.wecom, kinds.telegram, kinds.ntfy],
  'expected json, dingtalk, feishu, wecom, telegram or ntfy',
);

/** The `notify` section. */
export const notifySchema = z.strictObject({
  mail: describe(z.optional(mail), {
    description:
      'by mail: { from: blogctl@example.com, to: [you@example.com], smtp: "smtps://user:${file:/etc/blogctl/smtp}@smtp.example.com" }',
  }),
  webhooks: describe(z._default(z.array(webhook, 'expected a list of webhooks'), []), {
    description: 'in chats: [{ kind: dingtalk, url: … }]; json, dingtalk, feishu, wecom, telegram and ntfy are known',
  }),
  failedJobs: describe(z._default(z.boolean('expected true or false'), true), {
    description: 'tell when a job that cron runs fails, and when it works again',
  }),
});

/** The keys of the section at a path below it, for a webhook by what its entry says of its kind. */
export function notifyKeys(path: readonly (string | number)[], entry: unknown): readonly string[] {
  if (path.length === 0) return Object.keys(notifySchema.shape);
  if (path[0] === 'mail') return Object.keys(mail.shape);
  const kind = typeof entry === 'object' && entry !== null && 'kind' in entry ? String(entry.kind) : '';
  return Object.keys(Object.entries(kinds).find(([name]) => name === kind)?.[1].shape ?? {});
}
