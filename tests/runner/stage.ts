import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ConfigurationError } from '../../src/core/errors.ts';
import type { Host } from '../../src/core/host.ts';
import type { GeneralFlags } from '../../src/runner/command.ts';
import type { Config } from '../../src/runner/config/config.ts';
import { loadConfig } from '../../src/runner/config/load.ts';
import { openRegistry, type Registry } from '../../src/runner/registry.ts';
import { testHost, type TestHost } from '../helpers/host.ts';
import { temporaryFolder } from '../helpers/servers/temporary-folder.ts';

/** A machine of one's own, with an empty home and working folder. */
export interface Stage {
  readonly host: TestHost;
  /** The working folder. */
  readonly folder: string;
  readonly home: string;
  /** Writes a file below the working folder, folders included; returns its path. */
  readonly write: (name: string, text: string | Uint8Array, mode?: number) => string;
  readonly has: (path: string) => boolean;
  readonly read: (path: string) => string;
  /** Stops the run as a signal would. */
  readonly stop: (reason: Error) => void;
}

/** Opens a machine for this test; it is gone after it. */
export async function openStage(more: Partial<Host> = {}): Promise<Stage> {
  const { path, remove } = await temporaryFolder('stage');
  onTestFinished(remove);
  const folder = join(path, 'work');
  const home = join(path, 'home');
  mkdirSync(folder);
  mkdirSync(home);
  const stop = new AbortController();
  const host = testHost({ workingDirectory: folder, homeDirectory: home, signal: stop.signal, ...more });
  return {
    host,
    folder,
    home,
    write: (name, text, mode = 0o600) => {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      chmodSync(file, mode);
      return file;
    },
    has: existsSync,
    read: (file) => readFileSync(file, 'utf8'),
    stop: (reason) => stop.abort(reason),
  };
}

/** The actions and commands of the program itself. */
export const registry: Registry = openRegistry(join(import.meta.dirname, '..', '..', 'src'), '.ts');

/** No flag given. */
export const noFlags: GeneralFlags = {
  config: undefined,
  dryRun: false,
  json: false,
  quiet: false,
  verbose: false,
  exitCode: false,
};

/** Loads the configuration of a stage. In a dry run by default, so that nothing is kept. */
export function load(
  stage: Stage,
  { given, dryRun = true }: { given?: string; dryRun?: boolean } = {},
): Promise<Config> {
  return loadConfig(stage.host, registry, { given, dryRun });
}

/** Writes `blogctl.yaml`, loads it and returns the lines of what is wrong with it. */
export async function problemsIn(stage: Stage, text: string | Uint8Array): Promise<readonly string[]> {
  stage.write('blogctl.yaml', text);
  const error = await load(stage).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error === null) return [];
  if (!(error instanceof ConfigurationError)) throw error;
  return error.message.split('\n');
}
