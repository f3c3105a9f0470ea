import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durationInWords, formatDuration, parseDuration } from '../../src/core/duration.ts';

describe('reading a length of time', () => {
  test.each([
    ['500ms', 500],
    ['0s', 0],
    ['0', 0],
    ['45s', 45_000],
    ['45m', 2_700_000],
    ['1h30m', 5_400_000],
    ['200d', 17_280_000_000],
    ['2w', 1_209_600_000],
    ['1d1d', 172_800_000],
    ['100000d', 8_640_000_000_000],
  ])('%s is %d ms, and the text is kept', (text, ms) => {
    expect(parseDuration(text)).toEqual({ ms, text });
  });

  test.each([
    '',
    '5',
    '00',
    '01',
    'm',
    '5 m',
    ' 5m',
    '5m ',
    '5m\n',
    '-5m',
    '+5m',
    '1.5h',
    '5M',
    '5min',
    '5y',
    '1h30',
    'soon',
    '５m',
    '100001d',
    '9'.repeat(400) + 'd',
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('writing a length of time', () => {
  test.each([
    [5_400_000, '1h30m'],
    [86_400_000, '1d'],
    [604_800_000, '7d'],
    [90_061_001, '1d1h1m1s1ms'],
    [0, '0s'],
    [-5, '0s'],
    [0.4, '0s'],
    [999.6, '1s'],
  ])('%d ms are %s', (ms, expected) => {
    expect(formatDuration(ms)).toBe(expected);
  });

  test('what is written is read as the same length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8_640_000_000_000 }), (ms) => {
        expect(parseDuration(formatDuration(ms))?.ms).toBe(ms);
      }),
    );
  });
});

test.each([
  [0, '0.0 s'],
  [840, '0.8 s'],
  [9_940, '9.9 s'],
  [12_300, '12 s'],
  [59_400, '59 s'],
  [59_999, '1 min'],
  [60_000, '1 min'],
  [185_000, '3 min 5 s'],
  [3_599_600, '1 h'],
  [7_800_000, '2 h 10 min'],
  [172_740_000, '47 h 59 min'],
  [172_800_000, '2 d'],
  [356_400_000, '4 d 3 h'],
])('%d ms are, in words, %s', (ms, expected) => {
  expect(durationInWords(ms)).toBe(expected);
});

test('no length of time is told as sixty of a unit or as ten of the smallest', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400_000_000 }), (ms) => {
      expect(durationInWords(ms)).not.toMatch(/\b60 (s|min)\b|\b24 h\b(?!.*min)|^10\.0 s/);
    }),
  );
});
