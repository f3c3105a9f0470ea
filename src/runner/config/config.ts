import type { BlogSettings } from '../../core/blog.ts';
import type { Duration } from '../../core/duration.ts';
import type { HttpSettings } from '../../core/http.ts';
import type { NotifySettings } from '../../core/notify.ts';

/** The configuration of a run: the file's, or what the blog's own environment says where there is no file. */
export interface Config {
  /** Absolute; null where there is no file. */
  readonly path: string | null;
  readonly blog: BlogSettings;
  /** The blog's database as a URL, secrets filled in; relative SQLite paths are meant from `folder`. */
  readonly database: string;
  /** The blog's cache as a URL, secrets filled in. */
  readonly cache: string;
  readonly state: { readonly database: string | null; readonly keepRuns: Duration };
  readonly http: HttpSettings;
  readonly notify: NotifySettings;
  readonly jobs: ReadonlyMap<string, JobConfig>;
  /** The folder that relative paths are meant from. */
  readonly folder: string;
  /** Values that must never be shown. */
  readonly secrets: readonly string[];
  /** Environment variables that the file names with `${env:…}`. */
  readonly environmentNames: readonly string[];
  /** What the operator should know, such as a file with secrets that others may read. */
  readonly warnings: readonly string[];
}

/** One job of the configuration. */
export interface JobConfig {
  readonly name: string;
  readonly action: string;
  /** Five fields of cron; null = not in the crontab; undefined = the action's own. */
  readonly schedule: string | null | undefined;
  readonly timeout: Duration | undefined;
  /** The action's settings as the file has them, not yet parsed. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The job of that name, or a job with nothing but defaults for the action of that name. */
export function jobOrDefaults(config: Config, name: string): JobConfig {
  return config.jobs.get(name) ?? { name, action: name, schedule: undefined, timeout: undefined, settings: {} };
}
