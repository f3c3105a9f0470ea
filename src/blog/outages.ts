import type { Selectable } from 'kysely';
import { inPieces } from '../core/batches.ts';
import type { StateDatabase } from '../core/database.ts';
import { isoUtc } from '../core/host.ts';
import type { OutageTable } from '../core/web-tables.ts';

/** A time in which a host did not report. */
export interface Outage {
  /** Null where it is not kept yet. */
  readonly id: number | null;
  readonly hostId: number;
  readonly hostName: string;
  /** When the host last reported before it, in milliseconds since 1970. */
  readonly beganMs: number;
  /** When this was last written down. */
  readonly lookedMs: number;
  /** The highest step, in minutes, that it had reached. */
  readonly step: number;
  /** The highest step that was told; 0 where none was. */
  readonly toldStep: number;
  /** When the host reported again; null while it does not. */
  readonly endedMs: number | null;
  /** Nothing of it is left to be told. */
  readonly isSettled: boolean;
}

/** The outages of which there is something left to watch or to tell, oldest first. */
export async function openOutages({ query, isReady }: StateDatabase, site: string): Promise<readonly Outage[]> {
  if (!isReady) return [];
  const rows = await query
    .selectFrom('blogctl_outage')
    .selectAll()
    .where('site', '=', site)
    .where('is_settled', '=', 0)
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
}

/** An outage as it is now, and whether its silence was told just now. */
export interface OutageToKeep {
  readonly outage: Outage;
  readonly isTold: boolean;
}

const rowsAtOnce = 50;

/** Writes outages down as they are now. */
export async function keepOutages(state: StateDatabase, site: string, all: readonly OutageToKeep[]): Promise<void> {
  // Those that are known first: one that has ended makes room for the next of its host.
  const known = all.filter(({ outage }) => outage.id !== null);
  for (const some of inPieces(known, rowsAtOnce)) {
    await state.query.transaction().execute(async (within) => {
      for (const { outage, isTold } of some) {
        const told = isTold ? { told_at: isoUtc(outage.lookedMs) } : {};
        await within
          .updateTable('blogctl_outage')
          .set({ ...valuesOf(outage), ...told })
          .where('id', '=', outage.id ?? 0)
          .execute();
      }
    });
  }
  const fresh = all.filter(({ outage }) => outage.id === null);
  for (const some of inPieces(fresh, rowsAtOnce)) {
    const rows = some.map(({ outage, isTold }) => ({
      ...valuesOf(outage),
      site,
      host_id: outage.hostId,
      began_at: isoUtc(outage.beganMs),
      told_at: isTold ? isoUtc(outage.lookedMs) : null,
    }));
    await state.query.insertInto('blogctl_outage').values(rows).execute();
  }
}

function valuesOf(outage: Outage) {
  return {
    host_name: outage.hostName,
    open_id: outage.endedMs === null ? outage.hostId : null,
    looked_at: isoUtc(outage.lookedMs),
    step: outage.step,
    told_step: outage.toldStep,
    ended_at: outage.endedMs === null ? null : isoUtc(outage.endedMs),
    is_settled: outage.isSettled ? 1 : 0,
  };
}

/** Removes outages that ended before an instant, some hundred at a time. */
export async function pruneOutages({ query }: StateDatabase, site: string, beforeMs: number): Promise<void> {
  const old = await query
    .selectFrom('blogctl_outage')
    .select('id')
    .where('site', '=', site)
    .where('is_settled', '=', 1)
    .where('ended_at', '<', isoUtc(beforeMs))
    .limit(500)
    .execute();
  if (old.length === 0) return;
  const ids = old.map((row) => row.id);
  await query.deleteFrom('blogctl_outage').where('id', 'in', ids).execute();
}

function fromRow(row: Selectable<OutageTable>): Outage {
  return {
    id: row.id,
    hostId: row.host_id,
    hostName: row.host_name,
    beganMs: Date.parse(row.began_at),
    lookedMs: Date.parse(row.looked_at),
    step: row.step,
    toldStep: row.told_step,
    endedMs: row.ended_at === null ? null : Date.parse(row.ended_at),
    isSettled: row.is_settled === 1,
  };
}
