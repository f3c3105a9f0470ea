import { Cron } from 'croner';
import { IANAZone } from 'luxon';
import { mustFitBothDays, type Schedule, ScheduleError } from './cron-expression.ts';

/*
 * Debian's cron keeps a clock of its own in minutes of local time and compares it with the wall's (cron(8), "less than 3 hours"):
 * - a schedule whose minute or hour begins with a star follows the wall: it misses a skipped hour and runs twice in a repeated one;
 * - any other runs once for each of its times: those in a skipped hour right after the jump, those in a repeated hour only the first time;
 * - a jump of more than three hours is a correction: everybody follows the wall.
 * Libraries differ from that and from each other, so croner only finds the next time on a wall without jumps, and the jumps are ours.
 * Minutes throughout: of the epoch for instants, of "the epoch, had it been local" for the wall.
 */
interface CronClock {
  /** The first matching minute of the wall at or after the given one. */
  readonly nextOnWall: (wallMinute: number) => number | null;
  /** Minutes to add to an instant to get the wall's time. */
  readonly offsetAt: (minute: number) => number;
  readonly followsWall: boolean;
}

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;
const LARGEST_JUMP = 3 * HOUR;
/** Zones change at most once in such a time, and never by more than half of it. */
const LOOK_AHEAD = 2 * DAY;
/** 29 February on a given weekday can be 40 years off where a century has no leap day. */
const LONGEST_WAIT = 41 * 366 * DAY;
/** The years 1900 and 2889: before them offsets are no whole minutes, after them croner gives up. */
const FIRST_EPOCH_MS = -2.2e12;
const LAST_EPOCH_MS = 2.9e13;

/**
 * The first instant strictly after `afterEpochMs` at which Debian's cron starts a job of this schedule.
 *
 * @param zone the IANA zone that cron runs in (see `systemZone`), not the blog's.
 * @returns epoch milliseconds at the start of a minute, or null where no year left has such a day.
 * @throws {ScheduleError} for a zone that nobody knows, {RangeError} for an instant out of bounds.
 */
export function nextRun(schedule: Schedule, afterEpochMs: number, zone: string): number | null {
  return toEpochMs(firstRun(cronClock(schedule, zone), toMinute(afterEpochMs) + 1));
}

/**
 * The last instant at or before `atOrBeforeEpochMs` at which Debian's cron starts a job of this schedule: the slot that a run belongs to.
 *
 * Parameters, result and errors are those of `nextRun`.
 */
export function previousRun(schedule: Schedule, atOrBeforeEpochMs: number, zone: string): number | null {
  const clock = cronClock(schedule, zone);
  const latest = toMinute(atOrBeforeEpochMs);
  for (let span = HOUR; span < 8 * LONGEST_WAIT; span *= 8) {
    const run = firstRun(clock, latest - span);
    if (run !== null && run <= latest) return toEpochMs(lastRunUpTo(clock, run, latest));
  }
  return null;
}

function cronClock(schedule: Schedule, zone: string): CronClock {
  const known = IANAZone.create(zone);
  if (!known.isValid) {
    throw new ScheduleError(`"${zone}" is no time zone, expected a name such as Asia/Shanghai or UTC`);
  }
  const cron = new Cron(schedule.text, {
    mode: '5-part',
    utcOffset: 0,
    paused: true,
    domAndDow: mustFitBothDays(schedule),
  });
  return {
    nextOnWall: (wallMinute) => {
      const next = cron.nextRun(new Date(wallMinute * MINUTE_MS - 1));
      return next === null ? null : next.getTime() / MINUTE_MS;
    },
    offsetAt: (minute) => Math.trunc(known.offset(minute * MINUTE_MS)),
    followsWall: schedule.minute.startsWith('*') || schedule.hour.startsWith('*'),
  };
}

function firstRun(clock: CronClock, fromMinute: number): number | null {
  let minute = fromMinute;
  for (;;) {
    if (catchesUpAt(clock, minute)) return minute;
    const offset = clock.offsetAt(minute);
    const match = clock.nextOnWall(Math.max(minute + offset, endOfRepeat(clock, minute)));
    if (match === null) return null;
    const run = match - offset;
    const horizon = Math.min(run, minute + LOOK_AHEAD);
    const change = firstChange(clock, minute, horizon);
    if (change === null && horizon === run) return run;
    // Nothing can match between the horizon and the match: no jump is as long as what is looked at on either side.
    minute = change ?? Math.max(horizon, run - LOOK_AHEAD);
  }
}

/** Halves the time between a run and the limit until no later run is left in it. */
function lastRunUpTo(clock: CronClock, firstKnown: number, latest: number): number {
  let run = firstKnown;
  let end = latest;
  while (run < end) {
    const middle = run + Math.ceil((end - run) / 2);
    const later = firstRun(clock, middle);
    if (later !== null && later <= latest) run = later;
    else end = middle - 1;
  }
  return run;
}

/** Whether the wall has just jumped forward over a time of this schedule, which cron then makes up for. */
function catchesUpAt(clock: CronClock, minute: number): boolean {
  if (clock.followsWall) return false;
  const offset = clock.offsetAt(minute);
  const before = clock.offsetAt(minute - 1);
  if (before >= offset || offset - before >= LARGEST_JUMP) return false;
  const match = clock.nextOnWall(minute + before);
  return match !== null && match < minute + offset;
}

/** The wall's minute up to which times have had their run before the clock went back; -Infinity where it did not. */
function endOfRepeat(clock: CronClock, minute: number): number {
  if (clock.followsWall) return -Infinity;
  const earlier = minute - LARGEST_JUMP;
  const change = firstChange(clock, earlier, minute);
  if (change === null) return -Infinity;
  const jumpBack = clock.offsetAt(earlier) - clock.offsetAt(change);
  return jumpBack > LARGEST_JUMP ? -Infinity : change + clock.offsetAt(earlier);
}

/** The first minute after `from`, up to `to` inclusive, at which the zone has another offset than at `from`. */
function firstChange(clock: CronClock, from: number, to: number): number | null {
  const offset = clock.offsetAt(from);
  if (to <= from || clock.offsetAt(to) === offset) return null;
  let same = from;
  let changed = to;
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (clock.offsetAt(middle) === offset) same = middle;
    else changed = middle;
  }
  return changed;
}

function toMinute(epochMs: number): number {
  if (!(epochMs >= FIRST_EPOCH_MS && epochMs <= LAST_EPOCH_MS))
    throw new RangeError(`${epochMs} is no instant that cron can be asked about`);
  return Math.floor(epochMs / MINUTE_MS);
}

function toEpochMs(minute: number | null): number | null {
  return minute === null ? null : minute * MINUTE_MS;
}
