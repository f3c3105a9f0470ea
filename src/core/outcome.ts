/** One alteration of the world, done or (in a dry run) only planned. */
export interface Change {
  /** The verb: set, delete, create, update … */
  readonly what: string;
  /** The thing: a cache key, a row, a file. */
  readonly target: string;
  readonly before?: string | number | boolean | null;
  readonly after?: string | number | boolean | null;
}

/** Something the operator should look at. The run did not fail because of it. */
export interface Finding {
  /** A stable word for machines, such as `not-rendered`. */
  readonly kind: string;
  /** The thing it is about, such as `article 12 (my-slug)`. */
  readonly target: string;
  /** One sentence for a person. */
  readonly message: string;
}

/** What an action returns. */
export interface Outcome {
  /** One line for a person. */
  readonly summary: string;
  /** For machines, charts and tests. */
  readonly counts: Readonly<Record<string, number>>;
  readonly findings?: readonly Finding[];
  /** It left alone what an earlier run has failed at: no news of whether that is over. */
  readonly isUndecided?: boolean;
}

/** How a run ended. `running` is a run that has not ended; `crashed` is what a dead process left behind. */
export type RunStatus = 'running' | 'succeeded' | 'failed' | 'skipped' | 'timed out' | 'interrupted' | 'crashed';

/** The one document that `--json` prints for a run. */
export interface RunReport {
  readonly job: string;
  readonly action: string;
  readonly dryRun: boolean;
  readonly status: RunStatus;
  readonly summary: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly changes: readonly Change[];
  /** How many changes are left out of `changes`, because there were very many. Absent where none are. */
  readonly changesOmitted?: number;
  readonly findings: readonly Finding[];
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly error: RunError | null;
}

/** What went wrong, without a secret in it. */
export interface RunError {
  readonly kind: string;
  readonly message: string;
  readonly hint?: string;
}
