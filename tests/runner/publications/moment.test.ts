import { describe, expect, test } from 'vitest';
import { zoneOffsetOf } from '../../../src/blog/time.ts';
import { readMoment, withOffset } from '../../../src/runner/publications/moment.ts';

const read = (text: string, zone = 'Asia/Shanghai') => readMoment(text, zone, zoneOffsetOf);
const iso = (text: string, zone?: string): string => new Date(read(text, zone).epochMs).toISOString();

describe('a time that is typed', () => {
  test.each([
    ['2026-12-01 08:00', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T08:00', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01 08:00:09', '2026-12-01T00:00:09.000Z'],
    ['2026-12-01T08:00:09.5', '2026-12-01T00:00:09.500Z'],
    ['2026-12-01T08:00Z', '2026-12-01T08:00:00.000Z'],
    ['2026-12-01T08:00:09.500Z', '2026-12-01T08:00:09.500Z'],
    ['2026-12-01T08:00-05', '2026-12-01T13:00:00.000Z'],
    ['2026-12-01 08:00+0530', '2026-12-01T02:30:00.000Z'],
    ['2028-02-29 00:00', '2028-02-28T16:00:00.000Z'],
  ])('such as %s is %s, in the zone where it has no offset', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  test.each(['', 'tomorrow', '2026-12-01', '08:00', '2026-12-01 8:00', '01.12.2026 08:00', '2026-12-01 08：00', '1e3'])(
    'such as "%s" is refused with what would be right',
    (text) => {
      expect(() => read(text)).toThrow(
        `--at: expected a time of Asia/Shanghai such as "2026-12-01 08:00", or one with an offset such as ` +
          `2026-12-01T08:00+08:00, got "${text}"`,
      );
    },
  );

  test.each(['2026-02-29 08:00', '2026-13-01 08:00', '2026-12-01 24:00', '2026-12-01 08:60', '2026-12-01T08:00+15:00'])(
    'such as %s is no time at all',
    (text) => {
      expect(() => read(text)).toThrow(`--at: there is no such time as "${text}"`);
    },
  );
});

describe('a change of the clocks', () => {
  test.each([
    [
      '2026-03-29 02:30',
      'Europe/Berlin',
      '2026-03-29 02:30 is left out in Europe/Berlin: its clocks go from 2026-03-29 02:00 straight to 2026-03-29 03:00',
    ],
    [
      '2026-10-04 02:15',
      'Australia/Lord_Howe',
      '2026-10-04 02:15 is left out in Australia/Lord_Howe: its clocks go from 2026-10-04 02:00 straight to 2026-10-04 02:30',
    ],
    [
      '2011-12-30 12:00',
      'Pacific/Apia',
      '2011-12-30 12:00 is left out in Pacific/Apia: its clocks go from 2011-12-30 00:00 straight to 2011-12-31 00:00',
    ],
  ])('leaves out %s in %s: it says which times exist', (text, zone, message) => {
    expect(() => read(text, zone)).toThrow(`--at: ${message}; times before the first and from the second on exist`);
  });

  test.each([
    ['2026-03-29 01:59:59', '2026-03-29T00:59:59.000Z'],
    ['2026-03-29 03:00', '2026-03-29T01:00:00.000Z'],
    ['2026-03-29T02:30+01:00', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25 01:59', '2026-10-24T23:59:00.000Z'],
    ['2026-10-25 03:00', '2026-10-25T02:00:00.000Z'],
  ])('leaves %s as it is', (text, expected) => {
    expect(read(text, 'Europe/Berlin').isFirstOfTwo).toBe(false);
    expect(iso(text, 'Europe/Berlin')).toBe(expected);
  });

  test('that brings a time twice: the first is taken, and which that is can be told', () => {
    const moment = read('2026-10-25 02:30', 'Europe/Berlin');

    expect(moment).toEqual({ epochMs: Date.parse('2026-10-25T00:30:00Z'), isFirstOfTwo: true });
    expect(withOffset(moment.epochMs, 'Europe/Berlin', zoneOffsetOf)).toBe('2026-10-25T02:30:00+02:00');
    expect(withOffset(moment.epochMs + 3_600_000, 'Europe/Berlin', zoneOffsetOf)).toBe('2026-10-25T02:30:00+01:00');
    expect(withOffset(0, 'America/St_Johns', zoneOffsetOf)).toBe('1969-12-31T20:30:00-03:30');
  });
});
