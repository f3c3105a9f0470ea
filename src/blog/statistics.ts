import { addDays, weekdayOf, withDashes, type Day } from './days.ts';
import type { ViewDay } from './view-day.ts';

/** A number, or `-` where it is not known: what the blog's charts take for a gap. */
export type Figure = number | '-';

/** The readable days of blog_articleview, by day. */
export type ViewDays = ReadonlyMap<Day, ViewDay>;

const weekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

/** The days that the statistics of a day need: the month before it, and the day before that. */
export function daysNeeded(today: Day): Day[] {
  return Array.from({ length: 32 }, (_, back) => addDays(today, -back));
}

/** 24 rows: hour, articles and pages of today, articles and pages of yesterday. */
export function hourStatistics(days: ViewDays, today: Day): [hour: string, ...Figure[]][] {
  const yesterday = addDays(today, -1);
  const figures = [today, yesterday].flatMap((day) => [
    (hour: string) => inHour(days, day, hour, (one) => one.articleHours),
    (hour: string) => inHour(days, day, hour, (one) => one.pageHours),
  ]);
  return hours.map((hour) => [hour, ...figures.map((figure) => figure(hour))]);
}

/** Monday to Sunday: this week's views, last week's, and for today the forecast with the number that it rests on. */
export function weekStatistics(days: ViewDays, today: Day): [weekday: string, ...Figure[]][] {
  const monday = addDays(today, -weekdayOf(today));
  return weekdays.map((name, index) => {
    const day = addDays(monday, index);
    const weekBefore = addDays(day, -7);
    const forecast: Figure[] = day === today ? forecastOf(days, today) : ['-', '-'];
    // What lies ahead is not known, whatever a row of the future says.
    const soFar = day > today ? '-' : onDay(days, day);
    return [name, soFar, onDay(days, weekBefore), ...forecast];
  });
}

/** The last 31 days, oldest first: `MM-DD` and the day's views. */
export function monthStatistics(days: ViewDays, today: Day): [day: string, views: Figure][] {
  return Array.from({ length: 31 }, (_, index) => {
    const day = addDays(today, index - 30);
    return [withDashes(day).slice(5), onDay(days, day)];
  });
}

/** How many users there were after each day on which somebody joined, oldest first; `YYYY-MM-DD` in, sorted or not. */
export function userStatistics(joined: readonly string[]): [day: string, users: number][] {
  const sorted = joined.toSorted();
  return sorted.flatMap((day, index): [string, number][] => (day === sorted[index + 1] ? [] : [[day, index + 1]]));
}

/** A day's views: what its totals are more than those of the day before. */
export function onDay(days: ViewDays, day: Day): Figure {
  return difference(days.get(day)?.total, days.get(addDays(day, -1))?.total);
}

function inHour(days: ViewDays, day: Day, hour: string, of: (day: ViewDay) => ReadonlyMap<string, number>): Figure {
  const total = (date: Day, at: string | undefined): number | undefined => {
    const row = days.get(date);
    return row === undefined || at === undefined ? undefined : of(row).get(at);
  };
  const before = hour === '00' ? total(addDays(day, -1), '23') : total(day, hours[Number(hour) - 1]);
  return difference(total(day, hour), before);
}

// Last week's day by the share of it that had passed by the hour that was counted last: [forecast, views by that hour].
function forecastOf(days: ViewDays, today: Day): [forecast: Figure, by: Figure] {
  const lastHour = [...(days.get(today)?.articleHours.keys() ?? [])].toSorted().at(-1);
  const weekBefore = addDays(today, -7);
  const then = days.get(weekBefore);
  if (lastHour === undefined || then === undefined) return ['-', '-'];
  const articles = then.articleHours.get(lastHour);
  const pages = then.pageHours.get(lastHour);
  const dayBefore = days.get(addDays(weekBefore, -1))?.total;
  const byThen = articles === undefined || pages === undefined ? '-' : difference(articles + pages, dayBefore);
  const [whole, soFar] = [onDay(days, weekBefore), onDay(days, today)];
  if (whole === '-' || soFar === '-' || byThen === '-') return ['-', byThen];
  return [byThen === 0 ? '-' : Math.trunc((whole * soFar) / byThen), byThen];
}

function difference(now: number | undefined, before: number | undefined): Figure {
  return now === undefined || before === undefined ? '-' : now - before;
}
