import { createBlogTime } from '../blog/time.ts';
import { durationInWords, parseDuration } from '../core/duration.ts';
import { exitCodes, UsageError } from '../core/errors.ts';
import { isoUtc, type Host } from '../core/host.ts';
import type { RunStatus } from '../core/outcome.ts';
import { plainJson, plainText } from '../core/plain-text.ts';
import { formatTable } from '../core/table.ts';
import { openDatabase } from '../resources/database/open.ts';
import { explainQueryError } from '../resources/database/query-error.ts';
import { defineCommand } from '../runner/command.ts';
import type { Config } from '../runner/config/config.ts';
import { loadConfig } from '../runner/config/load.ts';
import { storedZone } from '../runner/open-resources.ts';
import { countIdleRuns, readRuns, type RecordedRun, type RunFilter } from '../runner/record/history.ts';
import { isProcessAlive } from '../runner/record/process-alive.ts';

const statuses: readonly RunStatus[] = [
  ...(['running', 'succeeded', 'failed', 'skipped', 'timed out', 'interrupted', 'crashed'] as const),
];

export default defineCommand({
  summary: 'show the last runs',
  details:
    "Lists the recorded runs, newest first, in the blog's zone; runs of cron that found nothing to do are only counted, unless --all, --job or --status is given. --json has all runs and all of each: counts, findings, log.",
  examples: [
    { command: 'blogctl history', meaning: 'the last 20 runs' },
    { command: 'blogctl history --job warm-cache --status failed --since 7d', meaning: 'the failures of a week' },
    { command: 'blogctl history --since 2026-03-18 --limit 500 --json', meaning: 'all of a day, for a machine' },
  ],
  flags: [
    { flags: '--job <name>', description: 'only this job' },
    { flags: '--status <status>', description: `only runs that ended so: ${statuses.join(', ')}` },
    { flags: '--since <when>', description: "only runs since a time ago (7d) or a date in the blog's zone" },
    { flags: '--all', description: 'also what cron started and what then found nothing to do' },
    { flags: '--limit <number>', description: 'how many at the most (default: 20)' },
  ],

  run: async ({ host, registry, general, flags }) => {
    const config = await loadConfig(host, registry, { given: general.config, dryRun: general.dryRun });
    const filter = readFilter(config, host, flags);
    const url = config.state.database ?? config.database;
    const database = await openDatabase({ url, folder: config.folder, readOnly: true, zone: storedZone(config) });
    try {
      const isForPeople =
        !general.json && flags['all'] !== true && filter.job === undefined && filter.status === undefined;
      const wanted = isForPeople ? { ...filter, withoutIdle: true } : filter;
      const runs = (await readRuns(database, wanted)).map((run) => withDeathTold(run, host));
      const idle = isForPeople && !general.quiet ? await countIdleRuns(database, filter) : 0;
      if (general.json) host.print(`${plainJson({ runs }, 2)}\n`);
      else if (!general.quiet) host.print(historyText(runs, config, host) + idleText(idle));
      const isWorrying = runs.some((run) => run.status !== 'succeeded' && run.status !== 'running');
      return general.exitCode && isWorrying ? exitCodes.changesOrFindings : exitCodes.done;
    } catch (error) {
      throw explainQueryError(error, database.name) ?? error;
    } finally {
      await database.close();
    }
  },
});

function readFilter(config: Config, host: Host, flags: Readonly<Record<string, unknown>>): RunFilter {
  const text = (name: string): string | undefined => flags[name] as string | undefined;
  const status = text('status');
  if (status !== undefined && !statuses.some((known) => known === status)) {
    throw new UsageError(`--status: expected one of ${statuses.join(', ')}, got "${status}"`);
  }
  const limit = text('limit') ?? '20';
  if (!/^[1-9]\d{0,5}$/.test(limit)) {
    throw new UsageError(`--limit: expected a whole number from 1 to 999999, got "${limit}"`);
  }
  return {
    site: config.blog.name,
    job: text('job'),
    status: status as RunStatus | undefined,
    since: sinceText(text('since'), config, host),
    limit: Number(limit),
  };
}

function sinceText(given: string | undefined, config: Config, host: Host): string | undefined {
  if (given === undefined) return undefined;
  const ago = parseDuration(given);
  if (ago !== null) return isoUtc(host.clock.nowMs() - ago.ms);
  try {
    const midnight = /^\d{4}-\d\d-\d\d$/.test(given) ? `${given} 00:00:00` : given;
    return isoUtc(createBlogTime(config.blog.timezone, host.clock.nowMs, host.zoneOffsetMs).toEpochMs(midnight));
  } catch {
    throw new UsageError(
      `--since: expected a length of time such as 7d, or a date such as 2026-03-18 or "2026-03-18 14:05", got "${given}"`,
    );
  }
}

// A run of this host whose process is gone did not end: a later run will record that.
function withDeathTold(run: RecordedRun, host: Host): RecordedRun {
  if (run.status !== 'running' || run.host !== host.hostname || run.pid === host.pid) return run;
  return isProcessAlive(run.pid) ? run : { ...run, status: 'crashed' };
}

function idleText(idle: number): string {
  if (idle === 0) return '';
  const runs = idle === 1 ? '1 run of cron that found' : `${idle} runs of cron that found`;
  return `left out: ${runs} nothing to do (--all shows them)\n`;
}

function historyText(runs: readonly RecordedRun[], config: Config, host: Host): string {
  if (runs.length === 0) return 'no runs recorded\n';
  const time = createBlogTime(config.blog.timezone, host.clock.nowMs, host.zoneOffsetMs);
  const rows = runs.map((run) => [
    time.fromEpochMs(Date.parse(run.startedAt)).slice(0, 19),
    run.job,
    run.status,
    run.durationMs === null ? '' : durationInWords(run.durationMs),
    run.startedBy,
    run.host,
    plainText(run.error?.message ?? run.summary ?? ''),
  ]);
  const layout = [
    { heading: `started (${config.blog.timezone})` },
    { heading: 'job' },
    { heading: 'status' },
    { heading: 'took', align: 'right' as const },
    { heading: 'by' },
    { heading: 'host', canShrink: true },
    { heading: 'result', canShrink: true },
  ];
  return `${formatTable(layout, rows, host.stdoutIsTerminal ? host.columns : null).join('\n')}\n`;
}
