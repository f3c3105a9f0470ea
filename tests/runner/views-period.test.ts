import { describe, expect, test } from 'vitest';
import { createBlogTime } from '../../src/blog/time.ts';
import { dayPeriod, hourPeriod } from '../../src/runner/views/period.ts';

const now = '2026-03-18 14:05:09';

describe('a period of days', () => {
  test.each([
    [undefined, '20260317', '20260317'],
    ['today', '20260318', '20260318'],
    ['7d', '20260311', '20260317'],
    ['30d', '20260216', '20260317'],
    ['2026-02-28', '20260228', '20260228'],
  ])('%s', (given, from, to) => {
    expect(dayPeriod(given, now)).toEqual({ kind: 'days', from, to });
  });
});

describe('a period of hours', () => {
  test.each([
    ['Asia/Shanghai', '2026-03-18 08:00', '2026-03-18T00:00Z', '2026-03-18T07:00Z'],
    ['Asia/Kolkata', '2026-03-18 08', '2026-03-18T02:30Z', '2026-03-18T06:30Z'],
    ['Europe/Berlin', '2026-03-18', '2026-03-17T23:00Z', '2026-03-18T07:00Z'],
  ])('in %s ends with the hour that it is', (zone, since, from, until) => {
    const time = createBlogTime(zone, () => Date.parse('2026-03-18T14:05:09+08:00'));

    const period = hourPeriod(since, undefined, time);

    expect([period.from, period.until]).toEqual([Date.parse(from) / 60_000, Date.parse(until) / 60_000]);
  });
});
