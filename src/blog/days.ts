/**
 * Calendar days of the blog's own zone, as `YYYYMMDD`: the form of blog_articleview.date. Going from day to day is
 * arithmetic on the calendar, so a day of 23 or 25 hours is one day like any other.
 */
export type Day = string;

const dayMs = 86_400_000;

/** The day of a local time such as `2026-03-18 14:05:09`. */
export function dayOf(localText: string): Day {
  return localText.slice(0, 10).replaceAll('-', '');
}

/** The hour of a local time, `00` to `23`: the form of the keys in a day's row. */
export function hourOf(localText: string): string {
  return localText.slice(11, 13);
}

/** So many days later, or earlier where the number is negative. */
export function addDays(day: Day, days: number): Day {
  return new Date(midnight(day) + days * dayMs).toISOString().slice(0, 10).replaceAll('-', '');
}

/** How many days the second is after the first. */
export function daysBetween(first: Day, second: Day): number {
  return Math.round((midnight(second) - midnight(first)) / dayMs);
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: Day): number {
  return (new Date(midnight(day)).getUTCDay() + 6) % 7;
}

/** `2026-03-18` of `20260318`. */
export function withDashes(day: Day): string {
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
}

/** Is this text a day that the calendar has? */
export function isDay(text: string): boolean {
  return /^\d{8}$/.test(text) && !Number.isNaN(midnight(text)) && addDays(text, 0) === text;
}

// Counted as if it were UTC: good for going back and forth in the calendar, and for nothing else.
function midnight(day: Day): number {
  return Date.parse(`${withDashes(day)}T00:00:00Z`);
}
