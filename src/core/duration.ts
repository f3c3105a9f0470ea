/** A length of time. `text` is what the user wrote. */
export interface Duration {
  readonly ms: number;
  readonly text: string;
}

const unitMs: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** The pattern of a duration: `45m`, `1h30m`, `200d`, `0s`; none at all needs no unit: `0`. */
export const durationPattern = /^(0|(\d+(ms|s|m|h|d|w))+)$/;

/** More is a slip of the finger, and dates computed from it would leave the calendar. */
export const longestDuration = '100000d';

const longestMs = 100_000 * 86_400_000;

/** The most that a timer can wait, in milliseconds: a little more than 24 days. One that is longer goes off at once. */
export const longestTimerMs = 2_147_483_647;

/** Reads `45m`, `1h30m`, `200d`, `2w`, `500ms`; null where the text is no length of time. */
export function parseDuration(text: string): Duration | null {
  if (!durationPattern.test(text)) return null;
  let ms = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|s|m|h|d|w)/g))
    ms += Number(amount) * (unitMs[unit ?? ''] ?? 0);
  return ms <= longestMs ? { ms, text } : null;
}

/** The shortest exact text of a number of milliseconds: 5400000 is `1h30m`. */
export function formatDuration(ms: number): string {
  let rest = Math.round(ms);
  if (rest <= 0) return '0s';
  const parts: string[] = [];
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const size = unitMs[unit] ?? 1;
    const amount = Math.floor(rest / size);
    if (amount > 0) parts.push(`${amount}${unit}`);
    rest -= amount * size;
  }
  return parts.join('');
}

/** A length of time for people, to two figures: `0.8 s`, `12 s`, `3 min 5 s`, `2 h 10 min`, `4 d 3 h`. */
export function durationInWords(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return two(minutes, 'min', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return two(hours, 'h', minutes % 60, 'min');
  return two(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
