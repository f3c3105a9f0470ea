/** A part of the day by the clock on the wall: minutes since midnight, the first included, the last not. */
export interface HoursOfDay {
  readonly fromMinute: number;
  readonly toMinute: number;
  /** As it was written. */
  readonly text: string;
}

/** Reads `23:00-07:00`; null where the text is no such thing, or is no time at all (`07:00-07:00`). */
export function parseHoursOfDay(text: string): HoursOfDay | null {
  const parts = /^([01]\d|2[0-4]|\d):([0-5]\d)\s*-\s*([01]\d|2[0-4]|\d):([0-5]\d)$/.exec(text.trim());
  if (parts === null) return null;
  const [fromHour = 0, fromRest = 0, toHour = 0, toRest = 0] = parts.slice(1).map(Number);
  const fromMinute = fromHour * 60 + fromRest;
  const toMinute = toHour * 60 + toRest;
  return Math.max(fromMinute, toMinute) > 1440 || fromMinute % 1440 === toMinute % 1440
    ? null
    : { fromMinute, toMinute, text };
}

/** Is a time of the day, `HH:MM` and whatever follows, within these hours? They may go across midnight. */
export function isWithinHours({ fromMinute, toMinute }: HoursOfDay, clock: string): boolean {
  const minute = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
  return fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
}
