import type { Lock, OpenDatabase } from '../../core/database.ts';

/**
 * The same database, whose locks are given back when it is closed: one that is still held would keep its connection, and
 * the pool would wait for that for ever. A lock that is given back twice is given back once.
 */
export function givingLocksBack(database: OpenDatabase): OpenDatabase {
  const held = new Set<Lock>();
  return {
    ...database,
    tryLock: async (name) => {
      const lock = await database.tryLock(name);
      if (lock === null) return null;
      const kept: Lock = {
        lost: lock.lost,
        release: async () => {
          if (held.delete(kept)) await lock.release();
        },
      };
      held.add(kept);
      return kept;
    },
    close: async () => {
      for (const lock of held) await lock.release();
      await database.close();
    },
  };
}
