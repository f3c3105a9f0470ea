import type { HttpResult } from '../../core/http.ts';
import { tlsReason } from './tls-reasons.ts';

/** Why there is no answer, or not the whole of one. */
export interface Failure {
  readonly result: HttpResult;
  readonly reason: string;
  /** It may be otherwise in a moment. */
  readonly isPassing: boolean;
}

/** A connection that must not be made; the message says why. */
export class NotAllowed extends Error {
  readonly code = 'BLOGCTL_NOT_ALLOWED';
}

/** Makes a failure that a second try does not help. */
export function lasting(result: HttpResult, reason: string): Failure {
  return { result, reason, isPassing: false };
}

/** Makes a failure that a second try may help. */
export function passing(result: HttpResult, reason: string): Failure {
  return { result, reason, isPassing: true };
}

// Codes of getaddrinfo, the kernel and undici; TLS has a table of its own.
const byCode: Readonly<Record<string, Failure>> = {
  ENOTFOUND: lasting('dns', 'the name does not exist'),
  ENODATA: lasting('dns', 'the name has no address'),
  EAI_NODATA: lasting('dns', 'the name has no address'),
  EAI_NONAME: lasting('dns', 'the name does not exist'),
  EAI_AGAIN: passing('dns', 'the name servers do not answer'),
  EAI_FAIL: passing('dns', 'the name servers fail'),
  ESERVFAIL: passing('dns', 'the name servers fail'),
  ETIMEOUT: passing('dns', 'the name servers do not answer'),
  ECONNREFUSED: passing('refused', 'the connection was refused'),
  EHOSTUNREACH: passing('refused', 'the host cannot be reached'),
  EHOSTDOWN: passing('refused', 'the host is down'),
  ENETUNREACH: passing('refused', 'no way leads to its network'),
  EADDRNOTAVAIL: passing('refused', 'no way leads to its network'),
  EACCES: passing('refused', 'a firewall of ours does not let us out'),
  EPERM: passing('refused', 'a firewall of ours does not let us out'),
  ETIMEDOUT: passing('timeout', 'the connection timed out'),
  UND_ERR_HEADERS_OVERFLOW: lasting('too-large', 'its headers are too large'),
  ECONNRESET: passing('broken', 'the connection was reset'),
  EPIPE: passing('broken', 'the connection was reset'),
  ECONNABORTED: passing('broken', 'the connection was reset'),
  UND_ERR_SOCKET: passing('broken', 'the connection was closed'),
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: passing('broken', 'the answer is shorter than it says'),
};

/** What came begins like an answer and is none, such as one of status 0. */
export const noAnswer = passing('broken', 'what came is no answer');

/** What came is not what a web server says. */
export const noHttp = passing('broken', 'what came is no HTTP');

/** What an error of the network means. */
export function failureOf(error: unknown, connectTimeout: string): Failure {
  const { code, name, message } = codeOf(error);
  if (code === 'BLOGCTL_NOT_ALLOWED') return lasting('not-allowed', message);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return passing('timeout', `no connection within ${connectTimeout}`);
  const known = byCode[code];
  if (known !== undefined) return known;
  const tls = tlsReason(error, code, message);
  if (tls !== null) return lasting('tls', tls);
  if (name === 'HTTPParserError') return noHttp;
  // undici's own way to say so.
  if (code === 'ERR_ASSERTION') return noAnswer;
  return passing('broken', `the connection failed${code === '' ? '' : ` (${code})`}`);
}

// Several addresses were tried: what happened at one that was there is the news.
function codeOf(error: unknown): { readonly code: string; readonly name: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: '', name: '', message: String(error) };
  if (error instanceof AggregateError && error.errors.length > 0) {
    const all = error.errors.map(codeOf);
    const told = all.find(({ code }) => code === 'ECONNREFUSED') ?? all.find(({ code }) => code === 'ETIMEDOUT');
    return told ?? codeOf(error.errors[0]);
  }
  const { name, message } = error;
  return { code: 'code' in error && typeof error.code === 'string' ? error.code : '', name, message };
}
