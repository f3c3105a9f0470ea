import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { choice, command, duration, mappings, settings } from '../../src/core/settings.ts';

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
