import { statSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { Bulk } from '../../core/bulk.ts';
import type { Tables } from '../../core/database.ts';
import { inBatchOn } from './batch.ts';
import { shorteningLog } from './sqlite-log.ts';
import { sqliteSpaceWork } from './sqlite-space.ts';
import type { SqliteAddress } from './url.ts';

/** Batches on an SQLite file. */
export function sqliteBulk({ path }: SqliteAddress, file: Sqlite.Database, query: Kysely<Tables>): Bulk {
  const shorten = shorteningLog(file, () => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0);
  let lastVersion = versionOf(file);
  return {
    inBatch: inBatchOn(query),
    betweenBatches: async () => {
      shorten();
      const version = versionOf(file);
      const isBusy = version !== lastVersion;
      lastVersion = version;
      return { isBusy };
    },
    spaceWork: async () => [sqliteSpaceWork(path, file)],
  };
}

// It changes with every commit of somebody else, and with none of ours.
function versionOf(file: Sqlite.Database): number {
  return Number(file.pragma('data_version', { simple: true }));
}
