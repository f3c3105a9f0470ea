import { STATUS_CODES } from 'node:http';
import type { HttpResult } from '../../core/http.ts';
import { challengerOf } from './challenge.ts';
import type { Head } from './exchange.ts';

/** The class of an answer, and the reason in words. */
export interface Verdict {
  readonly result: HttpResult;
  readonly reason: string;
}

// 405, 412, 514 and the rest beside the usual ones: what firewalls and networks in China answer robots with would be
// client and server errors by their numbers; only those that nobody else uses are taken as theirs.
const blockingStatuses: ReadonlySet<number> = new Set([401, 403, 429, 451, 514, 566, 567, 999]);

const statusWords: Readonly<Record<number, string>> = {
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
export function verdictOf({ status, headers }: Pick<Head, 'status' | 'headers'>, page: string): Verdict {
  const words = statusWords[status] ?? STATUS_CODES[status];
  const reason = words === undefined ? `${status}` : `${status} ${words}`;
  const challenger = challengerOf(headers, page);
  if (challenger !== null) return { result: 'blocked', reason: `${reason}, ${challenger} asks for a human` };
  return { result: resultOf(status), reason };
}

function resultOf(status: number): HttpResult {
  if (blockingStatuses.has(status)) return 'blocked';
  if (status < 300 || status === 304) return 'ok';
  if (status < 400) return 'broken';
  if (status === 404 || status === 410) return 'gone';
  return status < 500 ? 'client-error' : 'server-error';
}
