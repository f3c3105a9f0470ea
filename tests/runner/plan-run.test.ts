import { describe, expect, test } from 'vitest';
import { defineAction } from '../../src/core/action.ts';
import { UsageError } from '../../src/core/errors.ts';
import { duration, integer, settings, texts, toggle } from '../../src/core/settings.ts';
import type { Config, JobConfig } from '../../src/runner/config/config.ts';
import { findJob, mergeSettings, scheduleOf, timeoutOf } from '../../src/runner/plan-run.ts';

/** An action with this time-out of its own. */
function actionWith(timeout: string) {
  return defineAction({
    summary: 's',
    details: 'd',
    examples: [],
    schedule: '7 * * * *',
    settings: settings({
      olderThan: duration('how old', { default: '30d', least: '1h' }),
      most: integer('how many', { default: 10, min: 1, max: 100 }),
      force: toggle('do it', { default: false }),
      names: texts('which'),
    }),
    uses: [],
    timeout,
    run: async () => ({ summary: '', counts: {} }),
  });
}

const action = actionWith('5m');

/** A job with these settings in its file. */
function job(more: Partial<JobConfig> = {}): JobConfig {
  return { name: 'old', action: 'clean', schedule: undefined, timeout: undefined, settings: {}, ...more };
}

describe('settings', () => {
  test('of a flag beat the file’s, which beat the default', () => {
    const inFile = job({ settings: { most: 20, olderThan: '60d' } });

    expect(mergeSettings(inFile, action, { most: 30 })).toEqual({
      most: 30,
      olderThan: { ms: 60 * 86_400_000, text: '60d' },
      force: false,
      names: [],
    });
  });

  test('of a flag replace a list of the file', () => {
    expect(mergeSettings(job({ settings: { names: ['a', 'b'] } }), action, { names: ['c'] })).toMatchObject({
      names: ['c'],
    });
  });

  test('of a flag may be false against a true of the file', () => {
    expect(mergeSettings(job({ settings: { force: true } }), action, { force: false })).toMatchObject({ force: false });
  });

  test('that are wrong are all told, by the names of their flags', () => {
    const merge = (): unknown => mergeSettings(job(), action, { most: 0, olderThan: 'soon' });

    expect(merge).toThrow(
      new UsageError(
        [
          '--older-than: expected a length of time such as 45m, got "soon"',
          '--most: expected a whole number from 1 to 100, got 0',
        ].join('\n'),
      ),
    );
  });

  test('of the file that are wrong are told by their place and without their value, which may be a secret', () => {
    // A placeholder that was fine when the file was checked may have another value now.
    const merge = (): unknown => mergeSettings(job({ settings: { olderThan: 'geheim' } }), action, { most: 0 });

    expect(merge).toThrow('jobs.old.olderThan: expected a length of time such as 45m');
    expect(merge).toThrow('--most: expected a whole number from 1 to 100, got 0');
    expect(merge).not.toThrow('geheim');
  });
});

describe('a schedule', () => {
  test.each([
    [undefined, '7 * * * *'],
    ['1 2 * * *', '1 2 * * *'],
    [null, null],
  ])('of %j in the file makes %j', (schedule, expected) => {
    expect(scheduleOf(job({ schedule }), action)).toBe(expected);
  });
});

describe('a time-out', () => {
  test('of the job beats the action’s own', () => {
    expect(timeoutOf(job(), action)).toBe(300_000);
    expect(timeoutOf(job({ timeout: { ms: 1000, text: '1s' } }), action)).toBe(1000);
  });

  test('of an action that is no length of time is a bug', () => {
    expect(() => timeoutOf(job(), actionWith('soon'))).toThrow(/"soon" is no length of time/);
    expect(() => timeoutOf(job(), actionWith('soon'))).not.toThrow(UsageError);
  });
});

describe('a job that is not there', () => {
  test.each([
    ['warm-cash', ['warm-cache', 'other'], 'there is no job "warm-cash" in /etc/b.yaml; did you mean "warm-cache"?'],
    ['xyz', ['b', 'a'], 'there is no job "xyz" in /etc/b.yaml; known are a, b'],
    ['xyz', [], 'there is no job "xyz" in /etc/b.yaml'],
  ])('%s of %j', (name, known, expected) => {
    const config = { path: '/etc/b.yaml', jobs: new Map(known.map((one) => [one, job()])) } as unknown as Config;

    expect(() => findJob(config, name)).toThrow(new UsageError(expected));
  });
});
