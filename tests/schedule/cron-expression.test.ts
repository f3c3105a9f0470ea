import { Cron } from 'croner';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSchedule, ScheduleError } from '../../src/schedule/cron-expression.ts';
import { anySchedule } from './arbitrary-schedule.ts';

test('keeps the five fields as written and puts single spaces between them', () => {
  const schedule = parseSchedule('  07\t*/6   1,15  JAN,jul  Sun ');

  expect(schedule).toEqual({
    text: '07 */6 1,15 JAN,jul Sun',
    minute: '07',
    hour: '*/6',
    dayOfMonth: '1,15',
    month: 'JAN,jul',
    dayOfWeek: 'Sun',
  });
});

test.each([
  '* * * * *',
  '0-59/7 0-23 1-31 1-12 0-7',
  '*/20,5 * * * *',
  '5-5 * * * *',
  '*/59 */23 */31 */12 */7',
  '0 0 29 2 *',
  '0 0 31 2 1',
  '0 0 * * 0,7',
  '0 0 * dec mon,FRI',
])('accepts %j', (text) => {
  expect(parseSchedule(text).text).toBe(text);
});

describe('refuses, with the field, what came and what would be right:', () => {
  test.each([
    ['', /five fields.* got none/],
    ['* * * *', /five fields \(minute, hour, .*\), got 4 in "\* \* \* \*"$/],
    ['0 * * * * *', /got 6 .*no seconds/],
    ['@daily', /"@daily" .* write the five fields "0 0 \* \* \*"/],
    ['@reboot', /"@reboot" .* expected five fields/],
    ['@every_minute', /expected five fields/],
    ['H * * * *', /^minute: "H" is not understood by cron, expected \*, a number from 0 to 59/],
    ['0 0 L * *', /^day of the month: "L"/],
    ['0 0 * * 5L', /^day of the week: "5L"/],
    ['0 0 * * mon#2', /^day of the week: "mon#2"/],
    ['0 0 ? * *', /^day of the month: "\?"/],
    ['1~5 * * * *', /^minute: "1~5"/],
    ['*/0 * * * *', /^minute: the step in "\*\/0" is out of range, expected 1 to 59/],
    ['*/60 * * * *', /^minute: the step in "\*\/60" is out of range/],
    ['0 */24 * * *', /^hour: the step .* expected 1 to 23/],
    ['5-1 * * * *', /^minute: the range "5-1" runs backwards, write the smaller number first: 1-5/],
    ['1,,2 * * * *', /^minute: "1,,2" has an empty place between its commas/],
    [',1 * * * *', /^minute: ",1" has an empty place/],
    ['1, * * * *', /^minute: "1," has an empty place/],
    ['*,5 * * * *', /^minute: .* write \* alone/],
    ['60 * * * *', /^minute: "60" is out of range, expected 0 to 59/],
    ['0 24 * * *', /^hour: "24" is out of range/],
    ['0 0 0 * *', /^day of the month: "0" is out of range, expected 1 to 31/],
    ['0 0 * 13 *', /^month: "13"/],
    ['0 0 * * 8', /^day of the week: "8" is out of range, expected 0 to 7/],
    ['007 * * * *', /^minute: "007" .* one or two digits/],
    ['99999999999999999999 * * * *', /^minute: .* out of range/],
    ['*/99999999999999999999 * * * *', /^minute: .* out of range/],
    ['5/10 * * * *', /^minute: the step in "5\/10" needs a range before it, such as 5-59\/10/],
    ['1-2-3 * * * *', /^minute: "1-2-3" is not understood/],
    ['*/2/3 * * * *', /^minute: /],
    ['*-5 * * * *', /^minute: /],
    ['** * * * *', /^minute: /],
    ['+5 * * * *', /^minute: /],
    ['-5 * * * *', /^minute: /],
    ['0 0 * * mon-fri', /^day of the week: "mon-fri" is a range of names, .* 1-5/],
    ['0 0 * * mon/2', /^day of the week: /],
    ['0 0 * * Sunday', /^day of the week: /],
    ['0 0 * jän *', /ASCII/],
    ['0 0 * mon *', /^month: "mon"/],
    ['mon 0 * * *', /^minute: "mon"/],
    ['0 0 * *\n*', /one line of plain ASCII.*\\n/],
    ['0 0 * * *\r', /one line/],
    ['0 0 * * *\0', /one line/],
    ['0 0\u00a0* * *', /plain ASCII/],
    ['０ 0 * * *', /plain ASCII/],
    ['0 0 * * * %', /no "%"/],
    ['0 0 31 2 *', /^day of the month: "31" never comes in month "2".*never run/],
    ['0 0 30,31 feb *', /never run/],
    ['0 0 31 4,6,9,11 *', /never run/],
    ['0 0 31 2 */2', /never run/],
    [`${'1,'.repeat(300)}1 * * * *`, /at most 500 characters/],
  ])('%j', (text, message) => {
    expect(() => parseSchedule(text)).toThrow(ScheduleError);
    expect(() => parseSchedule(text)).toThrow(message);
  });
});

test('says no to any text in one line, quickly, and never with another error', () => {
  const pieces = fc.constantFrom(
    '*',
    '/',
    '-',
    ',',
    ' ',
    '\t',
    '1',
    '5',
    '59',
    '60',
    'mon',
    'jan',
    'L',
    '@',
    '%',
    '\n',
    'é',
    '0 0 ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((list) => list.join('')),
      ),
      (text) => {
        let message: string | undefined;
        try {
          expect(parseSchedule(parseSchedule(text).text).text).not.toMatch(/[^ -~]| {2}/);
        } catch (error) {
          if (!(error instanceof ScheduleError)) throw error;
          message = error.message;
        }
        expect(message ?? '').not.toMatch(/[\n\r]/);
      },
    ),
    { numRuns: 1000 },
  );
});

test('what is accepted, croner accepts, and finds a time for it', () => {
  fc.assert(
    fc.property(anySchedule, ({ text }) => {
      expect(new Cron(text, { mode: '5-part', paused: true }).nextRun(new Date(0))).not.toBeNull();
    }),
  );
});
