import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/runner/command.ts';
import { flagsFor } from '../../src/runner/flags.ts';
import { openRegistry } from '../../src/runner/registry.ts';
import { buildProgram } from '../../src/program.ts';
import { testHost } from '../helpers/host.ts';
import { sourceFolder } from './source-files.ts';

const registry = openRegistry(sourceFolder, '.ts');
const generalFlags = ['--config', '--dry-run', '--json', '--quiet', '--verbose', '--no-color', '--exit-code', '--help'];

/** What the program prints for these words; commander ends by throwing. */
async function helpOf(words: readonly string[], only?: string): Promise<string> {
  const host = testHost();
  const program = await buildProgram(host, registry, only);
  const ended = await program.commander.parseAsync([...words], { from: 'user' }).catch((error: unknown) => error);
  expect(ended).toMatchObject({ exitCode: 0 });
  expect(host.stderr()).toBe('');
  return host.stdout();
}

/** Text that the help has broken into lines, in one. */
function unwrapped(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** `--since` of `--since <when>`. */
function wordsOf(flags: readonly { readonly flags: string }[]): string[] {
  return flags.map((flag) => /--[a-z-]+/.exec(flag.flags)?.[0] ?? flag.flags);
}

test('the help of the whole names every action and every command with its summary', async () => {
  const help = unwrapped(await helpOf(['--help']));

  for (const name of registry.actionNames()) {
    const action = await registry.loadAction(name);
    expect(help).toContain(`${name} `);
    expect(help).toContain(action?.summary ?? '(none)');
  }
  for (const name of registry.commandNames()) {
    const command = await registry.loadCommand(name);
    expect(help).toMatch(new RegExp(` ${name} `));
    expect(help).toContain(command?.summary ?? '(none)');
  }
  expect(help).toMatch(/Actions, one for each chore:.*Commands about blogctl itself:/);
  expect(help).toContain('Examples: blogctl demo');
  expect(help).toContain('75 already running');
});

describe.each(registry.actionNames())('the help of the action %s', (name) => {
  test('has its details, its examples and all its flags', async () => {
    const action = await registry.loadAction(name);
    if (action === null) throw new Error('it has gone');

    const help = unwrapped(await helpOf([name, '--help'], name));

    expect(help).toContain(unwrapped(action.details));
    for (const { command, meaning } of action.examples) expect(help).toContain(`${command} ${meaning}`);
    for (const flag of flagsFor(action.settings)) {
      const isOnlyInFile = flag.isSecret === true || flag.kind === 'mappings';
      const word = isOnlyInFile ? ` ${flag.name} ` : ` ${flag.flag} `;
      expect(help).toContain(flag.isArgument === true ? `[${flag.name}...]` : word);
      expect(help.includes(` ${flag.flag} `)).toBe(!isOnlyInFile && flag.isArgument !== true);
      const told =
        flag.defaultText === undefined ? flag.description : `${flag.description} (default: ${flag.defaultText})`;
      expect(help).toContain(told);
    }
    for (const flag of [...generalFlags, '--timeout']) expect(help).toContain(flag);
    expect(help).toContain(`(default: ${action.timeout})`);
  });

  test('is the same with the others loaded', async () => {
    expect(await helpOf([name, '--help'])).toBe(await helpOf([name, '--help'], name));
    expect(await helpOf(['help', name])).toBe(await helpOf([name, '--help'], name));
  });
});

const commands = await Promise.all(
  registry.commandNames().map(async (name) => {
    const command = await registry.loadCommand(name);
    if (command === null) throw new Error(`${name} has gone`);
    return [...allOf([name], command)];
  }),
);

describe.each(commands.flat())('the help of the command $path', ({ path, command }) => {
  test('has its details, its examples, its words and all its flags', async () => {
    const help = unwrapped(await helpOf([...path.split(' '), '--help'], path.split(' ')[0]));

    expect(help).toContain(unwrapped(command.details));
    expect(command.examples.length).toBeGreaterThan(0);
    for (const example of command.examples) {
      expect(example.command).toMatch(new RegExp(`(^|\\| )blogctl ${path}( |$)`));
      expect(help).toContain(`${example.command} ${example.meaning}`);
    }
    for (const flag of [...generalFlags, ...wordsOf(command.flags ?? [])]) expect(help).toContain(flag);
    for (const operand of command.operands ?? []) expect(help).toContain(operand.description);
    for (const [name, sub] of Object.entries(command.subcommands ?? {})) {
      const words = [name, '[options]', ...(sub.operands ?? []).map((operand) => operand.name), sub.summary];
      expect(help).toContain(words.join(' '));
    }
  });

  test('says what it is for in a line, and can be run or has subcommands', () => {
    expect(command.summary).toMatch(/^[^\nA-Z][^\n]{8,90}[^.\n]$/);
    expect(command.run ?? command.subcommands).toBeDefined();
  });
});

/** A command and its subcommands, with the words that call each. */
function* allOf(path: readonly string[], command: Command): Generator<{ path: string; command: Command }> {
  yield { path: path.join(' '), command };
  for (const [name, sub] of Object.entries(command.subcommands ?? {})) yield* allOf([...path, name], sub);
}
