import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CrontabError } from './crontab-error.ts';

const COPIES_KEPT = 20;
const COPY = /^crontab-\d{8}T\d{9}Z(?:-\d+)?$/;

/**
 * Saves a crontab (bytes) as `crontab-20261121T082200123Z` in a folder, readable by its owner alone, and keeps the newest 20 such copies.
 *
 * @param nowEpochMs the time in the name; a second copy of the same millisecond gets `-2`.
 * @returns the copy's path.
 * @throws {CrontabError} where the folder or the copy cannot be written.
 */
export async function saveBackup(directory: string, text: string, nowEpochMs: number): Promise<string> {
  const stamp = new Date(nowEpochMs).toISOString().replaceAll(/[-:.]/g, '');
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const path = await writeNew(join(directory, `crontab-${stamp}`), text);
    await removeOldest(directory);
    return path;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CrontabError(`the old crontab cannot be saved in ${directory}, so nothing was changed: ${reason}`, {
      cause,
    });
  }
}

async function writeNew(wanted: string, text: string): Promise<string> {
  for (let copy = 1; ; copy += 1) {
    const path = copy === 1 ? wanted : `${wanted}-${copy}`;
    try {
      const file = await open(path, 'wx', 0o600);
      try {
        await file.writeFile(text, 'latin1');
        await file.sync();
      } finally {
        await file.close();
      }
      return path;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** Names sort by time, and within one millisecond by number. */
async function removeOldest(directory: string): Promise<void> {
  const copies = (await readdir(directory)).filter((name) => COPY.test(name));
  copies.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const surplus = copies.slice(0, Math.max(0, copies.length - COPIES_KEPT));
  await Promise.all(surplus.map((name) => rm(join(directory, name), { force: true })));
}
