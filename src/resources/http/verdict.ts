import { STATUS_CODES } from 'node:http';
import type { HttpResult } from '../../core/http.ts';
import { challengerOf } from './challenge.ts';
import type { Head } from './exchange.ts';

/** The class of an answer, and the reason in words. */
export interface Verdict {
  readonly result: HttpResult;
  readonly reason: string;
}

/**
 * Somebody lives there and does not like us. 406, 412, 418, 444, 468, 493, 514 and the like are what firewalls and
 * networks answer robots with, and hardly anybody else; 405 and 400 mean what they say as often.
 */
const blockingStatuses: ReadonlySet<number> = new Set([
  401, 403, 406, 412, 418, 429, 444, 451, 468, 493, 514, 566, 567, 999,
]);
/** What a condition that was sent may be answered with. */
const conditionFailed = 412;

const statusWords: Readonly<Record<number, string>> = {
  444: 'a firewall gave no answer',
  468: 'SafeLine asks for a human',
  493: 'blocked by a firewall',
  514: 'Frequency Capped',
  520: 'Cloudflare got a strange answer',
  521: 'Cloudflare was refused',
  522: 'Cloudflare got no connection',
  523: 'Cloudflare cannot reach it',
  524: 'Cloudflare got no answer in time',
  525: 'Cloudflare got no TLS connection',
  526: 'Cloudflare does not trust the certificate',
  530: 'Cloudflare does not find it',
  566: 'blocked by a firewall',
  567: 'blocked by a firewall',
  999: 'Request Denied',
};

/** What an answer that is no redirect means. `page`: the beginning of its text, as far as it was read. */
export function verdictOf(
  { status, headers }: Pick<Head, 'status' | 'headers'>,
  page: string,
  { isConditional = false } = {},
): Verdict {
  const words = statusWords[status] ?? STATUS_CODES[status];
  const reason = words === undefined ? `${status}` : `${status} ${words}`;
  const challenger = challengerOf({ status, headers }, page);
  if (challenger !== null) return { result: 'blocked', reason: `${reason}, ${challenger} asks for a human` };
  return { result: isConditional && status === conditionFailed ? 'client-error' : resultOf(status), reason };
}

function resultOf(status: number): HttpResult {
  if (blockingStatuses.has(status)) return 'blocked';
  if (status < 300 || status === 304) return 'ok';
  if (status < 400) return 'broken';
  if (status === 404 || status === 410) return 'gone';
  return status < 500 ? 'client-error' : 'server-error';
}
