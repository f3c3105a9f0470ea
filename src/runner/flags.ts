import { Argument, Option, type Command } from 'commander';
import { UsageError } from '../core/errors.ts';
import { fieldNotes, type FieldNotes, type SettingsSchema } from '../core/settings.ts';

/** A setting as a flag. */
export interface SettingFlag extends FieldNotes {
  /** The setting's name in the configuration: `olderThan`. */
  readonly name: string;
  /** `--older-than`. */
  readonly flag: string;
}

/** The settings of an action as flags. Those that are secrets have none, and are told apart. Throws where a setting has no notes, which is a mistake of the action. */
export function flagsFor(schema: SettingsSchema): SettingFlag[] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const notes = fieldNotes.get(field);
    if (notes === undefined) throw new Error(`the setting ${name} is not made by the helpers of core/settings.ts`);
    return { ...notes, name, flag: `--${kebab(name)}` };
  });
}

/** Adds the flags to a subcommand. None gets a default from commander: it would beat the configuration. */
export function addFlags(command: Command, flags: readonly SettingFlag[]): void {
  for (const { name, flag, kind, description, defaultText, isArgument, placeholder = 'text' } of flags.filter(
    isGiven,
  )) {
    const told = defaultText === undefined ? description : `${description} (default: ${defaultText})`;
    if (isArgument === true) {
      command.addArgument(new Argument(`[${name}...]`, told));
    } else if (kind === 'boolean') {
      command.addOption(new Option(flag, told));
      command.addOption(new Option(`--no-${flag.slice(2)}`, `the opposite of ${flag}`).hideHelp());
    } else {
      command.addOption(new Option(`${flag} <${placeholder}${kind === 'list' ? '...' : ''}>`, told));
    }
  }
}

/** The settings that were actually given on the command line, as values of their own types. */
export function givenSettings(command: Command, flags: readonly SettingFlag[]): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const flag of flags.filter(isGiven)) {
    if (flag.isArgument === true) {
      const words = command.processedArgs[0] as readonly string[] | undefined;
      if (words !== undefined && words.length > 0) given[flag.name] = words;
    } else if (command.getOptionValueSource(flag.name) === 'cli') {
      given[flag.name] = typed(flag, command.getOptionValue(flag.name));
    }
  }
  return given;
}

// What a line of words cannot say stands in the configuration alone.
function isGiven({ kind, isSecret }: SettingFlag): boolean {
  return kind !== 'mappings' && isSecret !== true;
}

/** The settings that only the configuration can hold, for a help page; nothing where there are none. */
export function configurationHelp(flags: readonly SettingFlag[]): string {
  const others = flags.filter((flag) => !isGiven(flag)).map(({ name, description }) => `  ${name}  ${description}`);
  return others.length === 0 ? '' : `\nOnly in the configuration:\n${others.join('\n')}\n`;
}

function typed(flag: SettingFlag, value: unknown): unknown {
  if (flag.kind !== 'integer') return value;
  const text = String(value);
  if (!/^-?\d{1,15}$/.test(text)) throw new UsageError(`${flag.flag}: expected a whole number, got "${text}"`);
  return Number(text);
}

/** `olderThan` to `older-than`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
