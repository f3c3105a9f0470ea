import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { FailedError, messageOf } from '../../core/errors.ts';
import type { Files } from '../../core/files.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a folder',
};

/** Files for reading; relative paths are meant from this folder. */
export function openFiles(folder: string): Files {
  return {
    read: async function* (path) {
      const full = resolve(folder, path);
      try {
        for await (const bytes of createReadStream(full)) yield bytes as Uint8Array;
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        throw new FailedError(`${full} cannot be read: ${reasons[code] ?? messageOf(error)}`, { cause: error });
      }
    },
  };
}
