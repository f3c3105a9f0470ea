/**
 * The blog's dates: the only place that turns an instant into a column's text and back. A blog with USE_TZ off keeps
 * naive local times of its zone, one with USE_TZ on keeps UTC; either way the text is `2026-03-18 14:05:09`, with a
 * fraction of one to six digits where there is one. PostgreSQL adds an offset behind it (`+08`), because a session's
 * zone is set to the stored one.
 */
export interface BlogTime {
  /** The instant now, to the second, in the database's form. */
  readonly now: () => string;
  /** An instant in the database's form; milliseconds are kept where there are any. */
  readonly fromEpochMs: (epochMs: number) => string;
  /** The instant that a column's text means, in milliseconds since 1970. Throws where the text is no date. */
  readonly toEpochMs: (text: string) => number;
}

const form = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d*)?)?(?:Z|([+-])(\d\d)(?::?(\d\d))?)?$/;

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
export type ZoneOffset = (zone: string, epochMs: number) => number;

/** The blog's time for a zone (an IANA name; `UTC` for USE_TZ) and a clock. */
export function createBlogTime(zone: string, nowMs: () => number, offsetOf: ZoneOffset = zoneOffsetOf): BlogTime {
  const fromEpochMs = (epochMs: number): string => {
    const local = new Date(epochMs + offsetOf(zone, epochMs)).toISOString();
    const fraction = local.slice(20, 23);
    return `${local.slice(0, 10)} ${local.slice(11, 19)}${fraction === '000' ? '' : `.${fraction}`}`;
  };
  return {
    now: () => fromEpochMs(Math.floor(nowMs() / 1000) * 1000),
    fromEpochMs,
    toEpochMs: (text) => localTextToEpochMs(text, zone, offsetOf),
  };
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

/** `20260318190502` of `2026-03-18 19:05:02.123456+08`: the form in cache keys, cut and never rounded. */
export function dateStamp(text: string): string {
  const parts = form.exec(text);
  if (parts === null) throw new Error(`"${text}" is not a date of the form 2026-03-18 14:05:09`);
  return parts.slice(1, 6).join('') + (parts[6] ?? '00');
}

function localTextToEpochMs(text: string, zone: string, offsetOf: ZoneOffset): number {
  const parts = form.exec(text);
  if (parts === null) throw new Error(`"${text}" is not a date of the form 2026-03-18 14:05:09`);
  const [, year, month, day, hour, minute, second = '00', fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] =
    parts;
  const asUtc =
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) +
    Number(fraction.padEnd(3, '0').slice(0, 3));
  if (sign !== undefined) {
    const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
    return sign === '+' ? asUtc - offset : asUtc + offset;
  }
  if (text.endsWith('Z')) return asUtc;
  // Two passes: the offset is looked up at a guess, then at the instant that the guess gives (DST changes lie between).
  const guess = asUtc - offsetOf(zone, asUtc);
  return asUtc - offsetOf(zone, guess);
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
