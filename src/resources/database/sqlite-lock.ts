import Sqlite from 'better-sqlite3';
import type { Lock } from '../../core/database.ts';
import { messageOf, UpstreamError } from '../../core/errors.ts';

/**
 * Takes a lock by an exclusive transaction on a side file. The operating system gives it back when the process dies,
 * so there is nothing to delete by hand. (It does not work over NFS, and neither does SQLite.)
 */
export async function trySqliteLock(path: string): Promise<Lock | null> {
  let file: Sqlite.Database | undefined;
  try {
    file = new Sqlite(path, { timeout: 0 });
    // Without this the transaction would leave a journal beside the file of a killed process.
    file.pragma('journal_mode = memory');
    file.exec('begin exclusive');
  } catch (error) {
    file?.close();
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('SQLITE_BUSY')) return null;
    throw new UpstreamError(`the lock file ${path} cannot be used: ${messageOf(error)}`, { cause: error });
  }
  const held = file;
  return {
    // The operating system takes a lock from no living process.
    lost: new AbortController().signal,
    release: async () => {
      held.close();
    },
  };
}
