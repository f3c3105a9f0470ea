import type { Host } from '../../core/host.ts';
import { parseSchedule, type Schedule } from '../../schedule/cron-expression.ts';
import type { CrontabEntry } from '../../schedule/crontab-entry.ts';
import { shellQuote } from '../../schedule/shell-quote.ts';
import type { Config, JobConfig } from '../config/config.ts';
import { scheduleOf } from '../plan-run.ts';
import type { Registry } from '../registry.ts';

/** A job with what the crontab needs of it. */
export interface ScheduledJob {
  readonly job: JobConfig;
  readonly summary: string;
  /** Null where the job is kept out of the crontab. */
  readonly schedule: Schedule | null;
  readonly entry: CrontabEntry | null;
}

/** The jobs of the configuration in its order, each with its line for cron. */
export async function scheduledJobs(
  config: Config,
  configPath: string,
  registry: Registry,
  host: Host,
): Promise<ScheduledJob[]> {
  const jobs: ScheduledJob[] = [];
  for (const job of config.jobs.values()) {
    const action = await registry.loadAction(job.action);
    if (action === null) throw new Error(`the action ${job.action} has gone since the configuration was checked`);
    const text = scheduleOf(job, action);
    const schedule = text === null ? null : parseSchedule(text);
    const command = commandFor(job.name, configPath, host);
    const entry = schedule === null ? null : { name: job.name, schedule: schedule.text, command };
    jobs.push({ job, summary: action.summary, schedule, entry });
  }
  return jobs;
}

// cron knows neither a PATH worth the name nor the folder we stand in: every path is absolute.
function commandFor(job: string, configPath: string, host: Host): string {
  const words = [host.nodePath, host.launcherPath, 'run', job, '--scheduled', '--config', configPath];
  return words.map(shellQuote).join(' ');
}

/** The configuration that a line of ours names; null where it names none. */
export function configOf(command: string): string | null {
  const word = / --config (\S.*)$/.exec(command)?.[1];
  if (word === undefined) return null;
  // What shellQuote writes: 'text', with "'" for a quote within.
  return word.startsWith("'") ? word.replaceAll(`'"'"'`, '\0').replaceAll("'", '').replaceAll('\0', "'") : word;
}

/** How a job stands to the crontab. `stale`: in the crontab, but no longer in the configuration. */
export type JobState = 'installed' | 'changed' | 'missing' | 'stale' | 'off';

/** Compares a job with what the crontab has. */
export function stateOf(expected: CrontabEntry | null, found: CrontabEntry | undefined): JobState {
  if (expected === null) return found === undefined ? 'off' : 'stale';
  if (found === undefined) return 'missing';
  return found.schedule === expected.schedule && found.command === expected.command ? 'installed' : 'changed';
}
