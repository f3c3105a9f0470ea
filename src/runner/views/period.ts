import { addDays, dayOf, daysBetween, isDay, withDashes, type Day } from '../../blog/days.ts';
import type { BlogTime } from '../../blog/time.ts';
import { UsageError } from '../../core/errors.ts';

/** Days, both included, in the blog's zone. */
export interface DayPeriod {
  readonly kind: 'days';
  readonly from: Day;
  readonly to: Day;
}

/** Hours, by their starts in minutes since 1970; `until` is not included. */
export interface HourPeriod {
  readonly kind: 'hours';
  readonly from: number;
  readonly until: number;
}

export type Period = DayPeriod | HourPeriod;

const longestDays = 366;
const expected = `expected today, yesterday, a number of days such as 7d (at most ${longestDays}d), or a day such as 2026-03-18`;

/** The period that is meant by `yesterday` (the default), `today`, `7d` (the last seven whole days) or a date. */
export function dayPeriod(given: string | undefined, nowText: string): DayPeriod {
  const today = dayOf(nowText);
  const yesterday = addDays(today, -1);
  const name = given ?? 'yesterday';
  if (name === 'today') return { kind: 'days', from: today, to: today };
  if (name === 'yesterday') return { kind: 'days', from: yesterday, to: yesterday };
  const days = /^([1-9]\d{0,2})d$/.exec(name);
  if (days !== null && Number(days[1]) <= longestDays) {
    return { kind: 'days', from: addDays(yesterday, 1 - Number(days[1])), to: yesterday };
  }
  const day = /^\d{4}-\d\d-\d\d$/.test(name) ? name.replaceAll('-', '') : '';
  if (!isDay(day)) throw new UsageError(`the period: ${expected}, got "${name}"`);
  if (day > today) throw new UsageError(`the period: ${name} is still to come; it is ${withDashes(today)} now`);
  return { kind: 'days', from: day, to: day };
}

/** The hours from `--since` to `--until` (default: now), as local times of the blog's zone. */
export function hourPeriod(since: string, until: string | undefined, time: BlogTime): HourPeriod {
  const from = hourOf('--since', since, time);
  // This hour has begun, so it is in.
  const end =
    until === undefined ? hourOf('--until', time.now().slice(0, 13), time) + 60 : hourOf('--until', until, time);
  if (end <= from) throw new UsageError(`--until: expected a time after --since (${since}), got "${until ?? 'now'}"`);
  return { kind: 'hours', from, until: end };
}

/** All days of a period and the one before, whose totals the first one's are compared with. */
export function daysOf({ from, to }: DayPeriod): Day[] {
  return Array.from({ length: daysBetween(from, to) + 2 }, (_, index) => addDays(from, index - 1));
}

function hourOf(flag: string, text: string, time: BlogTime): number {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text);
  try {
    if (isDate || /^\d{4}-\d\d-\d\d[ T]\d\d(:00)?$/.test(text)) {
      const hour = isDate ? '00' : text.slice(11, 13);
      return time.toEpochMs(`${text.slice(0, 10)} ${hour}:00:00`) / 60_000;
    }
  } catch {
    // Told below: 30 February has the right form.
  }
  throw new UsageError(`${flag}: expected a day or a whole hour such as "2026-03-18 08:00", got "${text}"`);
}
