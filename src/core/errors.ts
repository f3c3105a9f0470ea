/**
 * The kinds of failure. A failure's kind decides the exit code, whether a retry makes sense and how much is printed.
 * Anything that is thrown and is not a BlogctlError is a bug (exit code 70).
 */
export type FailureKind = 'usage' | 'configuration' | 'upstream' | 'failed' | 'locked' | 'timeout' | 'interrupted';

/** Exit codes, as README documents them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  changesOrFindings: 3,
  bug: 70,
  locked: 75,
  timeout: 124,
  sigint: 130,
  sigterm: 143,
} as const;

const exitCodeOfKind: Record<FailureKind, number> = {
  usage: exitCodes.usage,
  configuration: exitCodes.usage,
  upstream: exitCodes.failed,
  failed: exitCodes.failed,
  locked: exitCodes.locked,
  timeout: exitCodes.timeout,
  interrupted: exitCodes.sigint,
};

/** What an error may carry beside its message. */
export interface FailureOptions {
  /** What the operator can do about it, as a sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** A failure that was foreseen: one clear sentence, a kind, perhaps a hint. */
export class BlogctlError extends Error {
  readonly kind: FailureKind;
  readonly hint: string | undefined;

  constructor(kind: FailureKind, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'BlogctlError';
    this.kind = kind;
    this.hint = options.hint;
  }

  get exitCode(): number {
    return exitCodeOfKind[this.kind];
  }
}

/** The command line is wrong: an unknown flag, job or value. */
export class UsageError extends BlogctlError {
  constructor(message: string, options: FailureOptions = {}) {
    super('usage', message, options);
  }
}

/** The configuration is wrong or missing. The message may have several lines: one for each problem. */
export class ConfigurationError extends BlogctlError {
  constructor(message: string, options: FailureOptions = {}) {
    super('configuration', message, options);
  }
}

/** Somebody else failed: a server is down, refuses, answers nonsense. */
export class UpstreamError extends BlogctlError {
  constructor(message: string, options: FailureOptions = {}) {
    super('upstream', message, options);
  }
}

/** The work itself cannot be done: a missing table, an article that does not exist. */
export class FailedError extends BlogctlError {
  constructor(message: string, options: FailureOptions = {}) {
    super('failed', message, options);
  }
}

/** The work is done, but nobody could be told of it, by whatever channel: no failure of the job, and no news of it. */
export class UntoldError extends BlogctlError {
  constructor(message: string, options: FailureOptions = {}) {
    super('failed', message, options);
  }
}

/** Another run of the same action holds the lock. */
export class LockedError extends BlogctlError {
  constructor(message: string, options: FailureOptions = {}) {
    super('locked', message, options);
  }
}

/** The run took longer than its time-out. */
export class TimeoutError extends BlogctlError {
  constructor(message: string, options: FailureOptions = {}) {
    super('timeout', message, options);
  }
}

/** A signal ended the run. */
export class InterruptedError extends BlogctlError {
  readonly signalName: 'SIGINT' | 'SIGTERM';

  constructor(signalName: 'SIGINT' | 'SIGTERM') {
    super('interrupted', `interrupted by ${signalName}`);
    this.signalName = signalName;
  }

  override get exitCode(): number {
    return this.signalName === 'SIGTERM' ? exitCodes.sigterm : exitCodes.sigint;
  }
}

/** The exit code for whatever was thrown. */
export function exitCodeOf(error: unknown): number {
  return error instanceof BlogctlError ? error.exitCode : exitCodes.bug;
}

/** The message of whatever was thrown, without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Did a server or its driver refuse something? What they throw has a code; an error without one is a bug. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof BlogctlError || (error instanceof Error && 'code' in error);
}
