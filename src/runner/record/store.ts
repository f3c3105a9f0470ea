import { pruneEvidence } from '../../blog/checks.ts';
import type { OpenDatabase } from '../../core/database.ts';
import { isoUtc } from '../../core/host.ts';
import type { RunReport, RunStatus } from '../../core/outcome.ts';
import { isDuplicate } from '../../resources/database/duplicate.ts';
import { ensureTables } from '../tables/ensure.ts';
import { isIdle } from './history.ts';

/** Who and when: what is known of a run as it starts. */
export interface RunStart {
  /** The blog's name: several blogs may keep their records in one database. */
  readonly site: string;
  readonly job: string;
  readonly action: string;
  /** Whose lock it runs under: its action's, or its job's own. */
  readonly lockedBy: 'action' | 'job';
  readonly startedBy: 'cron' | 'hand';
  /** ISO minute at which cron was to start it; null by hand. */
  readonly tick: string | null;
  readonly startedAtMs: number;
  readonly host: string;
  readonly pid: number;
}

/** A run that never ended: its process died. */
export interface CrashedRun {
  readonly job: string;
  readonly startedBy: string;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly host: string;
}

/** What the record of such a run says. */
export const crashedSummary = 'the process died before it ended';

/** The records of runs: the table blogctl_run. */
export interface RunStore {
  /** Records the start. Returns its id, or null where another host has claimed this tick of the job. */
  readonly start: (run: RunStart, status: RunStatus) => Promise<number | null>;
  readonly end: (id: number, report: RunReport, endedAtMs: number, log: readonly string[]) => Promise<void>;
  /** Marks runs that never ended as crashed. To be called by the holder of their lock: it knows them dead. */
  readonly markCrashed: (run: RunStart) => Promise<readonly CrashedRun[]>;
  /** When the job last succeeded, as ISO UTC; null where it never did. */
  readonly lastSuccess: (run: RunStart) => Promise<string | null>;
  /**
   * Deletes records that started before the limit, and of this job those of cron that found nothing to do but the newest
   * thousand, and what was seen of checked things before the limit; a few hundred at a time.
   */
  readonly prune: (run: RunStart, beforeMs: number) => Promise<number>;
}

/** Opens the records, making or updating their table where that is needed; not beside a blog that is none. */
export async function openRunStore(database: OpenDatabase, blog: OpenDatabase = database): Promise<RunStore> {
  await ensureTables(database, blog);
  const { query } = database;
  return {
    start: (run, status) => insertRun(database, run, status),
    end: async (id, report, endedAtMs, log) => {
      await query
        .updateTable('blogctl_run')
        .set({ ...resultColumns(report, log), ended_at: isoUtc(endedAtMs), duration_ms: report.durationMs })
        .where('id', '=', id)
        .execute();
    },
    markCrashed: async (run) => {
      const dead = await query
        .selectFrom('blogctl_run')
        .select(['id', 'job', 'started_by as startedBy', 'started_at as startedAt', 'host'])
        .where('status', '=', 'running')
        .where('site', '=', run.site)
        .where(run.lockedBy, '=', run[run.lockedBy])
        .orderBy('id')
        .execute();
      if (dead.length === 0) return [];
      const ids = dead.map(({ id }) => id);
      await query
        .updateTable('blogctl_run')
        .set({ status: 'crashed', ended_at: isoUtc(run.startedAtMs), summary: crashedSummary })
        .where('id', 'in', ids)
        .where('status', '=', 'running')
        .execute();
      return dead;
    },
    lastSuccess: async (run) => {
      const row = await query
        .selectFrom('blogctl_run')
        .select('started_at')
        .where('site', '=', run.site)
        .where('job', '=', run.job)
        .where('status', '=', 'succeeded')
        .orderBy('started_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.started_at ?? null;
    },
    prune: async (run, beforeMs) => {
      await pruneEvidence(database, run.site, isoUtc(beforeMs));
      return (
        (await pruneRuns(database, isoUtc(beforeMs))) + (run.startedBy === 'cron' ? await pruneIdle(database, run) : 0)
      );
    },
  };
}

async function insertRun(database: OpenDatabase, run: RunStart, status: RunStatus): Promise<number | null> {
  const values = {
    site: run.site,
    job: run.job,
    action: run.action,
    started_by: run.startedBy,
    tick: run.tick,
    status,
    started_at: isoUtc(run.startedAtMs),
    host: run.host,
    pid: run.pid,
  };
  try {
    const insert = database.query.insertInto('blogctl_run').values(values);
    if (database.dialect === 'postgres') return (await insert.returning('id').executeTakeFirstOrThrow()).id;
    return Number((await insert.executeTakeFirstOrThrow()).insertId);
  } catch (error) {
    // Only a tick can be somebody else's; any other row that is there already is a fault of the table.
    if (isDuplicate(error) && (await isClaimed(database, run))) return null;
    throw error;
  }
}

async function isClaimed({ query }: OpenDatabase, run: RunStart): Promise<boolean> {
  if (run.tick === null) return false;
  const row = await query
    .selectFrom('blogctl_run')
    .select('id')
    .where('site', '=', run.site)
    .where('job', '=', run.job)
    .where('tick', '=', run.tick)
    .executeTakeFirst();
  return row !== undefined;
}

// A text column of MySQL holds 65,535 bytes; a Chinese character takes three.
const mostCharacters = 20_000;

function resultColumns(report: RunReport, log: readonly string[]) {
  const changes = report.changes.length + (report.changesOmitted ?? 0);
  return {
    status: report.status,
    summary: cut(report.summary),
    counts: JSON.stringify(report.counts),
    changes,
    findings: JSON.stringify(asManyAsFit(report.findings)),
    error: report.error === null ? null : cut(JSON.stringify(report.error)),
    log: cut(log.join('\n')),
  };
}

function cut(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}…`;
}

function asManyAsFit<Item>(items: readonly Item[]): Item[] {
  const kept: Item[] = [];
  let length = 2;
  for (const item of items) {
    length += JSON.stringify(item).length + 1;
    if (length > mostCharacters) break;
    kept.push(item);
  }
  return kept;
}

async function pruneRuns(database: OpenDatabase, before: string): Promise<number> {
  const old = await database.query
    .selectFrom('blogctl_run')
    .select('id')
    .where('started_at', '<', before)
    .orderBy('started_at')
    .limit(500)
    .execute();
  return removeRuns(database, old);
}

// A job of every minute would fill the table with runs that did nothing.
const mostIdle = 1000;

async function pruneIdle(database: OpenDatabase, { site, job }: RunStart): Promise<number> {
  const idle = database.query.selectFrom('blogctl_run').select('id').where('site', '=', site).where('job', '=', job);
  const old = await idle.where(isIdle).orderBy('id', 'desc').limit(500).offset(mostIdle).execute();
  return removeRuns(database, old);
}

async function removeRuns({ query }: OpenDatabase, runs: readonly { readonly id: number }[]): Promise<number> {
  if (runs.length === 0) return 0;
  const ids = runs.map((run) => run.id);
  await query.deleteFrom('blogctl_run').where('id', 'in', ids).execute();
  return runs.length;
}
