import type { BlogTime } from '../../blog/time.ts';

/** The host writes down its own time, and may be a little ahead of ours. */
const mostAheadMs = 60_000;

/** What a report is dated by. */
export interface Look {
  readonly nowMs: number;
  /** When the silence began that is kept of the host; null where none is. */
  readonly silentSinceMs: number | null;
}

/**
 * When a host last reported. A blog of naive times writes the same in both of the hours that come twice: then the later
 * one is meant as soon as it may be, since hosts that report are the rule; but a silence that is known began when it did.
 */
export function lastReportMs(
  updateDate: string,
  { toEpochMs, toSecondEpochMs }: Pick<BlogTime, 'toEpochMs' | 'toSecondEpochMs'>,
  { nowMs, silentSinceMs }: Look,
): number {
  const first = toEpochMs(updateDate);
  // The usual case costs no look at the zone.
  if (nowMs - first < mostAheadMs || first === silentSinceMs) return first;
  const second = toSecondEpochMs(updateDate);
  return second - nowMs <= mostAheadMs ? second : first;
}
