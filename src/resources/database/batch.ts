import type { Kysely } from 'kysely';
import type { Bulk } from '../../core/bulk.ts';
import type { Tables } from '../../core/database.ts';
import { isLockConflict } from './lock-conflict.ts';

const mostAttempts = 5;

/**
 * Short transactions at the level `read committed`: MySQL then locks the rows that are altered and not the gaps between
 * them, into which a busy site inserts. PostgreSQL is so by itself, and SQLite has one lock for all.
 */
export function inBatchOn(query: Kysely<Tables>): Bulk['inBatch'] {
  return async (work) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await query.transaction().setIsolationLevel('read committed').execute(work);
      } catch (error) {
        if (attempt === mostAttempts || !isLockConflict(error)) throw error;
      }
    }
  };
}
