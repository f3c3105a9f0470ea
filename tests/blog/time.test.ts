import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import {
  convertMoment,
  createBlogTime,
  dateStamp,
  isMoment,
  isSameMoment,
  isZone,
  zoneOffsetOf,
} from '../../src/blog/time.ts';

const zones = [
  'UTC',
  'Asia/Shanghai',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Europe/Dublin',
  'Pacific/Apia',
  'Pacific/Kiritimati',
];
const epochMs = fc.integer({ min: Date.UTC(1972, 0, 1), max: Date.UTC(2100, 0, 1) });
const timeIn = (zone: string) => createBlogTime(zone, () => 0);

describe.each(zones)('the time of a blog in %s', (zone) => {
  test('is written as luxon writes it', () => {
    fc.assert(
      fc.property(epochMs, (ms) => {
        const luxon = DateTime.fromMillis(ms, { zone });
        const expected = luxon.toFormat(
          luxon.millisecond === 0 ? 'yyyy-MM-dd HH:mm:ss' : "yyyy-MM-dd HH:mm:ss.SSS'000'",
        );

        expect(timeIn(zone).fromEpochMs(ms)).toBe(expected);
      }),
    );
  });

  test('is read back to the same text, and to the same instant where the text means one alone', () => {
    fc.assert(
      fc.property(epochMs, (ms) => {
        const time = timeIn(zone);
        const text = time.fromEpochMs(ms);

        expect(time.fromEpochMs(time.toEpochMs(text))).toBe(text);
        if (DateTime.fromMillis(ms, { zone }).getPossibleOffsets().length === 1) expect(time.toEpochMs(text)).toBe(ms);
      }),
    );
  });

  test('is ahead of UTC by as much as luxon says, also before zones were made', () => {
    const any = fc.integer({ min: Date.UTC(1850, 0, 1), max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(any, (ms) => {
        const whole = Math.floor(ms / 1000) * 1000;
        const minutes = DateTime.fromMillis(whole, { zone }).offset;

        expect(Math.abs(zoneOffsetOf(zone, whole) / 60_000 - minutes)).toBeLessThan(1);
      }),
    );
  });

  test('reads the offset that PostgreSQL puts behind it, whatever the zone', () => {
    fc.assert(
      fc.property(epochMs, fc.constantFrom('+00', '+08', '-05', '+05:45', '-02:30', '+1030', 'Z'), (ms, suffix) => {
        const offset = suffix === 'Z' ? 'UTC' : `UTC${suffix.replace('1030', '10:30')}`;
        const text = DateTime.fromMillis(ms, { zone: offset }).toFormat('yyyy-MM-dd HH:mm:ss.SSS');

        expect(timeIn(zone).toEpochMs(text + suffix)).toBe(ms);
      }),
    );
  });
});

describe('around a change of the clocks', () => {
  // What PEP 495, and so Django, says of naive times: of two the first; in the gap, the offset from before it.
  test.each([
    ['America/New_York', '2026-03-08 01:59:59', '2026-03-08T06:59:59Z'],
    ['America/New_York', '2026-03-08 02:30:00', '2026-03-08T07:30:00Z'],
    ['America/New_York', '2026-03-08 03:00:00', '2026-03-08T07:00:00Z'],
    ['America/New_York', '2026-11-01 00:59:59', '2026-11-01T04:59:59Z'],
    ['America/New_York', '2026-11-01 01:30:00', '2026-11-01T05:30:00Z'],
    ['America/New_York', '2026-11-01 02:00:00', '2026-11-01T07:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-04 01:59:59', '2026-10-03T15:29:59Z'],
    ['Australia/Lord_Howe', '2026-10-04 02:15:00', '2026-10-03T15:45:00Z'],
    ['Australia/Lord_Howe', '2026-10-04 02:30:00', '2026-10-03T15:30:00Z'],
    ['Australia/Lord_Howe', '2026-04-05 01:45:00', '2026-04-04T14:45:00Z'],
    ['Australia/Lord_Howe', '2026-04-05 02:00:00', '2026-04-04T15:30:00Z'],
    ['Europe/Berlin', '2026-03-29 02:30:00', '2026-03-29T01:30:00Z'],
    ['Europe/Berlin', '2026-10-25 02:30:00', '2026-10-25T00:30:00Z'],
    ['Pacific/Apia', '2011-12-30 12:00:00', '2011-12-30T22:00:00Z'],
    ['Asia/Shanghai', '1991-09-15 00:30:00', '1991-09-14T15:30:00Z'],
  ])('%s %s is %s', (zone, text, instant) => {
    expect(new Date(timeIn(zone).toEpochMs(text)).toISOString()).toBe(instant.replace('Z', '.000Z'));
  });
});

describe('the second time of an hour that comes twice', () => {
  test.each([
    ['Europe/Berlin', '2026-10-25 01:59:59', '2026-10-24T23:59:59Z'],
    ['Europe/Berlin', '2026-10-25 02:00:00', '2026-10-25T01:00:00Z'],
    ['Europe/Berlin', '2026-10-25 02:59:59.5', '2026-10-25T01:59:59.500Z'],
    ['Europe/Berlin', '2026-10-25 03:00:00', '2026-10-25T02:00:00Z'],
    ['Europe/Berlin', '2026-10-24 12:00:00', '2026-10-24T10:00:00Z'],
    ['Europe/Berlin', '2026-10-25 02:30:00+02', '2026-10-25T00:30:00Z'],
    ['Europe/Berlin', '2026-10-25 02:30:00+01:00', '2026-10-25T01:30:00Z'],
    ['Europe/Berlin', '2026-03-29 02:30:00', '2026-03-29T01:30:00Z'],
    ['Australia/Lord_Howe', '2026-04-05 01:45:00', '2026-04-04T15:15:00Z'],
    ['America/New_York', '2026-11-01 01:30:00', '2026-11-01T06:30:00Z'],
    ['Asia/Shanghai', '2026-03-18 14:05:09', '2026-03-18T06:05:09Z'],
    ['UTC', '2026-10-25 02:30:00', '2026-10-25T02:30:00Z'],
  ])('%s %s is %s', (zone, text, instant) => {
    expect(new Date(timeIn(zone).toSecondEpochMs(text)).toISOString()).toBe(new Date(instant).toISOString());
  });
});

describe("a column's text", () => {
  test.each([
    ['2026-03-18 14:05:09', '2026-03-18T06:05:09.000Z'],
    ['2026-03-18 14:05:09.5', '2026-03-18T06:05:09.500Z'],
    ['2026-03-18 14:05:09.050081', '2026-03-18T06:05:09.050Z'],
    ['2026-03-18 14:05:09.999999', '2026-03-18T06:05:09.999Z'],
    ['2026-03-18 14:05:09.000000', '2026-03-18T06:05:09.000Z'],
    ['2026-03-18T14:05:09', '2026-03-18T06:05:09.000Z'],
    ['2026-03-18 14:05', '2026-03-18T06:05:00.000Z'],
    ['2024-02-29 00:00:00', '2024-02-28T16:00:00.000Z'],
    ['1900-01-01 00:00:00+08:05:43', '1899-12-31T15:54:17.000Z'],
    ['0099-01-01 08:00:00+08', '0099-01-01T00:00:00.000Z'],
  ])('%s in Shanghai is %s', (text, instant) => {
    expect(isMoment(text)).toBe(true);
    expect(new Date(timeIn('Asia/Shanghai').toEpochMs(text)).toISOString()).toBe(instant);
  });

  test.each(
    [
      ['', 'null', 'now', 'infinity', '-infinity', '0044-03-15 12:00:00+00 BC', '2026-03-18', '18.03.2026 14:05:09'],
      [
        '0000-00-00 00:00:00',
        '2026-00-10 00:00:00',
        '2026-13-01 00:00:00',
        '2026-02-29 00:00:00',
        '2026-04-31 00:00:00',
      ],
      [
        '2026-03-18 24:00:00',
        '2026-03-18 14:60:00',
        '2026-03-18 14:05:60',
        '2026-03-18 14:05:09 Asia/Shanghai',
        '12026-03-18 14:05:09',
      ],
    ].flat(),
  )('%j is no date', (text) => {
    expect(isMoment(text)).toBe(false);
    expect(() => timeIn('UTC').toEpochMs(text)).toThrow(`"${text}" is not a date`);
    expect(() => dateStamp(text)).toThrow('is not a date');
  });

  test('has a stamp that is cut and never rounded', () => {
    expect(dateStamp('2026-03-18 19:05:02.999999+08')).toBe('20260318190502');
    expect(dateStamp('2026-03-18T19:05')).toBe('20260318190500');
  });
});

describe('now', () => {
  const nowMs = Date.parse('2026-03-18T14:05:09.999+08:00');

  test.each([
    ['USE_TZ off: local time of the zone', 'Asia/Shanghai', '2026-03-18 14:05:09'],
    ['USE_TZ on: UTC', 'UTC', '2026-03-18 06:05:09'],
  ])('is to the second. %s', (_, zone, text) => {
    expect(createBlogTime(zone, () => nowMs).now()).toBe(text);
  });
});

test('knows a zone from what is none', () => {
  expect(zones.filter((zone) => !isZone(zone))).toEqual([]);
  expect(['Mars/Olympus', '', 'UTC; drop table'].filter(isZone)).toEqual([]);
});

describe('an age', () => {
  // At 01:00 UTC of 29 March 2026 the clocks of Berlin went on from 02:00 to 03:00.
  test.each([
    ['Europe/Berlin', '2026-03-29T10:00:00.000Z', '2026-03-28 12:00:00'],
    ['UTC', '2026-03-29T10:00:00.000Z', '2026-03-28 10:00:00'],
    ['Europe/Berlin', '2026-03-30T00:30:00.250Z', '2026-03-29 02:30:00.250000'],
    ['Europe/Berlin', '2026-10-25T11:00:00.000Z', '2026-10-24 12:00:00'],
    ['Asia/Shanghai', '2026-03-18T06:05:09.500Z', '2026-03-17 14:05:09.500000'],
  ])('of a day is counted on the face of the clock in %s at %s', (zone, now, expected) => {
    expect(timeIn(zone).ago(Date.parse(now), 86_400_000)).toBe(expected);
  });
});

describe('a moment for another database', () => {
  test.each([
    ['2026-03-18 14:05:09', 'Asia/Shanghai', 'Asia/Shanghai', '2026-03-18 14:05:09'],
    ['2026-03-18 14:05:09.000000', 'Asia/Shanghai', 'Asia/Shanghai', '2026-03-18 14:05:09'],
    ['2026-03-18 14:05:09.05+08', 'Asia/Shanghai', 'Asia/Shanghai', '2026-03-18 14:05:09.050000'],
    ['2026-03-18 14:05:09.050081', 'Asia/Shanghai', 'UTC', '2026-03-18 06:05:09.050081'],
    ['2026-03-18 06:05:09.000001+00', 'UTC', 'Asia/Shanghai', '2026-03-18 14:05:09.000001'],
    ['2026-10-25 02:30:00+01', 'Europe/Berlin', 'Europe/Berlin', '2026-10-25 02:30:00'],
    ['2026-10-25 02:30:00+01', 'Europe/Berlin', 'UTC', '2026-10-25 01:30:00'],
  ])('%s of %s is, for %s, %s', (text, from, to, expected) => {
    expect(convertMoment(text, timeIn(from), timeIn(to))).toBe(expected);
  });

  test.each([
    ['2026-03-18 14:05:09', '2026-03-18 14:05:09.000000', true],
    ['2026-03-18 14:05:09.05+08', '2026-03-18 06:05:09.050000+00', true],
    ['2026-03-18 14:05:09.050001', '2026-03-18 14:05:09.05', false],
    ['2026-03-18 14:05:09', '2026-03-18 14:05:10', false],
  ])('%s and %s: the same is %s', (one, other, expected) => {
    expect(isSameMoment(one, other, timeIn('Asia/Shanghai'))).toBe(expected);
  });
});
