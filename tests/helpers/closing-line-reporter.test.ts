import { expect, test } from 'vitest';
import { nestedRun } from './nested-run.ts';

test('closes a good run with its counts', async () => {
  const run = await nestedRun('passing');

  expect(run).toMatchObject({ code: 0, lastLine: '1 passed, 0 failed' });
});

test('counts what failed and what was skipped', async () => {
  const run = await nestedRun('mixed');

  expect(run).toMatchObject({ code: 1, lastLine: '1 passed, 1 failed, 1 skipped' });
});

test.each([
  { fixture: 'broken-file', what: 'a file that cannot be loaded', line: '0 passed, 1 failed' },
  { fixture: 'broken-hook', what: "a suite's broken clean-up", line: '1 passed, 1 failed' },
  { fixture: 'stray-error', what: 'an error that no test caught', line: '1 passed, 1 failed' },
  { fixture: 'no-such-file', what: 'a run that finds no test', line: '0 passed, 1 failed' },
])('counts $what as failed', async ({ fixture, line }) => {
  const run = await nestedRun(fixture);

  expect(run).toMatchObject({ code: 1, lastLine: line });
});
