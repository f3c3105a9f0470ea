import { BlogctlError, messageOf } from '../core/errors.ts';
import type { RunError, RunStatus } from '../core/outcome.ts';
import type { Redactor } from '../core/redact.ts';
import { explainQueryError } from '../resources/database/query-error.ts';
import { isRefusedWrite } from '../resources/database/refused-write.ts';
import { describeDatabase, parseDatabaseUrl } from '../resources/database/url.ts';
import type { RunPlan } from './run-job.ts';

/** A driver's error as a sentence that names the database; whatever else is no BlogctlError stays a bug. */
export function foreseen(thrown: unknown, { config, dryRun }: RunPlan): unknown {
  // The second lock has held: the first, change(), was forgotten.
  if (dryRun && isRefusedWrite(thrown)) {
    return new Error(`a dry run cannot write to the database: ${messageOf(thrown)}`, { cause: thrown });
  }
  return explainQueryError(thrown, describeDatabase(parseDatabaseUrl(config.database, config.folder))) ?? thrown;
}

/** How a run ended that threw this. */
export function statusOf(error: unknown): RunStatus {
  if (!(error instanceof BlogctlError)) return 'failed';
  if (error.kind === 'timeout') return 'timed out';
  return error.kind === 'interrupted' ? 'interrupted' : 'failed';
}

/** What its record says of it. */
export function describeError(error: unknown, redactor: Redactor): RunError {
  const message = redactor.clean(messageOf(error));
  if (!(error instanceof BlogctlError)) return { kind: 'bug', message };
  return { kind: error.kind, message, ...(error.hint === undefined ? {} : { hint: redactor.clean(error.hint) }) };
}
