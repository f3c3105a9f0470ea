/** One of the five fields of a schedule: what it is called and which values it takes. */
export interface CronField {
  /** As messages call it: `day of the week`. */
  readonly title: string;
  /** Smallest value, inclusive. */
  readonly low: number;
  /** Largest value, inclusive; 7 for the day of the week, which is Sunday once more. */
  readonly high: number;
  /** Three-letter names, the first standing for `low`; empty where cron knows none. */
  readonly names: readonly string[];
}

/** What a field's text came to: the values it selects, or one sentence saying what is wrong with it. */
export type FieldReading =
  | { readonly values: ReadonlySet<number>; readonly problem?: never }
  | { readonly values?: never; readonly problem: string };

/** The five fields in the order a schedule has them. */
export const CRON_FIELDS: readonly CronField[] = [
  { title: 'minute', low: 0, high: 59, names: [] },
  { title: 'hour', low: 0, high: 23, names: [] },
  { title: 'day of the month', low: 1, high: 31, names: [] },
  {
    title: 'month',
    low: 1,
    high: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { title: 'day of the week', low: 0, high: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const ITEM = /^(?:\*|(?<from>\d{1,2})(?:-(?<to>\d{1,2}))?)(?:\/(?<step>\d+))?$/;
const NAME_RANGE = /^(?:[a-z]{3}-[a-z0-9]+|[0-9]+-[a-z]{3})(?:\/\d+)?$/i;

/**
 * Reads one field, such as `1-10/3,45`: a list of `*`, numbers, ranges, steps over either, and names standing alone.
 *
 * This is what vixie cron, cronie and croner all take and take alike; each of them alone takes more.
 */
export function readField(field: CronField, text: string): FieldReading {
  const items = text.split(',');
  const values = new Set<number>();
  for (const item of items) {
    if (item === '')
      return { problem: `${quote(text)} has an empty place between its commas, expected ${shape(field)}` };
    if (item === '*' && items.length > 1) {
      return { problem: `${quote(text)} lists values beside *, which already means all of them; write * alone` };
    }
    const reading = readItem(field, item);
    if (reading.problem !== undefined) return reading;
    for (const value of reading.values) values.add(value);
  }
  return { values };
}

function readItem(field: CronField, item: string): FieldReading {
  const named = field.names.indexOf(item.toLowerCase());
  if (named >= 0) return { values: new Set([named + field.low]) };

  const parts = ITEM.exec(item)?.groups;
  if (parts === undefined) return { problem: notAnItem(field, item) };

  const isStar = parts['from'] === undefined;
  const from = isStar ? field.low : Number(parts['from']);
  const to = parts['to'] === undefined ? (isStar ? field.high : from) : Number(parts['to']);
  if (from < field.low || to > field.high || from > field.high || to < field.low) {
    return { problem: `${quote(item)} is out of range, expected ${field.low} to ${field.high}` };
  }
  if (from > to) {
    return { problem: `the range ${quote(item)} runs backwards, write the smaller number first: ${to}-${from}` };
  }

  const step = parts['step'] === undefined ? 1 : Number(parts['step']);
  if (parts['step'] !== undefined && !isStar && parts['to'] === undefined) {
    return { problem: `the step in ${quote(item)} needs a range before it, such as ${from}-${field.high}/${step}` };
  }
  if (step < 1 || step > field.high) {
    return { problem: `the step in ${quote(item)} is out of range, expected 1 to ${field.high}` };
  }

  const values = new Set<number>();
  for (let value = from; value <= to; value += step) values.add(value);
  return { values };
}

function notAnItem(field: CronField, item: string): string {
  if (field.names.length > 0 && NAME_RANGE.test(item)) {
    return `${quote(item)} is a range of names, which not every cron reads; write it with numbers, such as 1-5`;
  }
  if (/^\d+$/.test(item))
    return `${quote(item)} is out of range, expected ${field.low} to ${field.high}, in one or two digits`;
  return `${quote(item)} is not understood by cron, expected ${shape(field)}`;
}

function shape(field: CronField): string {
  const names = field.names.length > 0 ? `, a name (${field.names[0]})` : '';
  return `*, a number from ${field.low} to ${field.high}${names}, a range (1-5), a step (*/2) or a list of those (1,3)`;
}

/** A piece of somebody's text for a message: quoted, control characters shown as escapes, never long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}
