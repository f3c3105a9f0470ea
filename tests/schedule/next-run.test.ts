import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { parseSchedule, ScheduleError } from '../../src/schedule/cron-expression.ts';
import { nextRun, previousRun } from '../../src/schedule/next-run.ts';
import { anySchedule, nightSchedule } from './arbitrary-schedule.ts';
import { vixieRuns } from './vixie-cron.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('the next run of', () => {
  test.each([
    ['17 3 * * *', '2026-11-21T03:16:59.999', 'Asia/Shanghai', '2026-11-21T03:17:00+08:00'],
    ['17 3 * * *', '2026-11-21T03:17:00', 'Asia/Shanghai', '2026-11-22T03:17:00+08:00'],
    ['0 0 29 2 *', '2026-11-21T00:00:00', 'UTC', '2028-02-29T00:00:00Z'],
    ['0 0 29 2 */7', '2088-03-01T00:00:00', 'UTC', '2128-02-29T00:00:00Z'],
    ['0 0 13 * 5', '2026-11-01T00:00:00', 'UTC', '2026-11-06T00:00:00Z'],
    ['0 0 */2 * 1', '2026-11-01T00:00:00', 'UTC', '2026-11-09T00:00:00Z'],
    ['0 0 1 * */2', '2026-11-01T00:00:00', 'UTC', '2026-12-01T00:00:00Z'],
    ['0 0 1-31 * 1', '2026-11-01T00:00:00', 'UTC', '2026-11-02T00:00:00Z'],
    ['0 0 * * 7', '2026-11-21T00:00:00', 'UTC', '2026-11-22T00:00:00Z'],
    // Skipped hour: a fixed time comes right after the jump, a star misses it.
    ['30 2 * * *', '2026-03-08T00:00:00', 'America/New_York', '2026-03-08T03:00:00-04:00'],
    ['30 * * * *', '2026-03-08T01:30:00', 'America/New_York', '2026-03-08T03:30:00-04:00'],
    ['10 2 * * *', '2026-10-04T00:00:00', 'Australia/Lord_Howe', '2026-10-04T02:30:00+11:00'],
    // Repeated hour: a fixed time only the first time, a star both times.
    ['30 1 * * *', '2026-11-01T00:00:00', 'America/New_York', '2026-11-01T01:30:00-04:00'],
    ['30 1 * * *', '2026-11-01T01:30:00-04:00', 'America/New_York', '2026-11-02T01:30:00-05:00'],
    ['30 * * * *', '2026-11-01T01:30:00-04:00', 'America/New_York', '2026-11-01T01:30:00-05:00'],
    // A day that a country left out is a correction of the clock, and nobody catches up.
    ['0 12 30 12 *', '2011-12-01T00:00:00', 'Pacific/Apia', '2012-12-30T12:00:00+14:00'],
  ])('%s after %s in %s is %s', (text, after, zone, expected) => {
    const run = nextRun(parseSchedule(text), DateTime.fromISO(after, { zone }).toMillis(), zone);

    expect(run).toBe(DateTime.fromISO(expected).toMillis());
  });
});

describe('the run before or at', () => {
  test.each([
    ['59 23 * * *', '2026-11-22T00:03:00', 'Asia/Shanghai', '2026-11-21T23:59:00+08:00'],
    ['59 23 * * *', '2026-11-21T23:59:00', 'Asia/Shanghai', '2026-11-21T23:59:00+08:00'],
    ['59 23 * * *', '2026-11-21T23:58:59.999', 'Asia/Shanghai', '2026-11-20T23:59:00+08:00'],
    ['0 0 29 2 */7', '2128-02-28T00:00:00', 'UTC', '2088-02-29T00:00:00Z'],
    ['30 2 * * *', '2026-03-08T03:10:00', 'America/New_York', '2026-03-08T03:00:00-04:00'],
    ['30 1 * * *', '2026-11-01T23:00:00', 'America/New_York', '2026-11-01T01:30:00-04:00'],
    ['30 * * * *', '2026-11-01T02:00:00', 'America/New_York', '2026-11-01T01:30:00-05:00'],
  ])('of %s before %s in %s is %s', (text, at, zone, expected) => {
    const run = previousRun(parseSchedule(text), DateTime.fromISO(at, { zone }).toMillis(), zone);

    expect(run).toBe(DateTime.fromISO(expected).toMillis());
  });
});

test.each([
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Antarctica/Troll', '2026-03-29'],
  ['Antarctica/Troll', '2026-10-25'],
  ['America/St_Johns', '2006-10-29'],
  ['Pacific/Apia', '2011-12-30'],
  ['Asia/Shanghai', '1991-04-14'],
  ['Asia/Pyongyang', '2018-05-05'],
])('does as Debian’s cron through the change of clocks in %s around %s', (zone, day) => {
  const noon = DateTime.fromISO(`${day}T12:00:00`, { zone }).toMillis();
  const [from, to] = [noon - 15 * HOUR, noon - 4 * HOUR];
  fc.assert(
    fc.property(nightSchedule, (schedule) => {
      const expected = vixieRuns(schedule, from, to, zone);

      expect(runsForward(schedule, from, to, zone)).toEqual(expected);
      for (const at of [to, to - 1, noon - 8 * HOUR, noon - 9 * HOUR]) {
        const last = expected.findLast((run) => run <= at);
        if (last !== undefined) expect(previousRun(schedule, at, zone)).toBe(last);
      }
    }),
    { numRuns: 20 },
  );
});

test('does as Debian’s cron for any schedule and time', () => {
  const after = fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2037, 0, 1) });
  const zone = fc.constantFrom('UTC', 'Asia/Shanghai', 'Europe/London', 'America/Sao_Paulo', 'Asia/Kathmandu');
  fc.assert(
    fc.property(anySchedule, after, zone, (schedule, afterEpochMs, name) => {
      const next = nextRun(schedule, afterEpochMs, name) ?? Infinity;
      const until = Math.min(next, afterEpochMs + 3 * DAY);

      const expected = vixieRuns(schedule, afterEpochMs + 1, until, name);

      expect(expected).toEqual(next <= until ? [next] : []);
    }),
    { numRuns: 60 },
  );
});

test('the run before a moment and the run after it have no run between them', () => {
  const at = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2200, 0, 1) });
  fc.assert(
    fc.property(anySchedule, at, fc.constantFrom('America/New_York', 'Asia/Shanghai'), (schedule, epochMs, zone) => {
      const previous = previousRun(schedule, epochMs, zone) ?? NaN;
      const next = nextRun(schedule, epochMs, zone) ?? NaN;

      expect(previous).toBeLessThanOrEqual(epochMs);
      expect(next).toBeGreaterThan(epochMs);
      expect(nextRun(schedule, previous, zone)).toBe(next);
      expect(nextRun(schedule, previous - 1, zone)).toBe(previous);
      expect(previousRun(schedule, next - 1, zone)).toBe(previous);
    }),
    { numRuns: 300 },
  );
});

test('comes to an end at both ends of time', () => {
  const rare = parseSchedule('0 0 29 2 */7');
  const [first, last] = [-2.2e12, 2.9e13];

  expect(nextRun(rare, last, 'UTC')).toBeGreaterThan(last);
  expect(previousRun(rare, last, 'UTC')).toBeLessThan(last);
  expect(nextRun(rare, first, 'UTC')).toBeGreaterThan(first);
  expect(previousRun(rare, first, 'UTC')).toBeLessThan(first);
  for (const beyond of [Number.NaN, Infinity, last + 1, first - 1]) {
    expect(() => nextRun(rare, beyond, 'UTC')).toThrow(RangeError);
    expect(() => previousRun(rare, beyond, 'UTC')).toThrow(RangeError);
  }
});

test('refuses a zone that nobody knows', () => {
  expect(() => nextRun(parseSchedule('* * * * *'), 0, 'Mars/Olympus')).toThrow(ScheduleError);
  expect(() => nextRun(parseSchedule('* * * * *'), 0, 'Mars/Olympus')).toThrow(/"Mars\/Olympus" is no time zone/);
});

function runsForward(schedule: Parameters<typeof nextRun>[0], from: number, to: number, zone: string): number[] {
  const runs: number[] = [];
  for (let at = nextRun(schedule, from - 1, zone); at !== null && at <= to; at = nextRun(schedule, at, zone))
    runs.push(at);
  return runs;
}
