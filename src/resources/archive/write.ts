import { open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { endLine, headerLine, rowLine } from '../../core/archive-format.ts';
import type { Archive, ArchiveHeader } from '../../core/archive.ts';
import { FailedError, messageOf } from '../../core/errors.ts';

const compress = promisify(gzip);

/**
 * Makes an archive. Each batch is a gzip member of its own (`zcat` reads them in a row), on the disk before `write` comes
 * back: of a file that a crash cut off everything up to the last whole batch can be read.
 */
export async function createArchive(wanted: string, header: ArchiveHeader): Promise<Archive> {
  const { file, path } = await failing(wanted, () => openNew(wanted));
  let rows = 0;
  let isWhole = true;
  const append = (lines: readonly string[]): Promise<void> =>
    failing(path, async () => {
      const bytes = await compress(`${lines.join('\n')}\n`);
      isWhole = false;
      await file.writeFile(bytes);
      await file.datasync();
      isWhole = true;
    });
  const letGo = async (): Promise<void> => {
    await file.close();
    if (rows === 0) await rm(path, { force: true });
  };
  await append([headerLine(header)]);
  await failing(path, () => syncFolder(dirname(path)));
  return {
    path,
    rowCount: () => rows,
    write: async (batch) => {
      const lines = batch.flatMap(({ table, rows: some }) => some.map((row) => rowLine(table, row)));
      if (lines.length === 0) return;
      await append(lines);
      rows += lines.length;
    },
    close: async () => {
      if (rows > 0) await append([endLine(rows)]);
      await letGo();
    },
    abandon: async () => {
      // What was deleted is all there: the file has an end, though the run has none. Where even that fails, it has none.
      if (rows > 0 && isWhole) await append([endLine(rows)]).catch(() => undefined);
      await letGo();
    },
  };
}

// Two runs in a second, or a clock that stands still: the next one gets a number.
async function openNew(wanted: string): Promise<{ file: FileHandle; path: string }> {
  for (let number = 1; ; number++) {
    const path = number === 1 ? wanted : wanted.replace(/(?=\.ndjson\.gz$)/, `-${number}`);
    try {
      return { file: await open(path, 'wx', 0o600), path };
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isTaken || number === 1000) throw error;
    }
  }
}

// The file's name is only safe once its folder is on the disk.
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function failing<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    const why = code === 'ENOSPC' ? 'the disk is full' : messageOf(cause);
    throw new FailedError(`the archive ${path} cannot be written: ${why}`, {
      hint: 'The rows that were not archived were not deleted.',
      cause,
    });
  }
}
