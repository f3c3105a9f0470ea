import type { ExpressionBuilder } from 'kysely';
import type { OpenDatabase, Tables } from '../../core/database.ts';
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
  /** Leave out what cron started and what then found nothing to do. */
  readonly withoutIdle?: boolean;
}

/** The last runs, newest first; none where nothing has been recorded yet. */
export async function readRuns({ query }: OpenDatabase, filter: RunFilter): Promise<readonly RecordedRun[]> {
  try {
    const found = matching(query, filter).selectAll();
    const runs = filter.withoutIdle === true ? found.where((where) => where.not(isIdle(where))) : found;
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

/** How many runs of cron that match found nothing to do. */
export async function countIdleRuns({ query }: OpenDatabase, filter: RunFilter): Promise<number> {
  try {
    const idle = matching(query, filter).where(isIdle);
    const row = await idle.select((count) => count.fn.countAll<number | string>().as('runs')).executeTakeFirst();
    return Number(row?.runs ?? 0);
  } catch (error) {
    if (isMissingTable(error)) return 0;
    throw error;
  }
}

/** In SQL: cron started it, and it succeeded without a change or a finding. */
export function isIdle(where: ExpressionBuilder<Tables, 'blogctl_run'>) {
  return where.and([
    where('blogctl_run.started_by', '=', 'cron'),
    where('blogctl_run.status', '=', 'succeeded'),
    where('blogctl_run.changes', '=', 0),
    where('blogctl_run.findings', '=', '[]'),
  ]);
}

function matching(query: OpenDatabase['query'], filter: RunFilter) {
  let runs = query.selectFrom('blogctl_run').where('site', '=', filter.site);
  if (filter.job !== undefined) runs = runs.where('job', '=', filter.job);
  if (filter.status !== undefined) runs = runs.where('status', '=', filter.status);
  if (filter.since !== undefined) runs = runs.where('started_at', '>=', filter.since);
  return runs;
}

// The rows are our own; one that was edited by hand must not keep the others from being shown.
function readJson(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}
