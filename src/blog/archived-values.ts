import type { ArchivedRow } from '../core/archive.ts';
import type { Dialect } from '../core/database.ts';
import type { ArchivedTable } from './archived-tables.ts';
import { convertMoment, isMoment, isSameMoment, type BlogTime } from './time.ts';

/** A kind of database and the time of the dates in it. */
export interface Form {
  readonly dialect: Dialect;
  readonly time: BlogTime;
}

/** A row for the database it goes to, or a sentence on why it cannot go there. */
export function rowFor(
  row: ArchivedRow,
  { dates }: ArchivedTable,
  from: Form,
  to: Form,
): { readonly row: ArchivedRow } | { readonly problem: string } {
  const converted: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    if (to.dialect === 'postgres' && typeof value === 'string' && value.includes('\0')) {
      return { problem: `its ${name} has a NUL character, which PostgreSQL cannot hold` };
    }
    const isDate = dates.includes(name) && typeof value === 'string';
    if (isDate && !isMoment(value)) {
      if (from.dialect !== to.dialect) return { problem: `its ${name} "${value}" is not a date` };
      converted[name] = value;
    } else if (isDate) {
      // PostgreSQL reads its own offset: that is exact in an hour that comes twice, too.
      const isOwn = from.dialect === 'postgres' && to.dialect === 'postgres';
      converted[name] = isOwn ? value : convertMoment(value, from.time, to.time);
    } else if (typeof value === 'boolean' && to.dialect !== 'postgres') converted[name] = Number(value);
    else converted[name] = value;
  }
  return { row: converted };
}

/** The columns in which a row of the database is not what an archived one, converted for it, says. */
export function differences(
  there: ArchivedRow,
  archived: ArchivedRow,
  { dates }: ArchivedTable,
  { time }: Form,
): string[] {
  return Object.keys(archived).filter((name) => {
    const [own, other] = [there[name], archived[name]];
    if (dates.includes(name) && isDateText(own) && isDateText(other)) return !isSameMoment(own, other, time);
    return comparable(own) !== comparable(other);
  });
}

function isDateText(value: unknown): value is string {
  return typeof value === 'string' && isMoment(value);
}

function comparable(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return String(Number(value));
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
