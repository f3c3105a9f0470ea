import { day, hour, startOfDay } from './naive.ts';
import type { Random } from './random.ts';

/** Something that is viewed: an article or a page. */
export interface Viewed {
  readonly key: string;
  readonly since: number;
  /** Views on an ordinary day, about. */
  readonly pace: number;
  /** Views from before the days that are told one by one. */
  readonly before: number;
  readonly isCounted: boolean;
}

/** One day of traffic: running totals at each hour that is over. */
export interface TrafficDay {
  readonly start: number;
  /** Hour by hour, for what is counted. */
  readonly hours: readonly number[];
  /** By key, at the day's end (or so far), for what existed by then. */
  readonly totals: ReadonlyMap<string, number>;
}

// When people read: next to nobody at four, most at ten in the morning and at nine in the evening.
const hourWeights = [3, 2, 1, 1, 1, 1, 2, 4, 7, 10, 11, 9, 6, 7, 9, 9, 8, 7, 6, 8, 10, 11, 8, 5];

/** The last `days` days, oldest first; the last one is today up to the last full hour. */
export function traffic(viewed: readonly Viewed[], now: number, days: number, random: Random): TrafficDay[] {
  const today = startOfDay(now);
  const totals = new Map(viewed.map((item) => [item.key, item.before]));
  const result: TrafficDay[] = [];
  for (let start = today - (days - 1) * day; start <= today; start += day) {
    const alive = viewed.filter((item) => item.since < start + day);
    const counted = alive.filter((item) => item.isCounted);
    const hoursOver = start === today ? Math.floor((now - today) / hour) : 24;
    const hours: number[] = [];
    for (let index = 0; index < hoursOver; index += 1) {
      for (const item of alive) totals.set(item.key, (totals.get(item.key) ?? 0) + visits(item, start, index, random));
      hours.push(counted.reduce((sum, item) => sum + (totals.get(item.key) ?? 0), 0));
    }
    result.push({ start, hours, totals: new Map(alive.map((item) => [item.key, totals.get(item.key) ?? 0])) });
  }
  return result;
}

function visits(item: Viewed, start: number, index: number, random: Random): number {
  if (start + index * hour < item.since) return 0;
  const weight = hourWeights[index] ?? 0;
  const isWeekend = new Date(start * 1000).getUTCDay() % 6 === 0;
  // 146 is the sum of the weights; a visit is a matter of chance, so single hours are uneven.
  const expected = (item.pace * weight * (isWeekend ? 0.7 : 1)) / 146;
  return Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
}
