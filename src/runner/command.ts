import type { Example } from '../core/action.ts';
import type { Host } from '../core/host.ts';
import type { Registry } from './registry.ts';

/**
 * A command is one file in `src/commands` about blogctl itself (install, history, init …). It is chosen by its file's
 * name. Unlike an action it takes no lock and leaves no record.
 */
export interface Command {
  readonly summary: string;
  readonly details: string;
  /** At least one: what to type, and what it does. */
  readonly examples: readonly Example[];
  /** Flags beside the general ones. */
  readonly flags?: readonly CommandFlag[];
  /** Words behind the command. */
  readonly operands?: readonly Operand[];
  /** Such as `install show`. A command has these, or a `run` of its own, or both. */
  readonly subcommands?: Readonly<Record<string, Command>>;
  /** Does the work and returns the exit code. Throws a BlogctlError where it can't. */
  readonly run?: (context: CommandContext) => Promise<number>;
}

/** A flag of a command, in commander's form: `--job <name>`. */
export interface CommandFlag {
  readonly flags: string;
  readonly description: string;
}

/** A word behind a command, in commander's form: `<job>`, `[file]`, `<file...>`. */
export interface Operand {
  readonly name: string;
  readonly description: string;
}

/** The flags that every subcommand has. */
export interface GeneralFlags {
  /** Path of the configuration as given; undefined to search for it. */
  readonly config: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly exitCode: boolean;
}

/** What a command gets. */
export interface CommandContext {
  readonly host: Host;
  readonly registry: Registry;
  readonly general: GeneralFlags;
  /** Flags actually given, in camelCase. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly operands: readonly string[];
}

/** Checks a command's shape at compile time. */
export function defineCommand(command: Command): Command {
  return command;
}
