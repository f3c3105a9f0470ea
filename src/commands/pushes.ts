import { baiduDay } from '../actions/pushing/closing.ts';
import { createBlogTime, type BlogTime } from '../blog/time.ts';
import { listEngines, listPushes, type PushEngine } from '../blog/pushes.ts';
import { exitCodes, UsageError } from '../core/errors.ts';
import { plainJson, plainText } from '../core/plain-text.ts';
import type { PushEngineName, PushStatus } from '../core/web-tables.ts';
import { formatTable } from '../core/table.ts';
import { explainQueryError } from '../resources/database/query-error.ts';
import { defineCommand, type CommandContext } from '../runner/command.ts';
import { loadConfig } from '../runner/config/load.ts';
import { openForReading } from '../runner/open-tables.ts';

const engines: readonly PushEngineName[] = ['baidu', 'indexnow'];
const statuses: readonly PushStatus[] = ['known', 'waiting', 'unfit', 'accepted', 'refused', 'gone'];

export default defineCommand({
  summary: 'show which addresses search engines were told of',
  details: [
    'Shows the ledger of push-urls: which engine took which address when, which ones wait or were refused and why, and',
    "until when an engine is left alone. Times are those of the blog's zone.",
  ].join(' '),
  examples: [
    { command: 'blogctl pushes', meaning: 'the engines, and the last 20 addresses' },
    { command: 'blogctl pushes --engine baidu --status waiting --limit 500', meaning: 'what waits for Baidu' },
    { command: 'blogctl pushes --status refused --json', meaning: 'what no engine wants, for a machine' },
  ],
  flags: [
    { flags: '--engine <name>', description: `only this engine: ${engines.join(', ')}` },
    { flags: '--status <status>', description: `only addresses in this state: ${statuses.join(', ')}` },
    { flags: '--limit <number>', description: 'how many addresses at the most (default: 20)' },
  ],

  run: async ({ host, registry, general, flags }) => {
    const filter = {
      engine: oneOf('engine', engines, flags),
      status: oneOf('status', statuses, flags),
      limit: limitOf(flags),
    };
    const config = await loadConfig(host, registry, { given: general.config, dryRun: general.dryRun });
    const { name: site, timezone } = config.blog;
    const reading = await openForReading(config);
    try {
      const { state } = reading;
      const known = state.isReady ? await listEngines(state, site) : [];
      const pushes = state.isReady ? await listPushes(state, site, filter) : [];
      const shown = known.filter(({ engine }) => filter.engine === undefined || engine.engine === filter.engine);
      const report = { engines: shown.map((one) => engineReport(one, host.clock.nowMs())), addresses: pushes };
      if (general.json) host.print(`${plainJson(report, 2)}\n`);
      else if (!general.quiet) {
        const time = createBlogTime(timezone, host.clock.nowMs, host.zoneOffsetMs);
        host.print(textOf(report, { time, timezone, columns: host.stdoutIsTerminal ? host.columns : null }));
      }
      return exitCodes.done;
    } catch (error) {
      throw explainQueryError(error, reading.state.name) ?? error;
    } finally {
      await reading.close();
    }
  },
});

function engineReport({ engine, addresses }: Awaited<ReturnType<typeof listEngines>>[number], nowMs: number) {
  const isClosed = engine.closed_until !== null && Date.parse(engine.closed_until) > nowMs;
  return {
    engine: engine.engine,
    origin: engine.origin,
    closedUntil: isClosed ? engine.closed_until : null,
    closedBecause: isClosed ? engine.closed_because : null,
    reason: isClosed ? engine.reason : null,
    ...remainOf(engine, nowMs),
    addresses,
  };
}

// What was left of a day that is over says nothing of this one.
function remainOf({ remain, remain_day: day }: PushEngine, nowMs: number) {
  const isToday = day === baiduDay(nowMs);
  return { remain: isToday ? remain : null, remainDay: isToday ? day : null };
}

interface Report {
  readonly engines: readonly ReturnType<typeof engineReport>[];
  readonly addresses: Awaited<ReturnType<typeof listPushes>>;
}

function textOf(
  { engines, addresses }: Report,
  { time, timezone, columns }: { time: BlogTime; timezone: string; columns: number | null },
): string {
  if (engines.length === 0) return 'nothing was pushed yet (blogctl push-urls)\n';
  const local = (iso: string | null): string => (iso === null ? '' : time.fromEpochMs(Date.parse(iso)).slice(0, 16));
  const heads = engines.map((one) => {
    const sums = Object.entries(one.addresses).map(([status, count]) => `${count} ${status}`);
    const closed =
      one.closedUntil === null ? '' : `; closed until ${local(one.closedUntil)}: ${plainText(one.reason ?? '')}`;
    const remain = one.remain === null ? '' : `; takes ${one.remain} more on ${one.remainDay ?? ''}`;
    return `${one.engine}: ${sums.join(', ') || 'no address'}${remain}${closed}`;
  });
  const rows = addresses.map((one) => [
    local(one.triedAt),
    one.engine,
    wasTold(one) ? `gone, told ${local(one.acceptedAt)}` : one.status,
    wasTold(one) ? '' : local(one.acceptedAt),
    readable(one.url),
    one.note ?? '',
  ]);
  const layout = [
    { heading: `tried (${timezone})` },
    { heading: 'engine' },
    { heading: 'status' },
    { heading: 'accepted' },
    { heading: 'address', canShrink: true },
    { heading: 'note', canShrink: true },
  ];
  const table = rows.length === 0 ? [] : ['', ...formatTable(layout, rows, columns)];
  return `${[...heads, ...table].join('\n')}\n`;
}

// Baidu is not told of what is gone: it took it when it was there.
function wasTold({ status, engine }: Report['addresses'][number]): boolean {
  return status === 'gone' && engine !== 'baidu';
}

// Chinese as people read it; where it is no text it stays as it is.
function readable(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

function oneOf<Name extends string>(
  flag: string,
  known: readonly Name[],
  flags: CommandContext['flags'],
): Name | undefined {
  const given = flags[flag] as string | undefined;
  if (given === undefined) return undefined;
  const name = known.find((one) => one === given);
  if (name === undefined) throw new UsageError(`--${flag}: expected one of ${known.join(', ')}, got "${given}"`);
  return name;
}

function limitOf(flags: CommandContext['flags']): number {
  const given = (flags['limit'] as string | undefined) ?? '20';
  if (!/^[1-9]\d{0,4}$/.test(given))
    throw new UsageError(`--limit: expected a whole number from 1 to 99999, got "${given}"`);
  return Number(given);
}
