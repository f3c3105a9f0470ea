import type { Kysely } from 'kysely';
import type { Bulk } from '../../core/bulk.ts';
import type { Tables } from '../../core/database.ts';
import { isLevelRefused, isLockConflict } from './lock-conflict.ts';
import { keepHeapSmall } from '../engine.ts';

const mostAttempts = 5;

/**
 * Short transactions at the level `read committed`: MySQL then locks the rows that are altered and not the gaps between
 * them, into which a busy site inserts. PostgreSQL is so by itself, and SQLite has one lock for all.
 */
export function inBatchOn(query: Kysely<Tables>): Bulk['inBatch'] {
  let transactions = query.transaction().setIsolationLevel('read committed');
  return async (work) => {
    keepHeapSmall();
    for (let attempt = 1; ; attempt++) {
      try {
        return await transactions.execute(work);
      } catch (error) {
        // The keys of rows that are there lock no gaps at the usual level, either.
        if (isLevelRefused(error)) transactions = query.transaction();
        else if (!isLockConflict(error)) throw error;
        if (attempt === mostAttempts) throw error;
      }
    }
  };
}
