import { Command as Commander, Option } from 'commander';
import type { Action, Example } from './core/action.ts';
import { UsageError } from './core/errors.ts';
import type { Host } from './core/host.ts';
import { didYouMean } from './core/nearest.ts';
import type { Command, GeneralFlags } from './runner/command.ts';
import type { Registry } from './runner/registry.ts';

/** A commander program over the actions and commands, and the exit code that the chosen one left. */
export interface Program {
  readonly commander: Commander;
  readonly exitCode: () => number;
}

/**
 * Builds a fresh program. Where `only` names an action or a command, that one alone is loaded; the help of the whole
 * needs all of them. Nothing here reads argv or ends the process.
 */
export async function buildProgram(host: Host, registry: Registry, only: string | undefined): Promise<Program> {
  let exitCode = 0;
  const done = (code: number): void => void (exitCode = code);
  const commander = new Commander('blogctl');
  commander
    .description("Maintenance for a blog on a server, driven by the system's own cron.")
    .version(host.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .usage('<command> [options]')
    .exitOverride()
    .configureOutput({
      writeOut: host.print,
      writeErr: host.complain,
      // What is wrong is thrown as well, and told in blogctl's own form.
      outputError: () => undefined,
      getOutHelpWidth: () => host.columns,
    })
    .showSuggestionAfterError(true);
  const isWanted = (name: string): boolean => only === undefined || name === only;
  commander.commandsGroup('Actions, one for each chore:');
  for (const name of registry.actionNames().filter(isWanted)) {
    const action = await registry.loadAction(name);
    if (action !== null) await addAction(commander, name, action, { host, registry, done });
  }
  commander.commandsGroup('Commands about blogctl itself:');
  for (const name of registry.commandNames().filter(isWanted)) {
    const command = await registry.loadCommand(name);
    if (command !== null) addCommand(commander, name, command, { host, registry, done });
  }
  commander
    .command('help [command]')
    .description('print the help of a command')
    .action((name: string | undefined) => help(commander, name));
  commander.addHelpText('after', overview);
  return { commander, exitCode: () => exitCode };
}

function help(commander: Commander, name: string | undefined): void {
  const named = commander.commands.find((command) => command.name() === name);
  if (name !== undefined && named === undefined) {
    const known = commander.commands.map((command) => command.name());
    throw new UsageError(`there is no command "${name}"${didYouMean(name, known)}`);
  }
  (named ?? commander).help();
}

const overview = `
Examples:
  blogctl demo                      make a demo blog to play with
  blogctl warm-cache --dry-run      show what would be put into the cache
  blogctl install                   write the jobs of the configuration into the crontab

Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 changes or findings (with --exit-code),
70 a bug, 75 already running, 124 timed out, 130 and 143 interrupted.`;

interface Wiring {
  readonly host: Host;
  readonly registry: Registry;
  readonly done: (exitCode: number) => void;
}

async function addAction(parent: Commander, name: string, action: Action, wiring: Wiring): Promise<void> {
  const { addFlags, configurationHelp, flagsFor, givenSettings } = await import('./runner/flags.ts');
  const flags = flagsFor(action.settings);
  const command = parent.command(name).summary(action.summary).description(action.details);
  addFlags(command, flags);
  command.addOption(new Option('--timeout <time>', `the longest the run may take (default: ${action.timeout})`));
  addGeneralFlags(command);
  command.addHelpText('after', configurationHelp(flags) + examplesText(action.examples));
  command.action(async () => {
    const { runAction } = await import('./runner/run-action.ts');
    const general = generalFlags(command);
    const timeout = command.getOptionValue('timeout') as string | undefined;
    const given = givenSettings(command, flags);
    wiring.done(await runAction(name, action, { given, timeout, general }, wiring));
  });
}

function addCommand(parent: Commander, name: string, command: Command, wiring: Wiring): void {
  const built = parent.command(name).summary(command.summary).description(command.details);
  for (const operand of command.operands ?? []) built.argument(operand.name, operand.description);
  for (const flag of command.flags ?? []) built.option(flag.flags, flag.description);
  addGeneralFlags(built);
  built.addHelpText('after', examplesText(command.examples));
  for (const [subname, subcommand] of Object.entries(command.subcommands ?? {})) {
    addCommand(built, subname, subcommand, wiring);
  }
  const { run } = command;
  if (run === undefined) return;
  built.action(async () => {
    const general = generalFlags(built);
    const operands = built.processedArgs.flat().filter((word): word is string => typeof word === 'string');
    if (command.subcommands !== undefined && operands.length > 0) refuseOperand(operands[0] ?? '', command);
    wiring.done(await run({ ...wiring, general, flags: built.optsWithGlobals(), operands }));
  });
  if (command.subcommands !== undefined) built.argument('[subcommand]').allowExcessArguments(false);
}

function refuseOperand(word: string, command: Command): never {
  throw new UsageError(`there is no subcommand "${word}"${didYouMean(word, Object.keys(command.subcommands ?? {}))}`);
}

function addGeneralFlags(command: Commander): void {
  command.optionsGroup('General options:');
  command.helpOption('-h, --help', 'print this help');
  command.option('-c, --config <file>', 'the configuration');
  command.option('-n, --dry-run', 'only show what would be done; nothing can be written');
  command.option('--json', 'print the result as one JSON document');
  command.option('-q, --quiet', 'print nothing but failures');
  command.option('-v, --verbose', 'log everything, and show where an error came from');
  command.option('--no-color', 'no colours (also: NO_COLOR)');
  command.option('--exit-code', 'exit with 3 where there are changes or findings');
}

function generalFlags(command: Commander): GeneralFlags {
  const given = command.optsWithGlobals<Record<string, unknown>>();
  return {
    config: given['config'] as string | undefined,
    dryRun: given['dryRun'] === true,
    json: given['json'] === true,
    quiet: given['quiet'] === true,
    verbose: given['verbose'] === true,
    exitCode: given['exitCode'] === true,
  };
}

function examplesText(examples: readonly Example[]): string {
  const lines = examples.map((example) => `  ${example.command}\n      ${example.meaning}`);
  return `\nExamples:\n${lines.join('\n')}`;
}
