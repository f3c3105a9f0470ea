import { chmodSync, cpSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { launcherPath } from '../helpers/cli.ts';

/** What better-sqlite3 needs to load, beside itself. */
const packages = ['better-sqlite3', 'bindings', 'file-uri-to-path'];

/** Copies the built program as npm would install it, so that another user may run it, or a test may change it. */
export function installCopy(folder: string): { readonly launcher: string; readonly actions: string } {
  const root = join(dirname(launcherPath), '..');
  mkdirSync(folder, { recursive: true });
  for (const name of ['bin', 'dist', 'package.json']) cpSync(join(root, name), join(folder, name), { recursive: true });
  for (const name of packages) {
    const from = realpathSync(join(root, 'node_modules', name));
    cpSync(from, join(folder, 'node_modules', name), { recursive: true, filter: isNeeded });
  }
  chmodSync(folder, 0o755);
  return { launcher: join(folder, 'bin', 'blogctl.js'), actions: join(folder, 'dist', 'actions') };
}

// Sources and intermediate files of the native part are nine tenths of it.
function isNeeded(path: string): boolean {
  return !/better-sqlite3\/(deps|src)$|\/obj(\.target)?$|\.o$|\.a$/.test(path);
}
