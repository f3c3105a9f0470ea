import { networkInterfaces } from 'node:os';
import type { HttpResult } from '../../core/http.ts';
import { isHalfChain, tlsReason } from './tls-reasons.ts';

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
  BLOGCTL_SLOW_NAME: lasting('dns', 'the name servers do not answer'),
  EAI_AGAIN: passing('dns', 'the name servers do not answer'),
  EAI_FAIL: passing('dns', 'the name servers fail'),
  ESERVFAIL: passing('dns', 'the name servers fail'),
  ETIMEOUT: passing('dns', 'the name servers do not answer'),
  ECONNREFUSED: passing('refused', 'the connection was refused'),
  EHOSTUNREACH: passing('refused', 'the host cannot be reached'),
  EHOSTDOWN: passing('refused', 'the host is down'),
  ENETUNREACH: passing('refused', 'no way leads to its network'),
  EADDRNOTAVAIL: passing('no-way', 'this machine has no address to ask from'),
  EACCES: passing('no-way', 'a firewall of ours does not let us out'),
  EPERM: passing('no-way', 'a firewall of ours does not let us out'),
  EMFILE: passing('no-way', 'this machine has too many files open'),
  ENFILE: passing('no-way', 'this machine has too many files open'),
  ENOBUFS: passing('no-way', 'this machine has no memory left for connections'),
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

const onlyIpv6 = lasting('no-way', 'it has IPv6 addresses alone, and this machine has none');

/** What an error of the network means; a test may say what this machine has. */
export function failureOf(error: unknown, connectTimeout: string, { hasIpv6 = hasOwnIpv6 } = {}): Failure {
  const { code, name, message, isIpv6 } = codeOf(error);
  if (isIpv6 && (code === 'ENETUNREACH' || code === 'EADDRNOTAVAIL') && !hasIpv6()) return onlyIpv6;
  if (code === 'BLOGCTL_NOT_ALLOWED') return lasting('not-allowed', message);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return passing('timeout', `no connection within ${connectTimeout}`);
  const known = byCode[code];
  if (known !== undefined) return known;
  const tls = tlsReason(error, code, message);
  if (tls !== null) return lasting(isHalfChain(code) ? 'half-chain' : 'tls', tls);
  if (name === 'HTTPParserError') return noHttp;
  // undici's own way to say so.
  if (code === 'ERR_ASSERTION') return noAnswer;
  return passing('broken', `the connection failed${code === '' ? '' : ` (${code})`}`);
}

interface Told {
  readonly code: string;
  readonly name: string;
  readonly message: string;
  readonly isIpv6: boolean;
}

// Several addresses were tried: what happened at one that was there is the news, and IPv6 may be what only we lack.
function codeOf(error: unknown): Told {
  if (!(error instanceof Error)) return { code: '', name: '', message: String(error), isIpv6: false };
  if (error instanceof AggregateError && error.errors.length > 0) {
    const all = error.errors.map(codeOf);
    const told = all.find(({ code }) => code === 'ECONNREFUSED') ?? all.find(({ code }) => code === 'ETIMEDOUT');
    return told ?? all.find(({ isIpv6 }) => !isIpv6) ?? codeOf(error.errors[0]);
  }
  const { name, message } = error;
  const isIpv6 = 'address' in error && typeof error.address === 'string' && error.address.includes(':');
  return { code: 'code' in error && typeof error.code === 'string' ? error.code : '', name, message, isIpv6 };
}

// Addresses of a link lead no further than to its end.
function hasOwnIpv6(): boolean {
  const all = Object.values(networkInterfaces()).flatMap((some) => some ?? []);
  return all.some(({ family, internal, address }) => family === 'IPv6' && !internal && !/^fe[89ab]/i.test(address));
}
