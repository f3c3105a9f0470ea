import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { command, growingNumbers, hoursOfDay } from '../../src/core/settings-forms.ts';
import {
  choice,
  duration,
  mappings,
  optionalInteger,
  optionalText,
  secret,
  secretNames,
  secretsIn,
  settings,
  webAddress,
} from '../../src/core/settings.ts';

const schema = settings({ age: duration('an age', { default: '1d', least: '1s' }) });

test.each([
  ['soon', 'expected a length of time such as 45m'],
  ['-3d', 'expected a length of time such as 45m'],
  ['0s', 'expected a length of time of at least 1s'],
  ['999999999d', 'expected a length of time of at most 100000d'],
])('says of the length of time %s what would be right', (age, message) => {
  const checked = schema.safeParse({ age });

  expect(checked.error?.issues.map((issue) => issue.message)).toEqual([message]);
});

test('takes the default where nothing is given', () => {
  expect(schema.parse({})).toEqual({ age: { ms: 86_400_000, text: '1d' } });
});

test('takes a 0 without a unit, also as a number, where no time at all is allowed', () => {
  const wait = settings({ wait: duration('a wait', { default: '1d' }) });

  for (const none of ['0', 0]) expect(wait.parse({ wait: none })).toEqual({ wait: { ms: 0, text: '0' } });
  expect(wait.safeParse({ wait: 5 }).error?.issues[0]?.message).toBe('expected a length of time such as 45m');
  expect(schema.safeParse({ age: 0 }).error?.issues[0]?.message).toBe('expected a length of time of at least 1s');
});

const programs = settings({ hook: command('a program') });

test('takes a program and its arguments, or none', () => {
  expect(programs.parse({})).toEqual({ hook: [] });
  expect(programs.parse({ hook: ['/opt/index.sh', '--now', 3, ''] })).toEqual({
    hook: ['/opt/index.sh', '--now', '3', ''],
  });
});

test.each([
  ['/opt/index.sh --now', 'expected a list of a program and its arguments, such as [/opt/index.sh, --now]'],
  [[''], 'expected the path of a program in the first place'],
  [[' ', 'x'], 'expected the path of a program in the first place'],
  [['/bin/a', 'b\0c'], 'expected words without a NUL character'],
  [[['/bin/a']], 'expected a text or a whole number'],
])('says of the program %j what would be right', (hook, message) => {
  const checked = programs.safeParse({ hook });

  expect(checked.error?.issues.map((issue) => issue.message)).toEqual([message]);
});

const forms = settings({
  token: secret('a token'),
  key: optionalText('a key', { placeholder: 'key', form: { pattern: /^[a-z]{3}$/, expected: 'three letters' } }),
  most: optionalInteger('how many', { min: 1, max: 9 }),
  place: webAddress('where'),
  usual: webAddress('where else', { default: 'https://a.example/b' }),
});

test('knows which settings are secrets, and their values', () => {
  expect(secretNames(forms)).toEqual(['token']);
  expect(secretsIn(forms, { token: 'geheim', key: 'abc' })).toEqual(['geheim']);
  expect(secretsIn(forms, {})).toEqual([]);
});

test('takes what need not be given', () => {
  expect(forms.parse({})).toEqual({ usual: 'https://a.example/b' });
  expect(
    forms.parse({ token: 't', key: 'abc', most: 9, place: 'http://[::1]:8080', usual: 'https://中文.example/x' }),
  ).toEqual({
    token: 't',
    key: 'abc',
    most: 9,
    place: 'http://[::1]:8080',
    usual: 'https://中文.example/x',
  });
});

const anAddress = 'expected an address such as https://example.com/path, without a password, ? or #';

test.each([
  [{ token: '' }, 'expected a text that is not empty'],
  [{ token: 5 }, 'expected a text'],
  [{ key: 'abcd' }, 'expected three letters'],
  [{ most: 0 }, 'expected a whole number from 1 to 9'],
  [{ place: 'example.com' }, anAddress],
  [{ place: 'ftp://example.com' }, anAddress],
  [{ place: 'https://example.com/?token=x' }, anAddress],
  [{ place: 'https://u:p@example.com/' }, anAddress],
  [{ usual: 'https://' }, anAddress],
  [{ usual: 'https://exa mple.com' }, anAddress],
])('says of %j what would be right', (values, message) => {
  expect(forms.safeParse(values).error?.issues.map((issue) => issue.message)).toEqual([message]);
});

const alarms = settings({
  steps: growingNumbers('steps', { default: [1, 10], min: 1, max: 1000, placeholder: 'minutes' }),
  quiet: hoursOfDay('hours'),
});

test('takes numbers that grow, from the file or from the command line', () => {
  expect(alarms.parse({})).toEqual({ steps: [1, 10] });
  expect(alarms.parse({ steps: [5] }).steps).toEqual([5]);
  expect(alarms.parse({ steps: ['5', '60'] }).steps).toEqual([5, 60]);
});

test.each([[[]], [[0]], [[1001]], [[10, 1]], [[5, 5]], [['5m']], [[1.5]], ['5'], [[null]]])(
  'says of the steps %j what would be right',
  (steps) => {
    const checked = alarms.safeParse({ steps });

    expect(checked.error?.issues.map((issue) => issue.message)).toEqual([
      'expected a list of whole numbers from 1 to 1000, each more than the one before',
    ]);
  },
);

test('takes hours of the day, or none', () => {
  expect(alarms.parse({}).quiet).toBeUndefined();
  expect(alarms.parse({ quiet: '23:00-07:00' }).quiet).toMatchObject({ fromMinute: 1380, toMinute: 420 });
  expect(alarms.safeParse({ quiet: 'at night' }).error?.issues.map((issue) => issue.message)).toEqual([
    'expected hours such as 23:00-07:00',
  ]);
});

const words = settings({
  compat: choice('as somebody else', { values: ['izone', 'other'] }),
  pages: mappings('which pages', z.strictObject({ page: z.string('expected a text') })),
});

test('takes one of a few words, and a list of mappings; or none', () => {
  expect(words.parse({})).toEqual({ pages: [] });
  expect(words.parse({ compat: 'izone', pages: [{ page: 'x' }] })).toEqual({ compat: 'izone', pages: [{ page: 'x' }] });
});

test.each([
  [{ compat: 'isone' }, 'expected izone or other'],
  [{ pages: 'x' }, 'expected a list'],
  [{ pages: [{ page: 7 }] }, 'expected a text'],
])('says of %j what would be right', (given, message) => {
  const checked = words.safeParse(given);

  expect(checked.error?.issues.map((issue) => issue.message)).toEqual([message]);
});
