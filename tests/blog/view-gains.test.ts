import { describe, expect, test } from 'vitest';
import { zoneOffsetOf } from '../../src/blog/time.ts';
import { hourAt, hoursSince, spread } from '../../src/blog/view-gains.ts';

const iso = (hour: number): string => new Date(hour * 60_000).toISOString().slice(0, 16);
const since = (zone: string, from: string, to: string): string[] =>
  hoursSince(Date.parse(from), Date.parse(to), (ms) => zoneOffsetOf(zone, ms)).map(iso);

describe('the hours that a count closes', () => {
  test.each([
    ['the same hour', '2026-03-18T14:05:00Z', '2026-03-18T14:59:59Z', ['2026-03-18T14:00']],
    ['the next hour', '2026-03-18T14:57:00Z', '2026-03-18T15:02:00Z', ['2026-03-18T15:00']],
    ['a clock that was set back', '2026-03-18T14:57:00Z', '2026-03-18T11:02:00Z', ['2026-03-18T11:00']],
    [
      'a gap',
      '2026-03-18T21:57:00Z',
      '2026-03-19T00:02:00Z',
      ['2026-03-18T22:00', '2026-03-18T23:00', '2026-03-19T00:00'],
    ],
  ])('%s', (_, from, to, hours) => {
    expect(since('UTC', from, to)).toEqual(hours);
  });

  test('are those of the clock on the wall where the zone is half an hour off', () => {
    expect(since('Asia/Kolkata', '2026-03-18T10:00:00Z', '2026-03-18T11:40:00Z')).toEqual([
      '2026-03-18T10:30',
      '2026-03-18T11:30',
    ]);
  });

  test.each([
    ['forward', '2026-03-29T00:30:00Z', '2026-03-29T02:30:00Z', ['2026-03-29T01:00', '2026-03-29T02:00']],
    ['back', '2026-10-24T23:30:00Z', '2026-10-25T01:30:00Z', ['2026-10-25T00:00', '2026-10-25T01:00']],
  ])('are as many as passed where clocks go %s', (_, from, to, hours) => {
    expect(since('Europe/Berlin', from, to)).toEqual(hours);
  });

  test('are those of the clock, each once, where clocks move by half an hour', () => {
    const hours = since('Australia/Lord_Howe', '2026-04-04T12:10:00Z', '2026-04-04T18:10:00Z');

    // From 23:10 over 01:59, which is followed by 01:30, to 04:40.
    expect(hours).toHaveLength(5);
    expect(new Set(hours).size).toBe(5);
  });
});

test('an hour before 1970 begins before it', () => {
  expect(hourAt(-1, 0)).toBe(-60);
});

describe('spreading', () => {
  const sums = (shares: ReadonlyMap<number, readonly { views: number }[]>): number[] =>
    [...shares.values()].map((hour) => hour.reduce((sum, { views }) => sum + views, 0));

  test('keeps the sum of each item', () => {
    const shares = spread([{ kind: 'article', item: '7', views: 17 }], [10, 70, 130, 190, 250]);

    expect(sums(shares).toSorted((one, other) => one - other)).toEqual([3, 3, 3, 4, 4]);
  });

  test('gives single views of many articles to all hours in turn', () => {
    const gains = Array.from(
      { length: 60 },
      (_, index) => ({ kind: 'article', item: String(index), views: 1 }) as const,
    );

    expect(sums(spread(gains, [0, 60, 120]))).toEqual([20, 20, 20]);
  });
});
