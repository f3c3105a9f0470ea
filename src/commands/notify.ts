import { UsageError, exitCodes, ConfigurationError } from '../core/errors.ts';
import { isoUtc } from '../core/host.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Delivery, Message, Notifier } from '../core/notify.ts';
import { plainJson, plainText } from '../core/plain-text.ts';
import { formatTable } from '../core/table.ts';
import { endPauses, type EndedPauses } from '../runner/alerts/end-pauses.ts';
import { defineCommand, type CommandContext } from '../runner/command.ts';
import type { Config } from '../runner/config/config.ts';
import { loadConfig } from '../runner/config/load.ts';
import { whenTextFor } from '../runner/when-text.ts';

export default defineCommand({
  summary: 'send a test message to everybody who is told, and say whom it reached',
  details: [
    "Sends a short message by mail and by every webhook of the configuration's notify section, and says of each whether it",
    'arrived, or why not. Ends with exit code 1 where one did not. No database is needed for it; where there is one, what',
    'waits for those that it reached is held back no longer.',
  ].join(' '),
  examples: [
    { command: 'blogctl notify', meaning: 'try all of them' },
    { command: 'blogctl notify --dry-run', meaning: 'show who would be told, and what' },
    { command: "blogctl notify --only 'mail to you@example.com'", meaning: 'try one of them' },
  ],
  flags: [{ flags: '--only <channel>', description: 'one of them, by the name that is shown' }],

  run: async (context) => {
    const { host, registry, general, flags } = context;
    const config = await loadConfig(host, registry, {
      given: general.config,
      dryRun: general.dryRun,
      needsDatabase: false,
    });
    const opened = await openChannels(config, context);
    try {
      const channels = chosen(opened.notifier.channels, flags['only'], config);
      const message = testMessage(config, context);
      const deliveries = general.dryRun ? [] : await opened.notifier.send(message, channels, host.signal);
      // One document: where it was interrupted, that of the error.
      if (general.json) host.signal.throwIfAborted();
      print(context, channels, message, deliveries);
      host.signal.throwIfAborted();
      const arrived = deliveries.filter(({ failure }) => failure === null).map(({ channel }) => channel);
      tellOfPauses(await endPauses(config, host, arrived), context);
      return deliveries.some(({ failure }) => failure !== null) ? exitCodes.failed : exitCodes.done;
    } finally {
      await opened.close();
    }
  },
});

interface OpenChannels {
  readonly notifier: Notifier;
  readonly close: () => Promise<void>;
}

async function openChannels(config: Config, { host, general }: CommandContext): Promise<OpenChannels> {
  const [{ openNotifier }, { openHttp }] = await Promise.all([
    import('../resources/notify/open.ts'),
    import('../resources/http/open.ts'),
  ]);
  const { version, hostname, clock } = host;
  const readOnly = general.dryRun;
  const blogUrl = config.blog.url;
  const http = await openHttp({ settings: config.http, readOnly, version, blogUrl, elapsedMs: clock.elapsedMs });
  const notifier = openNotifier({
    settings: config.notify,
    secrets: config.secrets,
    blog: config.blog.name,
    hostname,
    folder: config.folder,
    readOnly,
    nowMs: clock.nowMs,
    http: async () => http,
  });
  return { notifier, close: http.close };
}

function chosen(all: readonly string[], only: unknown, config: Config): readonly string[] {
  if (all.length === 0) {
    throw new ConfigurationError(`notify: ${config.path ?? 'the configuration'} names nobody who could be told`, {
      hint: 'Add notify.mail or notify.webhooks: see docs/alerts.md and config/blogctl.example.yaml.',
    });
  }
  if (typeof only !== 'string') return all;
  if (!all.includes(only)) throw new UsageError(`--only: there is no channel "${only}"${didYouMean(only, all)}`);
  return [only];
}

function testMessage(config: Config, { host }: CommandContext): Message {
  const at = isoUtc(host.clock.nowMs());
  const lines = [
    'This is a test: who reads it will be told of hosts that fall silent and of jobs that fail.',
    '这是一条测试消息：收到它，就能收到节点离线和任务失败的告警。',
    '',
    `Blog: ${config.blog.name}`,
    `Host: ${host.hostname}`,
    `Time: ${whenTextFor(config, host)(at)}`,
  ];
  return { subject: `blogctl: 测试消息 test message (${config.blog.name})`, body: lines.join('\n'), about: 'test', at };
}

function tellOfPauses({ hasEnded, failure }: EndedPauses, { host, general }: CommandContext): void {
  if (general.quiet) return;
  if (hasEnded && !general.json) host.print('What waited for them goes out with the next runs.\n');
  if (failure !== null)
    host.complain(`warning: what waits in the database may still be held back: ${plainText(failure)}\n`);
}

function print(
  { host, general }: CommandContext,
  channels: readonly string[],
  message: Message,
  deliveries: readonly Delivery[],
): void {
  const { subject, body } = message;
  if (general.json) {
    host.print(`${plainJson({ dryRun: general.dryRun, channels, message: { subject, body }, deliveries }, 2)}\n`);
    return;
  }
  if (general.dryRun) {
    host.print(`would tell:\n${channels.map((one) => `  ${plainText(one)}`).join('\n')}\n\n${subject}\n\n${body}\n`);
    return;
  }
  const rows = deliveries
    .filter(({ failure }) => !general.quiet || failure !== null)
    .map(({ channel, failure }) => [plainText(channel), plainText(failure ?? 'arrived')]);
  // The whole of a reason is worth more than straight lines.
  const table = formatTable([{ heading: 'channel' }, { heading: 'result' }], rows, null);
  if (rows.length > 0) host.print(`${table.join('\n')}\n`);
}
