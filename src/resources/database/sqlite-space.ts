import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type Sqlite from 'better-sqlite3';
import type { SpaceWork } from '../../core/bulk.ts';
import { sizeInWords } from '../../core/size.ts';

/** Bytes that a disk of today writes in a second, with care. */
const bytesPerSecond = 50_000_000;

/** SQLite writes the whole file anew, or gives free pages back one by one where the file was made for that. */
export function sqliteSpaceWork(path: string, file: Sqlite.Database): SpaceWork {
  const read = (name: string): number => Number(file.pragma(name, { simple: true }));
  const pageBytes = read('page_size');
  const sizeBytes = read('page_count') * pageBytes;
  const freeBytes = read('freelist_count') * pageBytes;
  const isIncremental = read('auto_vacuum') === 2;
  // It writes the rows that are left twice: into a file of its own, and from there into the log or back.
  const neededBytes = isIncremental ? 0 : 2 * (sizeBytes - freeBytes);
  const diskBytes = freeDiskBytes(path);
  const seconds = Math.max(1, Math.ceil((2 * neededBytes) / bytesPerSecond));
  return {
    what: isIncremental ? 'incrementally vacuum' : 'vacuum',
    target: `SQLite file ${path}`,
    price: isIncremental
      ? 'the free pages are cut off; nobody can write meanwhile'
      : `the file of ${sizeInWords(sizeBytes)} is written anew, which needs ${sizeInWords(neededBytes)} of disk; nobody can write meanwhile, about ${seconds} s`,
    sizeBytes,
    freeBytes,
    refusal:
      diskBytes === null || diskBytes >= neededBytes
        ? null
        : `it would need ${sizeInWords(neededBytes)} of disk, and ${sizeInWords(diskBytes)} are free`,
    run: async () => {
      if (isIncremental) file.exec('pragma incremental_vacuum');
      else file.exec('vacuum');
      // In a write-ahead log the file gets its new size with the next checkpoint.
      file.pragma('wal_checkpoint(truncate)');
      return read('page_count') * pageBytes;
    },
  };
}

function freeDiskBytes(path: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize;
  } catch {
    return null;
  }
}
