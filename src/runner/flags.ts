import { Argument, Option, type Command } from 'commander';
import * as z from 'zod/mini';
import { UsageError } from '../core/errors.ts';
import type { SettingsSchema } from '../core/settings.ts';

/** A setting as a flag. */
export interface SettingFlag {
  /** The setting's name in the configuration: `olderThan`. */
  readonly name: string;
  /** `--older-than`. */
  readonly flag: string;
  readonly type: 'string' | 'integer' | 'boolean' | 'array';
  readonly description: string;
  /** As it would be written; undefined where there is none. */
  readonly defaultText: string | undefined;
  readonly isArgument: boolean;
  readonly placeholder: string;
}

interface Property {
  readonly type?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly argument?: boolean;
  readonly placeholder?: string;
}

/** The flags of an action, out of its settings. */
export function flagsFor(schema: SettingsSchema): SettingFlag[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, value]): SettingFlag => {
    const property = value as Property;
    const type = property.type;
    return {
      name,
      flag: `--${kebab(name)}`,
      type: type === 'integer' || type === 'boolean' || type === 'array' ? type : 'string',
      description: property.description ?? '',
      defaultText: defaultText(property.default),
      isArgument: property.argument === true,
      placeholder: property.placeholder ?? (type === 'integer' ? 'number' : 'text'),
    };
  });
}

/** Adds the flags to a subcommand. None gets a default from commander: it would beat the configuration. */
export function addFlags(command: Command, flags: readonly SettingFlag[]): void {
  for (const { name, flag, type, description, defaultText, isArgument, placeholder } of flags) {
    const told = defaultText === undefined ? description : `${description} (default: ${defaultText})`;
    if (isArgument) {
      command.addArgument(new Argument(`[${name}...]`, told));
    } else if (type === 'boolean') {
      command.addOption(new Option(flag, told));
      command.addOption(new Option(`--no-${flag.slice(2)}`, `the opposite of ${flag}`).hideHelp());
    } else {
      command.addOption(new Option(`${flag} <${placeholder}${type === 'array' ? '...' : ''}>`, told));
    }
  }
}

/** The settings that were actually given on the command line, as values of their own types. */
export function givenSettings(command: Command, flags: readonly SettingFlag[]): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const flag of flags) {
    if (flag.isArgument) {
      const words = command.processedArgs[0] as readonly string[] | undefined;
      if (words !== undefined && words.length > 0) given[flag.name] = words;
    } else if (command.getOptionValueSource(flag.name) === 'cli') {
      given[flag.name] = typed(flag, command.getOptionValue(flag.name));
    }
  }
  return given;
}

function typed(flag: SettingFlag, value: unknown): unknown {
  if (flag.type !== 'integer') return value;
  const text = String(value);
  if (!/^-?\d{1,15}$/.test(text)) throw new UsageError(`${flag.flag}: expected a whole number, got "${text}"`);
  return Number(text);
}

/** `olderThan` to `older-than`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function defaultText(value: unknown): string | undefined {
  if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
