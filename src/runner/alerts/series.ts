const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * How often a series of failures is to have been told by now: at the first of them, after an hour, after a day, and then
 * each week. A job of every minute that fails all day is told three times.
 */
export function timesToTell(sinceMs: number): number {
  if (sinceMs < hourMs) return 1;
  if (sinceMs < dayMs) return 2;
  return 3 + Math.floor(sinceMs / (7 * dayMs));
}
