/**
 * The blog's dates: the only place that turns an instant into a column's text and back. A blog with USE_TZ off keeps
 * naive local times of its zone, one with USE_TZ on keeps UTC; either way the text is `2026-03-18 14:05:09`, with a
 * fraction of one to six digits where there is one. What is written here has none or all six, as Django writes it: in
 * SQLite dates are compared as texts, and there `…09.5` comes before `…09.500000`. PostgreSQL adds an offset behind it (`+08`), because a session's
 * zone is set to the stored one.
 */
export interface BlogTime {
  /** The zone of the dates: an IANA name. */
  readonly zone: string;
  /** The instant now, to the second, in the database's form. */
  readonly now: () => string;
  /** An instant in the database's form; milliseconds are kept where there are any. */
  readonly fromEpochMs: (epochMs: number) => string;
  /**
   * The moment that lies `ageMs` before an instant, in the database's form. Counted on the face of the stored zone's
   * clock, as Django counts: over a change of the clocks a day is 24 hours in UTC, and the same hour of the day before
   * with USE_TZ off.
   */
  readonly ago: (epochMs: number, ageMs: number) => string;
  /** The instant that a column's text means, in milliseconds since 1970. Throws where the text is no date. */
  readonly toEpochMs: (text: string) => number;
  /** The same, but of an hour that comes twice the second time. */
  readonly toSecondEpochMs: (text: string) => number;
}

const form =
  /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d*)?)?(?:Z|([+-])(\d\d)(?::?(\d\d)(?::(\d\d))?)?)?$/;

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
export type ZoneOffset = (zone: string, epochMs: number) => number;

/** The blog's time for a zone (an IANA name; `UTC` for USE_TZ) and a clock. */
export function createBlogTime(zone: string, nowMs: () => number, offsetOf: ZoneOffset = zoneOffsetOf): BlogTime {
  const fromEpochMs = (epochMs: number): string => faceText(epochMs + offsetOf(zone, epochMs));
  return {
    zone,
    now: () => fromEpochMs(Math.floor(nowMs() / 1000) * 1000),
    fromEpochMs,
    ago: (epochMs, ageMs) => faceText(epochMs + offsetOf(zone, epochMs) - ageMs),
    toEpochMs: (text) => localTextToEpochMs(text, zone, offsetOf),
    toSecondEpochMs: (text) => {
      const first = localTextToEpochMs(text, zone, offsetOf);
      if (/(Z|[+-]\d\d(:?\d\d){0,2})$/.test(text.slice(10))) return first;
      // What the clocks show again lies so far behind as they were set back.
      const second = first + offsetOf(zone, first) - offsetOf(zone, first + dayMs);
      return second > first && fromEpochMs(second) === fromEpochMs(first) ? second : first;
    },
  };
}

/**
 * A column's text for a database of another kind or zone, to the microsecond. Where the zones are the same the clock's
 * face is kept, also in an hour that comes twice; an offset behind it is dropped.
 */
export function convertMoment(text: string, from: BlogTime, to: BlogTime): string {
  const parts = momentOf(text);
  const micros = (parts[7] ?? '').padEnd(6, '0');
  const isSame = from.zone === to.zone;
  const minute = isSame ? text.replace('T', ' ').slice(0, 16) : to.fromEpochMs(from.toEpochMs(text)).slice(0, 16);
  return `${minute}:${parts[6] ?? '00'}${Number(micros) === 0 ? '' : `.${micros}`}`;
}

/** Do two texts of columns mean the same moment, to the microsecond? */
export function isSameMoment(one: string, other: string, time: BlogTime): boolean {
  const fraction = (text: string): string => (momentOf(text)[7] ?? '').padEnd(6, '0');
  return time.toEpochMs(one) === time.toEpochMs(other) && fraction(one) === fraction(other);
}

// Milliseconds as if the clock showed UTC, to what it shows.
function faceText(faceMs: number): string {
  const face = new Date(faceMs).toISOString();
  const fraction = face.slice(20, 23);
  return `${face.slice(0, 10)} ${face.slice(11, 19)}${fraction === '000' ? '' : `.${fraction}000`}`;
}

/** Is this an IANA zone that this machine knows? */
export function isZone(zone: string): boolean {
  try {
    formatterOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** Is this a moment as a column holds it? Some are not: MySQL's zero date, PostgreSQL's infinity, any text in SQLite. */
export function isMoment(text: string): boolean {
  return partsOf(text) !== null;
}

/** `20260318190502` of `2026-03-18 19:05:02.123456+08`: the form in cache keys, cut and never rounded. */
export function dateStamp(text: string): string {
  const parts = momentOf(text);
  return parts.slice(1, 6).join('') + (parts[6] ?? '00');
}

function momentOf(text: string): RegExpExecArray {
  const parts = partsOf(text);
  if (parts === null) throw new Error(`"${text}" is not a date of the form 2026-03-18 14:05:09`);
  return parts;
}

function partsOf(text: string): RegExpExecArray | null {
  const parts = form.exec(text);
  if (parts === null) return null;
  const [, month = 0, day, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  // What is no date, such as 30 February or the month 0, comes out as another one.
  const same = new Date(asUtcMs(parts));
  const isDay = same.getUTCMonth() === month - 1 && same.getUTCDate() === day;
  return isDay && hour < 24 && minute < 60 && second < 60 ? parts : null;
}

/** The instant if the text were UTC; the fraction cut to milliseconds. */
function asUtcMs(parts: RegExpExecArray): number {
  const [year = 0, month = 0, day, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const date = new Date(0);
  // Date.UTC would take the year 26 for 1926.
  date.setUTCFullYear(year, month - 1, day);
  return date.setUTCHours(hour, minute, second, Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3)));
}

const dayMs = 86_400_000;

function localTextToEpochMs(text: string, zone: string, offsetOf: ZoneOffset): number {
  const parts = momentOf(text);
  const asUtc = asUtcMs(parts);
  const [sign, ...offset] = parts.slice(8, 12);
  if (sign !== undefined) {
    const [hours = 0, minutes = 0, seconds = 0] = offset.map((part) => Number(part ?? 0));
    const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000;
    return sign === '+' ? asUtc - ms : asUtc + ms;
  }
  if (text.endsWith('Z')) return asUtc;
  // Of an hour that comes twice the first is meant, in one that is left out the offset before it: Python's rule (PEP 495).
  const before = offsetOf(zone, asUtc - dayMs);
  if (offsetOf(zone, asUtc - before) === before) return asUtc - before;
  const after = offsetOf(zone, asUtc + dayMs);
  return offsetOf(zone, asUtc - after) === after ? asUtc - after : asUtc - before;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
export function zoneOffsetOf(zone: string, epochMs: number): number {
  // Waking Intl costs as much as half a start of node; UTC needs none of it.
  if (zone === 'UTC') return 0;
  const part: Record<string, string> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(epochMs)) part[type] = value;
  const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year']);
  const local = new Date(0);
  local.setUTCFullYear(year, Number(part['month']) - 1, Number(part['day']));
  local.setUTCHours(Number(part['hour']), Number(part['minute']), Number(part['second']));
  return local.getTime() - Math.floor(epochMs / 1000) * 1000;
}
