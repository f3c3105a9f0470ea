import { Command, CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { UsageError } from '../../src/core/errors.ts';
import { duration, integer, mappings, secret, settings, texts, toggle } from '../../src/core/settings.ts';
import { addFlags, flagsFor, givenSettings, kebab, configurationHelp } from '../../src/runner/flags.ts';

const schema = settings({
  names: texts('which ones', { isArgument: true }),
  skip: texts('which ones not', { placeholder: 'name' }),
  olderThan: duration('how old', { default: '30d' }),
  dryWell: toggle('leave water out', { default: false }),
  keepAll: toggle('keep everything', { default: true }),
  most: integer('how many', { default: 10, min: -5, max: 100 }),
});

/** A command with these flags, as the program makes it. */
function commandFor(): Command {
  const command = new Command('test').exitOverride().configureOutput({ writeErr: () => undefined });
  addFlags(command, flagsFor(schema));
  return command;
}

/** What these words on the command line give. */
function given(...words: string[]): Record<string, unknown> {
  const command = commandFor();
  command.parse(words, { from: 'user' });
  return givenSettings(command, flagsFor(schema));
}

test('flags are named after the settings, in kebab case', () => {
  expect(flagsFor(schema).map(({ flag }) => flag)).toEqual([
    '--names',
    '--skip',
    '--older-than',
    '--dry-well',
    '--keep-all',
    '--most',
  ]);
  expect(kebab('totalsExpiryOfX')).toBe('totals-expiry-of-x');
});

test('a list of mappings is no flag', () => {
  const flags = flagsFor(settings({ pages: mappings('which pages', z.strictObject({ page: z.string() })) }));
  const command = new Command('test').exitOverride().configureOutput({ writeErr: () => undefined });
  addFlags(command, flags);

  expect(flags.map(({ name, kind }) => [name, kind])).toEqual([['pages', 'mappings']]);
  expect(command.options).toEqual([]);
  expect(() => command.parse(['--pages', 'x'], { from: 'user' })).toThrow(CommanderError);
  expect(givenSettings(command, flags)).toEqual({});
});

test('flags know their kind, their description and what stands for their value', () => {
  expect(flagsFor(schema)).toEqual([
    { name: 'names', flag: '--names', kind: 'list', description: 'which ones', isArgument: true },
    { name: 'skip', flag: '--skip', kind: 'list', description: 'which ones not', placeholder: 'name' },
    {
      name: 'olderThan',
      flag: '--older-than',
      kind: 'text',
      description: 'how old',
      placeholder: 'time',
      defaultText: '30d',
    },
    { name: 'dryWell', flag: '--dry-well', kind: 'boolean', description: 'leave water out' },
    { name: 'keepAll', flag: '--keep-all', kind: 'boolean', description: 'keep everything', defaultText: 'true' },
    {
      name: 'most',
      flag: '--most',
      kind: 'integer',
      description: 'how many',
      placeholder: 'number',
      defaultText: '10',
    },
  ]);
});

test('a setting without notes is a mistake of its action', () => {
  expect(() => flagsFor(settings({ bare: z.string() }))).toThrow('the setting bare is not made by the helpers');
});

test('a secret has no flag, since everybody sees the arguments of a process; the help names it', () => {
  const withSecret = settings({ token: secret('what the console shows'), age: duration('an age', { default: '1d' }) });
  const command = new Command('test').exitOverride().configureOutput({ writeErr: () => undefined });
  addFlags(command, flagsFor(withSecret));

  expect(command.helpInformation()).not.toContain('token');
  expect(() => command.parse(['--token', 'x'], { from: 'user' })).toThrow("unknown option '--token'");
  expect(givenSettings(command, flagsFor(withSecret))).toEqual({});
  expect(configurationHelp(flagsFor(withSecret))).toBe(
    '\nOnly in the configuration:\n  token  what the console shows\n',
  );
  expect(configurationHelp(flagsFor(schema))).toBe('');
});

describe('what is given', () => {
  test('is nothing where nothing was given: a default belongs to the help alone', () => {
    expect(given()).toEqual({});
    expect(commandFor().helpInformation()).toMatch(/--older-than <time>\s+how old \(default: 30d\)/);
  });

  test('has values of their own types', () => {
    expect(given('a', 'b', '--older-than', '5d', '--most', '7', '--dry-well')).toEqual({
      names: ['a', 'b'],
      olderThan: '5d',
      most: 7,
      dryWell: true,
    });
  });

  test('may be a list, in one flag or in several', () => {
    expect(given('--skip', 'a', 'b', '--skip', 'c')).toEqual({ skip: ['a', 'b', 'c'] });
  });

  test('may be the opposite, of whatever default, and the last one holds', () => {
    expect(given('--no-keep-all', '--no-dry-well')).toEqual({ keepAll: false, dryWell: false });
    expect(given('--keep-all', '--no-keep-all')).toEqual({ keepAll: false });
    expect(given('--no-keep-all', '--keep-all')).toEqual({ keepAll: true });
  });

  test('may be a negative number, with a blank or an equals sign', () => {
    expect(given('--most', '-3')).toEqual({ most: -3 });
    expect(given('--most=-3')).toEqual({ most: -3 });
  });

  test.each(['', ' ', '1.5', '1e3', '0x10', 'ten', '９', '99999999999999999999'])(
    'is no number where it is %j: that is refused, and never 0',
    (text) => {
      expect(() => given(`--most=${text}`)).toThrow(new UsageError(`--most: expected a whole number, got "${text}"`));
    },
  );

  test('must be known', () => {
    expect(() => given('--oldr-than', '5d')).toThrow(CommanderError);
    expect(() => given('--older-than')).toThrow(CommanderError);
  });
});
