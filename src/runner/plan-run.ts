import type { Action } from '../core/action.ts';
import { parseDuration } from '../core/duration.ts';
import { UsageError } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Config, JobConfig } from './config/config.ts';
import { kebab } from './flags.ts';

/** When cron runs a job: its own schedule, else its action's; null where it is kept out of the crontab. */
export function scheduleOf(job: JobConfig, action: Action): string | null {
  return job.schedule === undefined ? action.schedule : job.schedule;
}

/** The longest a run of the job may take, in milliseconds. */
export function timeoutOf(job: JobConfig, action: Action): number {
  const own = parseDuration(action.timeout);
  if (own === null) throw new Error(`the action's own time-out "${action.timeout}" is no length of time`);
  return (job.timeout ?? own).ms;
}

/** The job's settings with the given flags over them, checked. Throws a UsageError that names each wrong flag. */
export function mergeSettings(
  job: JobConfig,
  action: Action,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const checked = action.settings.safeParse({ ...job.settings, ...given });
  if (checked.success) return checked.data;
  const lines = checked.error.issues.map((issue) => {
    const name = String(issue.path[0] ?? '');
    // A value of the file may have come out of a placeholder, a secret's; it is not shown.
    if (!Object.hasOwn(given, name)) return `jobs.${job.name}.${name}: ${issue.message}`;
    return `--${kebab(name)}: ${issue.message}, got ${JSON.stringify(given[name])}`;
  });
  throw new UsageError(lines.join('\n'));
}

/** The job of that name. Throws a UsageError that names the nearest one. */
export function findJob(config: Config, name: string): JobConfig {
  const job = config.jobs.get(name);
  if (job !== undefined) return job;
  const where = config.path ?? 'the configuration (there is no file)';
  throw new UsageError(`there is no job "${name}" in ${where}${didYouMean(name, [...config.jobs.keys()])}`);
}
