import { expect, test } from 'vitest';
import { duration, settings } from '../../src/core/settings.ts';

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
