import { deleteExpired, expiredKeys, type Expired, type TableCounts } from '../../blog/expired.ts';
import type { ActionContext } from '../../core/action.ts';
import type { Archive } from '../../core/archive.ts';
import { createPace } from '../../core/pace.ts';
import { pause } from '../../core/pause.ts';

const pageSize = 500;

/** Deletes rows batch by batch, into an archive first where there is one; `tell` hears of each batch that is gone. */
export async function sweep(
  { db, log, progress, signal, elapsedMs }: ActionContext<unknown, 'db'>,
  expired: Expired,
  archive: Archive | null,
  tell: (deleted: TableCounts) => void,
): Promise<void> {
  const database = await db();
  const pace = createPace();
  for await (const page of expiredKeys(database, expired, pageSize)) {
    for (let at = 0; at < page.length;) {
      signal.throwIfAborted();
      const keys = page.slice(at, at + pace.size());
      const askedMs = elapsedMs();
      let begunMs = askedMs;
      const counts = await deleteExpired(database, expired, keys, {
        begun: () => void (begunMs = elapsedMs()),
        ...(archive === null ? {} : { keep: archive.write }),
      });
      const time = { rows: keys.length, waitedMs: begunMs - askedMs, heldMs: elapsedMs() - begunMs };
      tell(counts);
      const { isBusy } = await database.bulk.betweenBatches();
      log.debug('batch deleted', {
        table: expired.table,
        rows: counts.get(expired.table),
        waitedMs: Math.round(time.waitedMs),
        heldMs: Math.round(time.heldMs),
        isBusy,
      });
      at += keys.length;
      progress.step(keys.length);
      await pause(pace.after({ ...time, isBusy }), signal);
    }
  }
}
