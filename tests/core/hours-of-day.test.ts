import { expect, test } from 'vitest';
import { isWithinHours, parseHoursOfDay } from '../../src/core/hours-of-day.ts';

test.each([
  ['23:00-07:00', 1380, 420],
  ['9:05 - 18:30', 545, 1110],
  ['00:00-24:00', null, null],
  ['22:00-24:00', 1320, 1440],
  ['24:30-07:00', null, null],
  ['07:00-07:00', null, null],
  ['7-9', null, null],
  ['23:00–07:00', null, null],
  ['25:00-07:00', null, null],
])('%s', (text, fromMinute, toMinute) => {
  const expected = fromMinute === null ? null : { fromMinute, toMinute, text };

  expect(parseHoursOfDay(text)).toEqual(expected);
});

test.each([
  ['22:00-24:00', '23:59:59', true],
  ['22:00-24:00', '00:00:00', false],
  ['23:00-07:00', '06:59:59', true],
  ['23:00-07:00', '07:00:00', false],
  ['23:00-07:00', '22:59:59', false],
  ['12:00-13:00', '12:00:00', true],
])('%s has %s in it: %s', (text, clock, expected) => {
  const hours = parseHoursOfDay(text);

  expect(hours !== null && isWithinHours(hours, clock)).toBe(expected);
});
