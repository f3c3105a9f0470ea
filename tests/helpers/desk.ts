import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodeOf, messageOf, BlogctlError } from '../../src/core/errors.ts';
import type { Host } from '../../src/core/host.ts';
import { buildProgram } from '../../src/program.ts';
import { openRegistry } from '../../src/runner/registry.ts';
import { testHost } from './host.ts';
import { temporaryFolder } from './servers/temporary-folder.ts';

/** How a call ended for whoever typed it. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  /** With the error's sentence and its hint, as main prints them. */
  readonly stderr: string;
}

/** A place to type commands at, beside a blog. */
export interface Desk {
  readonly folder: string;
  /** Calls a command in this process; the host is as a test wants it, such as its clock. */
  readonly blogctl: (words: readonly string[], host?: Partial<Host> & { readonly nowMs?: number }) => Promise<Answer>;
  readonly json: <Document>(words: readonly string[], host?: { readonly nowMs?: number }) => Promise<Document>;
  readonly close: () => Promise<void>;
}

const registry = openRegistry(join(import.meta.dirname, '..', '..', 'src'), '.ts');

/** A desk with this configuration, in YAML. */
export async function openDesk(config: string): Promise<Desk> {
  const { path, remove } = await temporaryFolder('desk');
  const home = join(path, 'home');
  mkdirSync(home);
  const file = join(path, 'blogctl.yaml');
  writeFileSync(file, config, { mode: 0o600 });
  const blogctl: Desk['blogctl'] = async (words, changes = {}) => {
    const host = testHost({ workingDirectory: path, homeDirectory: home, ...changes });
    const { commander, exitCode } = await buildProgram(host, registry, words[0]);
    try {
      await commander.parseAsync([...words, '--config', file], { from: 'user' });
      return { code: exitCode(), stdout: host.stdout(), stderr: host.stderr() };
    } catch (error) {
      const isCommanders = error instanceof Error && 'exitCode' in error && !(error instanceof BlogctlError);
      const hint = error instanceof BlogctlError && error.hint !== undefined ? `  ${error.hint}\n` : '';
      const said = isCommanders ? '' : `blogctl: ${messageOf(error)}\n${hint}`;
      return { code: isCommanders ? 2 : exitCodeOf(error), stdout: host.stdout(), stderr: host.stderr() + said };
    }
  };
  return {
    folder: path,
    blogctl,
    json: async <Document>(words: readonly string[], host: { readonly nowMs?: number } = {}) => {
      const { stdout } = await blogctl([...words, '--json'], host);
      return JSON.parse(stdout) as Document;
    },
    close: remove,
  };
}
