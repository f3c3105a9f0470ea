import { BlogctlError, FailedError, messageOf, UpstreamError } from '../../core/errors.ts';
import { isMissingTable } from './missing-table.ts';
import { databaseOf } from './whose-error.ts';

/**
 * Puts a driver's error on a statement into a sentence that says which database and what can be done; null for errors
 * that are no driver's, which are bugs. `expected` names the database where the error itself is of none that is known.
 */
export function explainQueryError(error: unknown, expected: string): BlogctlError | null {
  if (error instanceof BlogctlError) return error;
  const database = (error instanceof Error ? databaseOf(error) : undefined) ?? expected;
  const code = lostConnection(error) ? 'ECONNRESET' : codeOf(error);
  if (!(error instanceof Error) || code === null) return null;
  if (isMissingTable(error)) return missingTable(error, database);
  const column = missingColumn(error);
  if (column !== null) {
    return new FailedError(`the column ${column} is missing in ${database}`, {
      hint: 'Is the blog older than this version of blogctl expects? Its migrations would add it.',
      cause: error,
    });
  }
  const reason = reasonOf(code);
  if (reason === null) return null;
  return new UpstreamError(`${database}: ${reason.why ?? messageOf(error)}`, { hint: reason.hint, cause: error });
}

// What the drivers throw without a code where a connection ends, or a new one cannot be made in mid-run.
function lostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') {
    return (
      ['ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNABORTED', 'ENOTFOUND', 'ENOENT'].includes(error.code) &&
      'syscall' in error
    );
  }
  return /^Connection terminated|timeout exceeded when trying to connect|not queryable|closed state|Pool is closed/i.test(
    error.message,
  );
}

// MariaDB has errors of its own, whose numbers the driver has no name for.
const mariadbCodes: Readonly<Record<number, string>> = { 1927: 'ER_CONNECTION_KILLED', 1969: 'ER_STATEMENT_TIMEOUT' };

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (!('errno' in error) || typeof error.errno !== 'number' || !('sqlState' in error)) return null;
  return mariadbCodes[error.errno] ?? `ER_${error.errno}`;
}

function missingTable(error: Error, database: string): FailedError {
  const name =
    /no such table: (?:main\.)?(\S+)/.exec(error.message)?.[1] ??
    /Table '(?:[^'.]*\.)?([^'.]+)' doesn't exist/.exec(error.message)?.[1] ??
    /relation "([^"]+)" does not exist/.exec(error.message)?.[1];
  const isOwn = name?.startsWith('blogctl_') === true;
  const whose = isOwn ? "one of blogctl's own" : "one of the blog's own, which Django's migrations make";
  return new FailedError(`the table ${name ?? '(its name is not told)'} is missing in ${database}; it is ${whose}`, {
    hint: isOwn ? undefined : "Is this the blog's database, and did its migrations run?",
    cause: error,
  });
}

function missingColumn(error: Error & { code?: unknown }): string | null {
  const found =
    /no such column: (\S+)/.exec(error.message)?.[1] ??
    /Unknown column '([^']+)'/.exec(error.message)?.[1] ??
    (error.code === '42703' ? /column "?([^" ]+)"? does not exist/.exec(error.message)?.[1] : undefined);
  return found ?? null;
}

interface Reason {
  /** Left out where the driver's own words say it best. */
  readonly why?: string;
  readonly hint?: string;
}

function reasonOf(code: string): Reason | null {
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return { why: 'somebody else holds the write lock for too long', hint: 'Try again later.' };
  }
  if (code.startsWith('SQLITE_READONLY')) return { why: 'it may not be written by this user' };
  if (code === 'SQLITE_FULL') return { why: 'the disk is full' };
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') return { why: 'the file is damaged' };
  if (code.startsWith('SQLITE_')) return {};
  if (['ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_DEADLOCK', '55P03', '40P01'].includes(code)) {
    return { why: 'somebody else holds a lock for too long', hint: 'Try again later.' };
  }
  if (['ER_OPTION_PREVENTS_STATEMENT', 'ER_READ_ONLY_MODE', '25006'].includes(code)) {
    return { why: 'the server is read-only', hint: 'Is it a replica?' };
  }
  if (
    ['ER_TABLEACCESS_DENIED_ERROR', 'ER_COLUMNACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', '42501'].includes(code)
  ) {
    return { hint: 'Grant the right to the user, or let blogctl use another one.' };
  }
  if (['ER_STATEMENT_TIMEOUT', 'ER_QUERY_TIMEOUT', '57014'].includes(code)) return { why: 'a statement took too long' };
  if (
    [
      'PROTOCOL_CONNECTION_LOST',
      'ER_CONNECTION_KILLED',
      'ECONNRESET',
      'EPIPE',
      '57P01',
      '57P02',
      '08006',
      '08003',
    ].includes(code)
  ) {
    return { why: 'the connection was lost' };
  }
  return code.startsWith('ER_') || /^[0-9A-Z]{5}$/.test(code) ? {} : null;
}
