import type { BlogTime } from '../blog/time.ts';
import type { Archives } from './archive.ts';
import type { BlogSettings } from './blog.ts';
import type { BulkDatabase } from './bulk.ts';
import type { Cache } from './cache.ts';
import type { StateDatabase } from './database.ts';
import type { Files } from './files.ts';
import type { Http } from './http.ts';
import type { Log } from './log.ts';
import type { Notifier } from './notify.ts';
import type { Change, Outcome } from './outcome.ts';
import type { Parser } from './parser.ts';
import type { Programs } from './programs.ts';
import type { Progress } from './progress.ts';
import type { SettingsOf, SettingsSchema } from './settings.ts';

/**
 * An action is one file in `src/actions` that declares what it is, when it runs by default, what settings it takes and
 * what it needs, and does one maintenance job. It is chosen by its file's name, which is its subcommand and the
 * default name of its job. The machine around it (lock, record, dry run, time-out) lives in `src/runner`.
 *
 * Words: an *action* is the code; a *job* is an entry of the configuration that names an action, settings and a
 * schedule; a *run* is one execution; a *tick* is the minute at which cron was to start a run; a *finding* is
 * something the operator should look at; a *change* is one alteration of the world.
 */
export interface Action<Schema extends SettingsSchema = SettingsSchema, Uses extends ResourceName = ResourceName> {
  /** Help line and README row. */
  readonly summary: string;
  /** The help page. */
  readonly details: string;
  /** At least one: what to type, and what it does. */
  readonly examples: readonly Example[];
  /** Default cron time, five fields; null = only by hand. */
  readonly schedule: string | null;
  /** Settings one of which it cannot run without: cron starts no job that has none of them. */
  readonly needs?: readonly string[];
  /** Flags, config section, defaults and their documentation, once. */
  readonly settings: Schema;
  /** What to open; the context has these and no more. Opened when first asked for, given back in reverse. */
  readonly uses: readonly Uses[];
  /** The longest a run may take, such as `30m`. A job's `timeout` overrides it. */
  readonly timeout: string;
  /**
   * Who keeps a second run away: by default any job of this action, since all do the same work; `job` where each does
   * work of its own, which only its own earlier run could disturb.
   */
  readonly lockedBy?: 'job';
  run(context: ActionContext<SettingsOf<Schema>, Uses>): Promise<Outcome>;
}

/** A line for a help page. */
export interface Example {
  readonly command: string;
  readonly meaning: string;
}

/** Everything an action may touch beside its settings. One key, one resource. */
export interface Resources {
  /** The blog's own tables. */
  readonly db: BulkDatabase;
  readonly cache: Cache;
  /** Files that the owner names. */
  readonly files: Files;
  /** Files for rows that are about to be deleted. */
  readonly archives: Archives;
  /**
   * The tables named `blogctl_…`: beside the blog's, or in a database of their own, so that no query joins the two. A run
   * has made them before its action starts; in a dry run they may be missing; see StateDatabase.
   */
  readonly state: StateDatabase;
  /** The owner's own programs, such as a hook. */
  readonly programs: Programs;
  readonly http: Http;
  readonly notify: Notifier;
  /** Reads feeds and pages of strangers. */
  readonly parser: Parser;
}

export type ResourceName = keyof Resources;

/** Resources come as promises of themselves: `await context.db()` opens what no one has asked for before. */
export type ResourceOpeners<Uses extends ResourceName> = {
  readonly [Name in Uses]: () => Promise<Resources[Name]>;
};

/** What every action gets. */
export interface BaseContext<Settings> {
  /** Parsed; defaults, file and flags merged. */
  readonly settings: Settings;
  /** The job's name. */
  readonly job: string;
  /** One instant for the whole run, in milliseconds since 1970; `time` puts it into the blog's form. */
  readonly nowMs: number;
  /** A steady counter of milliseconds for measuring how long something took; it tells no time. */
  readonly elapsedMs: () => number;
  /** The blog's zone and its way to write dates. */
  readonly time: BlogTime;
  readonly blog: BlogSettings;
  /** Addresses that answer whenever our own network does: the configuration's `http.canaries`. */
  readonly canaries: readonly string[];
  /** Scoped to this job. */
  readonly log: Log;
  readonly progress: Progress;
  /** Time-out, Ctrl-C, SIGTERM. */
  readonly signal: AbortSignal;
  /**
   * The only way to alter the world. In a dry run `apply` is not called and `undefined` comes back.
   * The change is noted once `apply` is through; where it throws, nothing is noted.
   */
  readonly change: <T>(what: Change, apply: () => Promise<T>) => Promise<T | undefined>;
  /** Says how to learn what was done so far: asked for where the run fails or is stopped, so that its record has the counts. */
  readonly soFar: (counts: () => Outcome['counts']) => void;
}

export type ActionContext<Settings, Uses extends ResourceName> = BaseContext<Settings> & ResourceOpeners<Uses>;

/** Lets the compiler infer the types of an action's settings and resources. */
export function defineAction<Schema extends SettingsSchema, const Uses extends ResourceName>(
  action: Action<Schema, Uses>,
): Action<Schema, Uses> {
  return action;
}
