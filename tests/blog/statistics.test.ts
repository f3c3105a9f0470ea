import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, isDay, weekdayOf } from '../../src/blog/days.ts';
import {
  daysNeeded,
  hourStatistics,
  monthStatistics,
  userStatistics,
  weekStatistics,
} from '../../src/blog/statistics.ts';
import type { ViewDay } from '../../src/blog/view-day.ts';

/** A day whose totals end at this number; articles are counted in these hours, pages never move. */
function ending(total: number, hours: Readonly<Record<string, number>> = {}): ViewDay {
  const articleHours = new Map(Object.entries(hours));
  return {
    total,
    articles: total,
    pages: 0,
    byArticle: new Map(),
    byPage: new Map(),
    articleHours,
    pageHours: new Map([...articleHours.keys()].map((hour) => [hour, 0])),
  };
}

describe('the calendar', () => {
  test('goes over months, years and leap days', () => {
    expect([addDays('20260301', -1), addDays('20240228', 1), addDays('20251231', 1)]).toEqual([
      '20260228',
      '20240229',
      '20260101',
    ]);
    expect(daysBetween('20251231', '20260301')).toBe(60);
    expect([weekdayOf('20260316'), weekdayOf('20260322')]).toEqual([0, 6]);
  });

  test.each(['20260230', '2026-03-18', '00000000', '20261301', ''])('has no day %j', (text) => {
    expect(isDay(text)).toBe(false);
  });
});

describe('the week', () => {
  // 2026-03-18 is a Wednesday.
  const days = new Map([
    ['20260309', ending(1000)],
    ['20260310', ending(1100)],
    ['20260311', ending(1300, { '09': 1150, '10': 1180 })],
    ['20260316', ending(2000)],
    ['20260317', ending(2100)],
    ['20260318', ending(2140, { '09': 2120, '10': 2140 })],
    ['20260319', ending(9999)],
  ]);

  test('has a forecast of today that rests on the hour counted last', () => {
    const rows = weekStatistics(days, '20260318');

    // 200 views that day, 80 of them by ten o'clock; 40 today by ten o'clock.
    expect(rows[2]).toEqual(['周三', 40, 200, 100, 80]);
  });

  test('knows nothing of days ahead, nor of days beside a gap', () => {
    const rows = weekStatistics(days, '20260318');

    expect(rows.map(([name, now, before]) => [name, now, before])).toEqual([
      ['周一', '-', '-'],
      ['周二', 100, 100],
      ['周三', 40, 200],
      ['周四', '-', '-'],
      ['周五', '-', '-'],
      ['周六', '-', '-'],
      ['周日', '-', '-'],
    ]);
  });

  test.each([
    ['that day had no view by then', new Map(days).set('20260311', ending(1300, { '10': 1100 })), ['-', 0]],
    ['that day lacks the hour', new Map(days).set('20260311', ending(1300, { '09': 1150 })), ['-', '-']],
    ['today was not counted', new Map([...days].filter(([day]) => day !== '20260318')), ['-', '-']],
  ])('has no forecast where %s', (_, without, forecast) => {
    expect(weekStatistics(without, '20260318')[2]?.slice(3)).toEqual(forecast);
  });

  test('begins with Monday, also on a Sunday', () => {
    const rows = weekStatistics(
      new Map([
        ['20260308', ending(5)],
        ['20260309', ending(9)],
      ]),
      '20260315',
    );

    expect(rows[0]).toEqual(['周一', 4, '-', '-', '-']);
  });
});

test('an hour is what it has more than the one before, midnight more than the evening before', () => {
  const days = new Map([
    ['20260317', ending(50, { '22': 40, '23': 50 })],
    ['20260318', ending(61, { '00': 53, '01': 60, '03': 61 })],
  ]);

  const rows = hourStatistics(days, '20260318');

  expect(rows.slice(0, 4).map(([, articles]) => articles)).toEqual([3, 7, '-', '-']);
  expect(rows[23]).toEqual(['23', '-', '-', 10, 0]);
});

test('a month is 31 days that end with today, and needs the day before them', () => {
  const rows = monthStatistics(
    new Map([
      ['20260216', ending(7)],
      ['20260215', ending(3)],
    ]),
    '20260318',
  );

  expect([rows.length, rows[0], rows[30]]).toEqual([31, ['02-16', 4], ['03-18', '-']]);
  expect(daysNeeded('20260318').at(-1)).toBe('20260215');
});

test('users are summed up by the day on which they joined', () => {
  expect(userStatistics(['2026-01-03', '2025-12-31', '2026-01-03'])).toEqual([
    ['2025-12-31', 1],
    ['2026-01-03', 3],
  ]);
});
