import { createBlogTime } from '../../blog/time.ts';
import { exitCodes } from '../../core/errors.ts';
import { isoUtc } from '../../core/host.ts';
import { plainJson } from '../../core/plain-text.ts';
import { formatTable } from '../../core/table.ts';
import { parseSchedule, type Schedule } from '../../schedule/cron-expression.ts';
import { nextRun } from '../../schedule/next-run.ts';
import { scheduleInWords } from '../../schedule/words.ts';
import { systemZone } from '../../schedule/zone.ts';
import type { CommandContext } from '../command.ts';
import { stateOf, type JobState } from './entries.ts';
import type { Installation } from './open.ts';

interface ShownJob {
  readonly job: string;
  readonly action: string | null;
  readonly schedule: string | null;
  readonly inWords: string | null;
  /** ISO 8601 in UTC. */
  readonly nextRun: string | null;
  /** In the blog's zone. */
  readonly nextRunLocal: string | null;
  readonly state: JobState;
}

/** Prints for each job how it stands to the crontab. Returns the exit code: 3 with --exit-code where they differ. */
export function showInstallation(installation: Installation, { host, general }: CommandContext): number {
  const zone = installation.config.blog.timezone;
  const cronZone = systemZone();
  const time = createBlogTime(zone, host.clock.nowMs, host.zoneOffsetMs);
  const show = (job: string, action: string | null, schedule: Schedule | null, state: JobState): ShownJob => {
    const next = schedule === null ? null : nextRun(schedule, host.clock.nowMs(), cronZone);
    return {
      job,
      action,
      schedule: schedule?.text ?? null,
      inWords: schedule === null ? null : scheduleInWords(schedule),
      nextRun: next === null ? null : isoUtc(next),
      nextRunLocal: next === null ? null : time.fromEpochMs(next).slice(0, 16),
      state,
    };
  };
  const found = new Map(installation.found.map((entry) => [entry.name, entry]));
  const shown = installation.jobs.map(({ job, schedule, entry }) =>
    show(job.name, job.action, schedule, stateOf(entry, found.get(job.name))),
  );
  for (const entry of installation.found) {
    if (shown.some((job) => job.job === entry.name)) continue;
    shown.push(show(entry.name, null, parseSchedule(entry.schedule), 'stale'));
  }
  for (const warning of installation.warnings) host.complain(`warning: ${warning}\n`);
  if (general.json) {
    host.print(`${plainJson({ site: installation.site, timezone: zone, cronTimezone: cronZone, jobs: shown }, 2)}\n`);
  } else if (!general.quiet) {
    host.print(showText(shown, zone, cronZone, host.stdoutIsTerminal ? host.columns : null));
  }
  const isSame = shown.every((job) => job.state === 'installed' || job.state === 'off');
  return general.exitCode && !isSame ? exitCodes.changesOrFindings : exitCodes.done;
}

function showText(jobs: readonly ShownJob[], zone: string, cronZone: string, columns: number | null): string {
  if (jobs.length === 0) return 'no jobs in the configuration, none in the crontab\n';
  const layout = [
    { heading: 'job' },
    { heading: 'schedule' },
    { heading: 'in words', canShrink: true },
    { heading: `next run (${zone})` },
    { heading: 'crontab' },
  ];
  const rows = jobs.map((job) => [
    job.job,
    job.schedule ?? 'off',
    job.inWords ?? '',
    job.nextRunLocal ?? '',
    job.state,
  ]);
  const lines = formatTable(layout, rows, columns);
  if (zone !== cronZone) lines.push(`cron goes by the machine's zone, ${cronZone}; so do the schedules above`);
  if (jobs.some((job) => job.state !== 'installed' && job.state !== 'off')) {
    lines.push('"blogctl install" brings the crontab up to date');
  }
  return `${lines.join('\n')}\n`;
}
