/** One day in seconds. */
export const day = 86_400;
/** One hour in seconds. */
export const hour = 3600;

/**
 * Seconds of a naive local time, counted as if it were UTC: good for going back and forth on the blog's own clock face,
 * and for nothing else.
 */
export function naiveSeconds(text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text);
  const milliseconds = match ? Date.parse(`${match[1]}T${match[2]}Z`) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new RangeError(`expected a time such as 2026-03-18 14:05:09, got "${text}"`);
  return milliseconds / 1000;
}

/** The naive time of those seconds; with microseconds, as Django writes the moments that it stamps itself. */
export function naiveTime(seconds: number, microseconds = 0): string {
  const text = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return microseconds === 0 ? text : `${text}.${String(microseconds).padStart(6, '0')}`;
}

/** Midnight of the day that those seconds belong to. */
export function startOfDay(seconds: number): number {
  return seconds - (seconds % day);
}

/** `YYYYMMDD`, the key of a day's view counts. */
export function compactDay(seconds: number): string {
  return naiveTime(seconds).slice(0, 10).replaceAll('-', '');
}
