/** A date as a feed has it. */
export interface FeedDate {
  /** What the clock showed, as milliseconds as if it had shown UTC. */
  readonly faceMs: number;
  /** How far that clock was ahead of UTC; null where the feed does not say. */
  readonly offsetMs: number | null;
}

const minuteMs = 60_000;
const daysOf = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
// The zones of RFC 822, and those of feeds that know no better.
const zones: Readonly<Record<string, number>> = {
  z: 0, gmt: 0, ut: 0, utc: 0, wet: 0, bst: 1, cet: 1, cest: 2, eet: 2, eest: 3, msk: 3, ist: 5.5,
  hkt: 8, sgt: 8, jst: 9, kst: 9, aest: 10, nzst: 12,
  est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7,
}; // prettier-ignore

const clock = '(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:[.,]\\d+)?)?';
// Wed, 18 Mar 2026 09:00:00 +0800
const mail = new RegExp(
  `^(?:[^\\d\\s]+\\s+)?(\\d{1,2})[\\s-]+([a-z]{3,9})\\.?,?[\\s-]+(\\d{2,4})(?:,?\\s+${clock})?\\s*(.*)$`,
  'i',
);
// 2026-03-18T09:00:00+08:00, 2026-03-18 09:00, 2026/3/18, 2026年3月18日 9:00, 2026-03
const iso = new RegExp(
  `^(\\d{4})(?:[-/.年](\\d{1,2})(?:[-/.月](\\d{1,2})日?)?月?)?年?(?:(?:t|\\s+|(?<=日))${clock})?\\s*(.*)$`,
  'i',
);
// 03/17/2026 10:00 AM; which of two small numbers is the month nobody knows.
const american = new RegExp(`^(\\d{1,2})/(\\d{1,2})/(\\d{4})(?:,?\\s+${clock})?\\s*(.*)$`, 'i');
// 20260318T090000Z
const compact = /^(\d{4})(\d\d)(\d\d)(?:t?(\d\d)(\d\d)(\d\d)?)?\s*(.*)$/i;
// Wed Mar 18 09:00:00 CST 2026, Wed Mar 18 09:00:00 2026
const unix = new RegExp(
  `^[a-z]{3,9},?\\s+([a-z]{3,9})\\s+(\\d{1,2})\\s+${clock}\\s+(?:([^\\d\\s]\\S*)\\s+)?(\\d{4})$`,
  'i',
);
// Wed Mar 18 2026 09:00:00 GMT+0800 (中国标准时间), March 18, 2026 9:00
const script = new RegExp(
  `^(?:[a-z]{3,9},?\\s+)?([a-z]{3,9})\\s+(\\d{1,2}),?\\s+(\\d{4})(?:,?\\s+${clock})?\\s*(.*)$`,
  'i',
);

/** Reads a date of any of the forms that feeds have; null where it is none. */
export function readFeedDate(source: string): FeedDate | null {
  const text = source
    .trim()
    .slice(0, 100)
    .replace(/\s*(?:\([^()]*\)|\[[^[\]]*\])$/, '');
  let found = unix.exec(text);
  if (found !== null) {
    const [, month, day, hour, minute, second, zone, year] = found;
    // Java writes its local zone, and where a feed has Java's form CST is China's.
    const meant = zone?.toUpperCase() === 'CST' ? '+0800' : zone;
    return dateOf([year, monthOf(month), day, hour, minute, second], meant);
  }
  found = script.exec(text);
  if (found !== null) {
    const [, month, day, year, hour, minute, second, zone] = found;
    return dateOf([year, monthOf(month), day, hour, minute, second], zone);
  }
  found = mail.exec(text.replace(/^[^\d\s]+,/, (weekday) => `${weekday} `));
  if (found !== null) {
    const [, day, month, year = '', hour, minute, second, zone] = found;
    return dateOf([fullYear(year), monthOf(month), day, hour, minute, second], zone);
  }
  if (/^\d{10}$|^\d{13}$/.test(text)) return { faceMs: Number(text.padEnd(13, '0')), offsetMs: 0 };
  found = american.exec(text);
  if (found !== null) {
    const [, month, day, year, hour, minute, second, zone] = found;
    return Number(day) > 12 ? dateOf([year, month, day, hour, minute, second], zone) : null;
  }
  found = compact.exec(text) ?? iso.exec(text);
  if (found === null) return null;
  const [, year, month = '1', day = '1', hour, minute, second, zone = ''] = found;
  // 2026-W12-2, 2026-076: what is left is a part of the date, which is none that we know.
  const isZone = found[3] !== undefined && offsetOf(zone) !== null;
  if (hour === undefined && !isZone && /^-?w?\d|^[-/.]/i.test(zone)) return null;
  return dateOf([year, month, day, hour, minute, second], zone);
}

function dateOf(parts: readonly (string | undefined)[], behind: string | undefined): FeedDate | null {
  const [year = 0, month = 0, day = 0, shown = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
  const [, half, zone] = /^(?:([ap])\.?m\.?(?![a-z]))?\s*(.*)$/i.exec(behind ?? '') ?? [];
  if (half !== undefined && (shown < 1 || shown > 12)) return null;
  const hour = half === undefined ? shown : (shown % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && isLeap ? 29 : (daysOf[month - 1] ?? 0);
  if (year < 1000 || day < 1 || day > days || hour > 24 || minute > 59 || second > 60) return null;
  // The end of a day, as ISO 8601 has it.
  if (hour === 24 && (minute > 0 || second > 0)) return null;
  const faceMs = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59));
  return { faceMs, offsetMs: offsetOf(zone ?? '') };
}

// What stands behind a time and is no zone says nothing.
function offsetOf(zone: string): number | null {
  const text = zone.trim().toLowerCase();
  const named = zones[text];
  if (named !== undefined) return named * 60 * minuteMs;
  const [, sign, hours = '', minutes = '0'] =
    /^(?:gmt|utc)?\s*([+-])(\d{1,2}):?(\d\d)?(?:\s+[a-z]{1,5})?$/.exec(text) ?? [];
  if (sign === undefined || Number(hours) > 14 || Number(minutes) > 59) return null;
  return (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) * minuteMs;
}

function monthOf(name = ''): string {
  return String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

// RFC 2822, 4.3.
function fullYear(year: string): string {
  if (year.length === 4) return year;
  return String(Number(year) + (year.length === 2 && Number(year) < 50 ? 2000 : 1900));
}
