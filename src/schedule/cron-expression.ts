import { CRON_FIELDS, quote, readField } from './cron-field.ts';

/** A schedule that cron accepts, as `parseSchedule` returns it; never made by hand. */
export interface Schedule {
  /** The five fields, single spaces between them, otherwise as they were written. */
  readonly text: string;
  readonly minute: string;
  readonly hour: string;
  readonly dayOfMonth: string;
  readonly month: string;
  readonly dayOfWeek: string;
}

/** A schedule that cannot be used; the message is one sentence naming the field, what came and what would be right. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}

const MOST_CHARACTERS = 500;
const NONE: ReadonlySet<number> = new Set();
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const WORDS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/**
 * Checks a cron schedule and returns it with single spaces between its five fields.
 *
 * Stricter than any one cron: only what Debian's cron, cronie and croner read, and read alike. Blanks around and between the fields
 * may be spaces or tabs. Names of months and weekdays are taken alone or in lists; both 0 and 7 are Sunday.
 *
 * Busybox's crond is one step behind: it does not know 7, and its star with a step begins at day 0 of the month and so takes the even days.
 *
 * @throws {ScheduleError} for everything else, and for days that no year has, such as `0 0 31 2 *`.
 */
export function parseSchedule(text: string): Schedule {
  refuseStrangeText(text);
  const fields = text.split(/[ \t]+/).filter((field) => field !== '');
  const [minute, hour, dayOfMonth, month, dayOfWeek, ...more] = fields;
  if (
    minute === undefined ||
    hour === undefined ||
    dayOfMonth === undefined ||
    month === undefined ||
    dayOfWeek === undefined ||
    more.length > 0
  ) {
    throw new ScheduleError(wrongCount(text, fields.length));
  }

  const [, , days = NONE, months = NONE] = fields.map(valuesAt);
  const schedule = { text: fields.join(' '), minute, hour, dayOfMonth, month, dayOfWeek };
  if (mustFitBothDays(schedule) && !isInAnyYear(days, months)) {
    throw new ScheduleError(
      `day of the month: ${quote(dayOfMonth)} never comes in month ${quote(month)}, so ${quote(schedule.text)} would never run; expected a day that the month has`,
    );
  }
  return schedule;
}

/**
 * Whether a day must fit both the day of the month and the day of the week.
 *
 * Cron's oddest rule: where both are restricted a day that fits *either* is enough, and a field counts as unrestricted as soon as its first
 * character is a star, so that a star with a step is unrestricted in this respect and still has to match.
 */
export function mustFitBothDays(schedule: Pick<Schedule, 'dayOfMonth' | 'dayOfWeek'>): boolean {
  return schedule.dayOfMonth.startsWith('*') || schedule.dayOfWeek.startsWith('*');
}

function refuseStrangeText(text: string): void {
  if (text.length > MOST_CHARACTERS) {
    throw new ScheduleError(
      `a schedule has at most ${MOST_CHARACTERS} characters, got ${text.length}; use ranges and steps`,
    );
  }
  if (text.includes('%')) {
    throw new ScheduleError(`a schedule has no "%", which ends a line for cron; got ${quote(text)}`);
  }
  if (!/^[\t -~]*$/.test(text)) {
    throw new ScheduleError(`a schedule is one line of plain ASCII, got other characters in ${quote(text)}`);
  }
  const word = text.trim();
  if (!word.startsWith('@')) return;
  const fields = WORDS[word.toLowerCase()];
  throw new ScheduleError(
    fields === undefined
      ? `${quote(word)} is not understood by every cron; expected five fields, such as "30 4 * * *"`
      : `${quote(word)} is not understood by every cron; write the five fields "${fields}"`,
  );
}

function wrongCount(text: string, count: number): string {
  const hint = count === 6 ? '; cron knows no seconds and no years' : '';
  const titles = CRON_FIELDS.map((field) => field.title).join(', ');
  return `a schedule has five fields (${titles}), got ${count === 0 ? 'none' : count} in ${quote(text)}${hint}`;
}

function valuesAt(text: string, index: number): ReadonlySet<number> {
  const field = CRON_FIELDS[index];
  if (field === undefined) throw new RangeError(`there is no field ${index}`);
  const reading = readField(field, text);
  if (reading.problem !== undefined) throw new ScheduleError(`${field.title}: ${reading.problem}`);
  return reading.values;
}

/** Weekdays need no look: in 400 years every date that exists falls on each of the seven. */
function isInAnyYear(days: ReadonlySet<number>, months: ReadonlySet<number>): boolean {
  const earliest = Math.min(...days);
  return [...months].some((month) => earliest <= (LONGEST_MONTHS[month - 1] ?? 0));
}
