import { mkdtempSync } from 'node:fs';
import { chown, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterDeath } from './after-death.ts';
import type { SystemUser } from './programs.ts';

/** A folder that is gone after `remove()`, or at the latest after this process. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Makes a temporary folder. The name stays short: a socket's path must fit into 107 bytes. */
export async function temporaryFolder(name: string, owner: SystemUser | null = null): Promise<TemporaryFolder> {
  // At once with its removal: a process that ends while it waits in between would leave the folder.
  const folder = mkdtempSync(path.join(tmpdir(), `blogctl-${name}-`));
  const callOff = afterDeath('rm -rf -- "$1"', [folder]);
  if (owner !== null) await chown(folder, owner.uid, owner.gid);
  return {
    path: folder,
    async remove() {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      callOff();
    },
  };
}
