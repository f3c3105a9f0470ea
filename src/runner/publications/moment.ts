import { createBlogTime, isMoment, type ZoneOffset } from '../../blog/time.ts';
import { UsageError } from '../../core/errors.ts';

/** An instant that somebody wrote down. */
export interface Moment {
  readonly epochMs: number;
  /** The clocks of the zone show this time twice that day, and the first is meant. */
  readonly isFirstOfTwo: boolean;
}

const form = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(Z|[+-]\d\d(?::?\d\d)?)?$/;
const dayMs = 86_400_000;

/**
 * Reads `2026-12-01 08:00`, as the clocks of the zone show it, or a time with an offset of its own. Throws a UsageError
 * where the text is none, or where the clocks leave this time out.
 */
export function readMoment(text: string, zone: string, offsetOf: ZoneOffset): Moment {
  const parts = form.exec(text);
  if (parts === null) {
    const forms = `a time of ${zone} such as "2026-12-01 08:00", or one with an offset such as 2026-12-01T08:00+08:00`;
    throw new UsageError(`--at: expected ${forms}, got "${text}"`);
  }
  const [, offset = ''] = parts;
  if (!isMoment(text) || Number(offset.slice(1, 3)) > 14)
    throw new UsageError(`--at: there is no such time as "${text}"`);
  const asUtcMs = createBlogTime('UTC', () => 0, offsetOf).toEpochMs(text);
  if (offset !== '') return { epochMs: asUtcMs, isFirstOfTwo: false };
  // Around a change of the clocks one text may fit two offsets, or none.
  const [before, after] = [offsetOf(zone, asUtcMs - dayMs), offsetOf(zone, asUtcMs + dayMs)];
  const fitting = [...new Set([before, after])].filter((one) => offsetOf(zone, asUtcMs - one) === one);
  const [first] = fitting;
  if (first === undefined) throw new UsageError(`--at: ${leftOut(text, asUtcMs, { zone, before, after, offsetOf })}`);
  return { epochMs: asUtcMs - first, isFirstOfTwo: fitting.length > 1 };
}

interface ClockChange {
  readonly zone: string;
  /** The offsets on both sides, in milliseconds. */
  readonly before: number;
  readonly after: number;
  readonly offsetOf: ZoneOffset;
}

function leftOut(text: string, asUtcMs: number, { zone, before, after, offsetOf }: ClockChange): string {
  let [early, late] = [asUtcMs - dayMs, asUtcMs + dayMs];
  while (late - early > 1000) {
    const middle = Math.floor((early + late) / 2000) * 1000;
    if (offsetOf(zone, middle) === before) early = middle;
    else late = middle;
  }
  const [from, to] = [before, after].map((offset) => localText(late, offset).slice(0, 16));
  const choice = 'times before the first and from the second on exist';
  return `${text} is left out in ${zone}: its clocks go from ${from} straight to ${to}; ${choice}`;
}

function localText(epochMs: number, offsetMs: number): string {
  return createBlogTime('UTC', () => 0).fromEpochMs(epochMs + offsetMs);
}

/** `2026-10-25T02:30:00+02:00`: an instant as the clocks of the zone show it, with their offset. */
export function withOffset(epochMs: number, zone: string, offsetOf: ZoneOffset): string {
  const offsetMs = offsetOf(zone, epochMs);
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const two = (number: number): string => String(number).padStart(2, '0');
  const sign = offsetMs < 0 ? '-' : '+';
  const offset = `${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${localText(epochMs, offsetMs).slice(0, 19).replace(' ', 'T')}${offset}`;
}
