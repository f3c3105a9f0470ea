import { accessSync, constants, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Archives } from '../../core/archive.ts';
import { FailedError } from '../../core/errors.ts';
import { createArchive } from './write.ts';

/** Where archives go, and whether they may. */
export interface ArchiveOptions {
  /** The folder that a relative one is meant from. */
  readonly folder: string;
  readonly readOnly: boolean;
}

/** Archives in the file system. */
export function openArchives(options: ArchiveOptions): Archives {
  return {
    place: (folder, name) => join(usable(resolve(options.folder, folder)), `${name}.ndjson.gz`),
    create: async (path, header) => {
      if (options.readOnly) throw new Error(`a dry run cannot write the archive ${path}`);
      return createArchive(path, header);
    },
  };
}

function usable(folder: string): string {
  const stats = statSync(folder, { throwIfNoEntry: false });
  const hint = 'Make the folder, or name another one; nothing was deleted.';
  if (stats === undefined) throw new FailedError(`there is no folder ${folder} for the archive`, { hint });
  if (!stats.isDirectory()) throw new FailedError(`${folder} is no folder, so no archive can go there`, { hint });
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new FailedError(`this user may not write to the folder ${folder} of the archive`, {
      hint: 'Give this user the right to, or name another folder; nothing was deleted.',
      cause,
    });
  }
  return folder;
}
