import type { Kysely } from 'kysely';
import type { Bulk, SpaceWork } from '../../core/bulk.ts';
import type { Tables } from '../../core/database.ts';
import { inBatchOn } from './batch.ts';

/** Batches on a server, which looks after its logs by itself. */
export function serverBulk(
  query: Kysely<Tables>,
  spaceWorkOf: (query: Kysely<Tables>, table: string) => Promise<SpaceWork>,
): Bulk {
  return {
    inBatch: inBatchOn(query),
    // Who writes other rows is in nobody's way here.
    betweenBatches: async () => ({ isBusy: false }),
    spaceWork: (tables) => Promise.all(tables.map((table) => spaceWorkOf(query, table))),
  };
}
