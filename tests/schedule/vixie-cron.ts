import { IANAZone } from 'luxon';
import type { Schedule } from '../../src/schedule/cron-expression.ts';

/*
 * Debian's cron on paper: its matching of a minute and its loop with two clocks (cron.c), minute by minute and with none of our shortcuts.
 */

const MINUTE_MS = 60_000;

/** All instants (epoch ms) from `fromEpochMs` to `toEpochMs`, both inclusive, at which the daemon, running since two days before, starts the job. */
export function vixieRuns(schedule: Schedule, fromEpochMs: number, toEpochMs: number, zone: string): number[] {
  const isWild = schedule.minute.startsWith('*') || schedule.hour.startsWith('*');
  const runs: number[] = [];
  const start = Math.floor(fromEpochMs / MINUTE_MS) - 2 * 24 * 60;
  let virtualTime = start - 1 + offsetMinutes(start - 1, zone);
  for (let now = start; now * MINUTE_MS <= toEpochMs; now += 1) {
    const wall = now + offsetMinutes(now, zone);
    const difference = wall - virtualTime;
    let isStarted: boolean;
    if (difference > 5 && difference <= 180) {
      isStarted = isWild && matches(schedule, wall);
      while (virtualTime < wall) {
        virtualTime += 1;
        isStarted ||= !isWild && matches(schedule, virtualTime);
      }
    } else if (difference <= 0 && difference > -180) {
      isStarted = isWild && matches(schedule, wall);
    } else {
      virtualTime = wall;
      isStarted = matches(schedule, wall);
    }
    if (isStarted && now * MINUTE_MS >= fromEpochMs) runs.push(now * MINUTE_MS);
  }
  return runs;
}

/** Whether a minute of the wall fits the five fields. */
function matches(schedule: Schedule, wallMinute: number): boolean {
  const date = new Date(wallMinute * MINUTE_MS);
  const day = fits(schedule.dayOfMonth, date.getUTCDate(), 1, 31);
  const weekday = date.getUTCDay();
  const isWeekday = fits(schedule.dayOfWeek, weekday, 0, 7) || (weekday === 0 && fits(schedule.dayOfWeek, 7, 0, 7));
  const hasStar = schedule.dayOfMonth.startsWith('*') || schedule.dayOfWeek.startsWith('*');
  return (
    fits(schedule.minute, date.getUTCMinutes(), 0, 59) &&
    fits(schedule.hour, date.getUTCHours(), 0, 23) &&
    fits(schedule.month, date.getUTCMonth() + 1, 1, 12) &&
    (hasStar ? day && isWeekday : day || isWeekday)
  );
}

function fits(field: string, value: number, low: number, high: number): boolean {
  return field.split(',').some((item) => {
    const [span = '', step = '1'] = item.split('/');
    const [from = low, to = span === '*' ? high : from] = span === '*' ? [] : span.split('-').map(Number);
    return value >= from && value <= to && (value - from) % Number(step) === 0;
  });
}

const knownOffsets = new Map<string, number>();

/** Remembered, because the same few days are gone through again and again. */
function offsetMinutes(minute: number, zone: string): number {
  const key = `${zone} ${minute}`;
  const known = knownOffsets.get(key);
  if (known !== undefined) return known;
  const offset = IANAZone.create(zone).offset(minute * MINUTE_MS);
  knownOffsets.set(key, offset);
  return offset;
}
