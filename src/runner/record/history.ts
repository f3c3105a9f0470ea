import type { OpenDatabase } from '../../core/database.ts';
import type { Finding, RunError, RunStatus } from '../../core/outcome.ts';
import { isMissingTable } from '../../resources/database/missing-table.ts';

/** A recorded run, read back. */
export interface RecordedRun {
  readonly id: number;
  readonly job: string;
  readonly action: string;
  readonly startedBy: string;
  readonly tick: string | null;
  readonly status: RunStatus;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly host: string;
  readonly pid: number;
  readonly summary: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly changes: number | null;
  readonly findings: readonly Finding[];
  readonly error: RunError | null;
  readonly log: readonly string[];
}

/** Which runs are asked for. */
export interface RunFilter {
  readonly site: string;
  readonly job?: string | undefined;
  readonly status?: RunStatus | undefined;
  /** ISO 8601 in UTC. */
  readonly since?: string | undefined;
  readonly limit: number;
}

/** The last runs, newest first; none where nothing has been recorded yet. */
export async function readRuns({ query }: OpenDatabase, filter: RunFilter): Promise<readonly RecordedRun[]> {
  let runs = query.selectFrom('blogctl_run').selectAll().where('site', '=', filter.site);
  if (filter.job !== undefined) runs = runs.where('job', '=', filter.job);
  if (filter.status !== undefined) runs = runs.where('status', '=', filter.status);
  if (filter.since !== undefined) runs = runs.where('started_at', '>=', filter.since);
  try {
    const rows = await runs.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(filter.limit).execute();
    return rows.map((row) => ({
      id: row.id,
      job: row.job,
      action: row.action,
      startedBy: row.started_by,
      tick: row.tick,
      status: row.status,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      durationMs: row.duration_ms,
      host: row.host,
      pid: row.pid,
      summary: row.summary,
      counts: (readJson(row.counts) ?? {}) as RecordedRun['counts'],
      changes: row.changes,
      findings: (readJson(row.findings) ?? []) as RecordedRun['findings'],
      error: readJson(row.error) as RunError | null,
      log: row.log === null || row.log === '' ? [] : row.log.split('\n'),
    }));
  } catch (error) {
    if (isMissingTable(error)) return [];
    throw error;
  }
}

// The rows are our own; one that was edited by hand must not keep the others from being shown.
function readJson(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}
