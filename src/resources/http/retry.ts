import type { HttpRequest } from '../../core/http.ts';
import type { Outcome } from './try.ts';

/** What of an outcome decides whether another try is worth it. */
type Tried = Pick<Outcome, 'failure' | 'status' | 'result' | 'retryAfterMs'>;

const firstPauseMs = 500;
const longestPauseMs = 10_000;
const passingStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * How long to wait before the next try: what the server asks for, or half a second, one, two …, each by chance from half
 * as long to half as long again. Null: no other try is worth it, or the server asks for longer than anybody waits.
 */
export function pauseBefore(
  outcome: Tried,
  method: HttpRequest['method'],
  tries: number,
  random: () => number,
): number | null {
  if (!isWorthIt(outcome, method)) return null;
  if (outcome.retryAfterMs !== null) return outcome.retryAfterMs <= longestPauseMs ? outcome.retryAfterMs : null;
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1) * (0.5 + random()));
}

function isWorthIt({ failure, status, result, retryAfterMs }: Tried, method: HttpRequest['method']): boolean {
  // It may have been carried out, though nothing was heard of it.
  if (method === 'POST') return failure?.result === 'refused';
  // Who has waited for as long as anybody may waits no second time: those behind would wait as well.
  if (failure !== null) return failure.isPassing && failure.result !== 'timeout';
  if (status === 429) return retryAfterMs !== null;
  return result === 'server-error' && status !== null && passingStatuses.has(status);
}

/**
 * How long a server asks to be left alone: seconds, or a date, which is measured by the server's own clock. Null where it
 * says nothing that can be understood.
 */
export function retryAfterOf(headers: Readonly<Record<string, string>>): number | null {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!/^[A-Za-z]{3,9},? /.test(text)) return null;
  const ms = Date.parse(text) - Date.parse(headers['date'] ?? '');
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
