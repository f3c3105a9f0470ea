import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSchedule } from '../../src/schedule/cron-expression.ts';
import { scheduleInWords } from '../../src/schedule/words.ts';
import { anySchedule } from './arbitrary-schedule.ts';

test.each([
  ['7 * * * *', 'At 7 minutes past the hour'],
  ['17 */6 * * *', 'At 17 minutes past the hour, every 6 hours'],
  ['40 15 * * *', 'At 15:40'],
  ['5 9 * jan,JUL sun', 'At 09:05, only on Sunday, only in January and July'],
  ['0 0 * * 0-7', 'At 00:00, Sunday through Saturday'],
  ['0 0 * * 0-7/2', 'At 00:00, every 2 days of the week, Sunday through Sunday'],
  ['0 0 13 * 5', 'At 00:00, on day 13 of the month, and on Friday (a day that fits either is enough)'],
  ['0 0 */2 * 1', 'At 00:00, every 2 days in a month, only on Monday (only days that fit both)'],
])('%s is said as %j', (text, words) => {
  expect(scheduleInWords(parseSchedule(text))).toBe(words);
});

test('has words for every schedule', () => {
  fc.assert(
    fc.property(anySchedule, (schedule) => {
      expect(scheduleInWords(schedule)).toMatch(/^[ -~]{5,}$/);
    }),
  );
});
