import type { Generated } from 'kysely';
import type { RunStatus } from './outcome.ts';

/** blogctl's own tables, all named `blogctl_…`. Times are ISO 8601 in UTC with milliseconds, so they sort as text. */
export interface StateTables {
  blogctl_run: RunTable;
}

/** One row for each run that was not a dry run. (site, job, tick) is unique, so that of many hosts one runs a tick. */
export interface RunTable {
  id: Generated<number>;
  /** The blog's name in the configuration. */
  site: string;
  job: string;
  action: string;
  /** `cron` or `hand`. */
  started_by: string;
  /** The minute at which cron was to start it; null by hand. */
  tick: string | null;
  status: RunStatus;
  started_at: string;
  ended_at: string | null;
  duration_ms: number | null;
  host: string;
  pid: number;
  summary: string | null;
  /** JSON: name to number. */
  counts: string | null;
  /** How many changes were made. */
  changes: number | null;
  /** JSON: a list of findings. */
  findings: string | null;
  /** JSON: kind, message, hint. */
  error: string | null;
  /** The last lines of the log, one a line. */
  log: string | null;
}
