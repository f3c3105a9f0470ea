import type { OpenDatabase } from '../../core/database.ts';
import { isoUtc, type Host } from '../../core/host.ts';
import { isProcessAlive } from '../record/process-alive.ts';
import { crashedSummary, type CrashedRun } from '../record/store.ts';

/** Where runs are recorded, and where their locks are. */
export interface Records {
  readonly state: Pick<OpenDatabase, 'query'>;
  readonly database: Pick<OpenDatabase, 'tryLock'>;
  /** The blog's name. */
  readonly site: string;
}

/**
 * Finds runs of this machine, of whatever job, whose process died before they ended, and marks them as crashed: a job of
 * once a day would otherwise be told of a day later, by its own next run. A run is dead whose process is gone and whose
 * lock nobody holds; of several that look at the same time one gets it.
 */
export async function markDeadRuns(
  { state, database, site }: Records,
  { hostname, clock }: Pick<Host, 'hostname' | 'clock'>,
): Promise<readonly CrashedRun[]> {
  const running = await state.query
    .selectFrom('blogctl_run')
    .select(['id', 'pid', 'action', 'job', 'started_by as startedBy', 'started_at as startedAt', 'host'])
    .where('status', '=', 'running')
    .where('site', '=', site)
    .where('host', '=', hostname)
    .orderBy('id')
    .execute();
  const dead: CrashedRun[] = [];
  for (const { id, pid, action, ...run } of running) {
    // Another process may have its number by now: then the job's own next run marks it.
    if (isProcessAlive(pid)) continue;
    const mark = async (): Promise<void> => {
      const { numUpdatedRows } = await state.query
        .updateTable('blogctl_run')
        .set({ status: 'crashed', ended_at: isoUtc(clock.nowMs()), summary: crashedSummary })
        .where('id', '=', id)
        .where('status', '=', 'running')
        .executeTakeFirstOrThrow();
      if (numUpdatedRows > 0n) dead.push(run);
    };
    // Each lock keeps a connection; with the run's own and a query's that is all that the pool has, and no more is needed.
    // It ran under one of the two; which one its action knows, and that need not be loaded for it.
    await holding(database, [action, `${action}-${run.job}`], mark);
  }
  return dead;
}

async function holding(
  database: Pick<OpenDatabase, 'tryLock'>,
  [name, ...rest]: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  if (name === undefined) return work();
  const lock = await database.tryLock(name);
  if (lock === null) return;
  try {
    await holding(database, rest, work);
  } finally {
    await lock.release();
  }
}
