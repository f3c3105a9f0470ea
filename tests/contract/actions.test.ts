import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../src/core/duration.ts';
import { kebab, flagsFor } from '../../src/runner/flags.ts';
import { openRegistry } from '../../src/runner/registry.ts';
import { parseSchedule } from '../../src/schedule/cron-expression.ts';
import { jobName } from '../../src/schedule/names.ts';
import { sourceFolder } from './source-files.ts';

const registry = openRegistry(sourceFolder, '.ts');
const files = readdirSync(join(sourceFolder, 'actions'), { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => entry.name);
const names = files.map((file) => file.replace(/\.ts$/, ''));
const actions = await Promise.all(
  names.map(async (name) => {
    const action = await registry.loadAction(name);
    if (action === null) throw new Error(`src/actions/${name}.ts is no action`);
    return { name, action };
  }),
);

/** Words that every subcommand or every job has already. */
const taken = [
  'config',
  'dryRun',
  'json',
  'quiet',
  'verbose',
  'color',
  'exitCode',
  'help',
  'version',
  'timeout',
  'action',
  'schedule',
  'scheduled',
];

test('there are actions', () => {
  expect(names).toContain('warm-cache');
  expect(registry.actionNames()).toEqual([...names].sort());
});

test('no two default schedules share a minute of the hour', () => {
  const minutes = actions.flatMap(({ name, action }) =>
    action.schedule === null ? [] : [{ name, minute: parseSchedule(action.schedule).minute }],
  );
  const isOwn = ({ name, minute }: { name: string; minute: string }): boolean =>
    /[*/]/.test(minute) ||
    !minutes.some(
      (other) => other.name !== name && minutesOf(other.minute).some((one) => minutesOf(minute).includes(one)),
    );

  expect(minutes.filter((one) => !isOwn(one))).toEqual([]);
});

describe.each(actions)('the action $name', ({ name, action }) => {
  test('has a name in kebab case that nothing else has', () => {
    expect(files).toContain(`${name}.ts`);
    expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
    expect(name).toMatch(jobName);
    expect([...registry.commandNames(), 'help']).not.toContain(name);
  });

  test('has tests of its own name', () => {
    expect(existsSync(join(sourceFolder, '..', 'tests', 'actions', `${name}.test.ts`))).toBe(true);
  });

  test('says what it does: in a line, at length, and by examples', () => {
    expect(action.summary).toMatch(/^[^\nA-Z][^\n]{10,90}[^.\n]$/);
    expect(action.details.length).toBeGreaterThan(action.summary.length);
    expect(action.details).toMatch(/\.$/);
    expect(action.examples.length).toBeGreaterThan(0);
    for (const { command, meaning } of action.examples) {
      expect(command).toMatch(new RegExp(`^blogctl ${name}( |$)`));
      expect(meaning).not.toBe('');
    }
    expect(action.examples.some(({ command }) => command.includes('--dry-run'))).toBe(true);
  });

  test('has a schedule that every cron reads, or none', () => {
    if (action.schedule !== null) expect(parseSchedule(action.schedule).text).toBe(action.schedule);
  });

  test('has a time-out that is a length of time', () => {
    expect(parseDuration(action.timeout)?.ms).toBeGreaterThan(0);
  });

  test('has settings that are described, with names of their own', () => {
    const flags = flagsFor(action.settings);

    expect(flags.map((flag) => flag.name)).toEqual(Object.keys(action.settings.shape));
    for (const flag of flags) {
      expect(flag.description).toMatch(/^[^\nA-Z]|^[A-Z]{2}/);
      expect(flag.description).not.toMatch(/\.$/);
      expect(flag.name).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      expect(taken).not.toContain(flag.name);
      expect(taken.map((word) => `no-${kebab(word)}`)).not.toContain(kebab(flag.name));
    }
    expect(flags.filter((flag) => flag.isArgument === true).length).toBeLessThanOrEqual(1);
  });

  test('has defaults that parse on their own, and refuses what it does not know', () => {
    expect(action.settings.safeParse({})).toMatchObject({ success: true });
    expect(action.settings.safeParse({ xyzzy: 1 })).toMatchObject({ success: false });
  });
});

/** The minutes that a field without a star names. */
function minutesOf(field: string): number[] {
  if (/[*/]/.test(field)) return [];
  return field.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
