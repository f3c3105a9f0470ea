import { messageOf, UpstreamError } from '../../core/errors.ts';
import { describeServer, type ServerAddress } from './url.ts';

/** Puts a driver's error on connecting into a sentence: which server, which user, which step failed, and why. */
export function connectionError(address: ServerAddress, error: unknown): UpstreamError {
  const kind = address.dialect === 'mysql' ? 'MySQL' : 'PostgreSQL';
  const server = `${kind} at ${describeServer(address)}`;
  const code = codeOf(error);
  const { step, why, hint } = explain(code, address, error);
  return new UpstreamError(`${server}: ${step}: ${why}`, { hint, cause: error });
}

interface Explanation {
  readonly step: string;
  readonly why: string;
  readonly hint?: string;
}

function explain(code: string, address: ServerAddress, error: unknown): Explanation {
  const connect = `could not connect as "${address.user}"`;
  const logIn = `could not log in as "${address.user}"`;
  const choose = `could not open the database "${address.database}" as "${address.user}"`;
  switch (code) {
    case 'ECONNREFUSED':
      return { step: connect, why: 'nothing listens there (connection refused)', hint: 'Is the server running?' };
    case 'ENOENT':
      return { step: connect, why: 'there is no such socket', hint: 'Is the server running, and is this its socket?' };
    case 'EACCES':
      return { step: connect, why: 'this user may not use the socket' };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { step: connect, why: `the name ${address.host} cannot be resolved` };
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { step: connect, why: 'no answer in time' };
    case 'ECONNRESET':
    case 'PROTOCOL_CONNECTION_LOST':
      return { step: connect, why: 'the server closed the connection' };
    case 'ER_ACCESS_DENIED_ERROR':
    case 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR':
    case '28P01':
    case '28000': {
      const given = address.password === null ? 'no password was given' : 'the password was refused';
      return { step: logIn, why: `${given}, or the user may not come from here` };
    }
    case 'ER_BAD_DB_ERROR':
    case '3D000':
      return { step: choose, why: 'there is no such database' };
    case 'ER_DBACCESS_DENIED_ERROR':
    case '42501':
      return { step: choose, why: 'the user has no right to it' };
    case 'ER_CON_COUNT_ERROR':
    case 'ER_TOO_MANY_USER_CONNECTIONS':
    case '53300':
      return { step: logIn, why: 'the server has too many connections', hint: 'Try again later.' };
    case '57P03':
      return { step: logIn, why: 'the server is starting up or shutting down', hint: 'Try again later.' };
    default:
      return { step: connect, why: messageOf(error) };
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Node tries every address of a name and reports all failures in one.
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (/SASL|password must be a string/.test(error.message)) return '28P01';
  if (/terminated unexpectedly/.test(error.message)) return 'ECONNRESET';
  if (/timeout/i.test(error.message)) return 'ETIMEDOUT';
  return error.cause === undefined ? '' : codeOf(error.cause);
}
