import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Action } from '../core/action.ts';
import type { Command } from './command.ts';

/**
 * What there is: one file for each action and each command, found by listing their folders. A subcommand's name is its
 * file's name, so that a run imports that one file and nothing of the others.
 */
export interface Registry {
  readonly actionNames: () => readonly string[];
  readonly commandNames: () => readonly string[];
  /** The action of that name; null where there is none. */
  readonly loadAction: (name: string) => Promise<Action | null>;
  readonly loadCommand: (name: string) => Promise<Command | null>;
}

const validName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** A registry over `<folder>/actions` and `<folder>/commands`, whose files end in `extension` (`.ts`, `.cjs`). */
export function openRegistry(folder: string, extension: string): Registry {
  const list = (kind: string): readonly string[] =>
    readdirSync(join(folder, kind))
      .filter((file) => file.endsWith(extension))
      .map((file) => file.slice(0, -extension.length))
      .filter((name) => validName.test(name))
      .sort();
  const load = async <Kind>(kind: string, name: string): Promise<Kind | null> => {
    const path = join(folder, kind, name + extension);
    if (!validName.test(name) || !existsSync(path)) return null;
    const loaded = (await import(path)) as { default?: Kind | { default?: Kind } };
    // A CommonJS chunk that is imported dynamically shows its default export one level deeper.
    const value = loaded.default;
    if (value === undefined) throw new Error(`${path} has no default export`);
    return hasDefault<Kind>(value) ? value.default : (value as Kind);
  };
  return {
    actionNames: () => list('actions'),
    commandNames: () => list('commands'),
    loadAction: (name) => load<Action>('actions', name),
    loadCommand: (name) => load<Command>('commands', name),
  };
}

function hasDefault<Kind>(value: unknown): value is { default: Kind } {
  return typeof value === 'object' && value !== null && 'default' in value && value.default !== undefined;
}
