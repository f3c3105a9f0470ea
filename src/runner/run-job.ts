import type { Action } from '../core/action.ts';
import { LockedError, messageOf, UpstreamError } from '../core/errors.ts';
import { within } from '../core/within.ts';
import { isoUtc, type Host } from '../core/host.ts';
import type { Outcome, RunError, RunReport, RunStatus } from '../core/outcome.ts';
import type { Redactor } from '../core/redact.ts';
import { act, type Begun } from './act.ts';
import { cleanReport } from './clean-report.ts';
import { openDoor } from './change.ts';
import type { Config, JobConfig } from './config/config.ts';
import type { Console } from './console.ts';
import { blogTimeFor, openPool, type ResourcePool } from './open-resources.ts';
import { openRunStore, type CrashedRun, type RunStart, type RunStore } from './record/store.ts';
import { describeError, foreseen, statusOf } from './run-error.ts';

/** Everything that is decided before a run starts. */
export interface RunPlan {
  readonly config: Config;
  readonly job: JobConfig;
  readonly action: Action;
  /** Parsed: defaults, file and flags merged. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly timeoutMs: number;
  readonly dryRun: boolean;
  readonly startedBy: RunStart['startedBy'];
  /** The minute at which cron was to start it, as ISO UTC; null by hand. */
  readonly tick: string | null;
}

/** A run that has ended: its report, what it threw, and when the job last succeeded where it did not now. */
export interface EndedRun {
  readonly report: RunReport;
  readonly error: unknown;
  /** It says nothing of whether an earlier failure is over. */
  readonly isUndecided?: boolean;
  /** Its records could be reached when it began, and not when it ended. */
  readonly isUnrecorded?: boolean;
  readonly lastSuccess: string | null;
}

/** Runs a job from lock to record. Never throws: whatever happens is in the report. */
export async function runJob(plan: RunPlan, host: Host, console: Console, redactor: Redactor): Promise<EndedRun> {
  const startedMs = host.clock.elapsedMs();
  const startedAtMs = host.clock.nowMs();
  const door = openDoor(plan.dryRun);
  const time = blogTimeFor(plan.config, host);
  const { change } = door;
  const { variables, version, programFolder } = host;
  const pool = openPool({
    config: plan.config,
    time,
    readOnly: plan.dryRun,
    change,
    log: console.log,
    variables,
    version,
    hostname: host.hostname,
    nowMs: host.clock.nowMs,
    programFolder,
    elapsedMs: host.clock.elapsedMs,
  });
  const report = (status: RunStatus, outcome: Outcome, error: RunError | null = null): RunReport =>
    cleanReport(
      {
        job: plan.job.name,
        action: plan.job.action,
        dryRun: plan.dryRun,
        status,
        summary: outcome.summary,
        counts: outcome.counts,
        changes: door.changes,
        ...(door.omitted() === 0 ? {} : { changesOmitted: door.omitted() }),
        findings: outcome.findings ?? [],
        startedAt: isoUtc(startedAtMs),
        durationMs: Math.round(host.clock.elapsedMs() - startedMs),
        error,
      },
      redactor,
    );
  let countsSoFar = (): Outcome['counts'] => ({});
  const soFar: Begun['soFar'] = (counts) => void (countsSoFar = counts);
  const failure = (error: unknown): RunReport => {
    const described = describeError(error, redactor);
    return report(statusOf(error), { summary: described.message, counts: { ...countsSoFar() } }, described);
  };
  const work = (lost?: AbortSignal): Promise<Outcome> =>
    act(plan, host, console, { change: door.change, soFar, pool, startedAtMs }, lost).catch((thrown: unknown) => {
      throw foreseen(thrown, plan);
    });
  const tell: Steps['tell'] = async (ended, crashed) => {
    if (!isToBeTold(plan)) return;
    try {
      const { tellOfJob } = await import('./alerts/tell-of-job.ts');
      await tellOfJob({ plan, ended, crashed }, pool, host, console, redactor);
    } catch (error) {
      console.log.warn('the owner could not be told of the run', { reason: messageOf(error) });
    }
  };
  try {
    if (plan.dryRun) return { report: report('succeeded', await work()), error: null, lastSuccess: null };
    return await lockedAndRecorded(plan, host, console, pool, startedAtMs, { work, report, failure, tell });
  } catch (thrown) {
    const error = foreseen(thrown, plan);
    const ended = { report: failure(error), error, lastSuccess: null };
    if (!plan.dryRun) await tell(ended, null);
    return ended;
  } finally {
    console.close();
    await pool.close();
  }
}

// What a run by hand comes to stands before whoever started it.
function isToBeTold({ startedBy, config: { notify } }: RunPlan): boolean {
  return startedBy === 'cron' && notify.failedJobs && (notify.mail !== undefined || notify.webhooks.length > 0);
}

interface Steps {
  /** Stops where the lock is lost. */
  readonly work: (lost?: AbortSignal) => Promise<Outcome>;
  readonly report: (status: RunStatus, outcome: Outcome) => RunReport;
  readonly failure: (error: unknown) => RunReport;
  /** Tells the owner what the end of the run means for its job; null where its records cannot be reached. Never throws. */
  readonly tell: (ended: EndedRun, crashed: readonly CrashedRun[] | null) => Promise<void>;
}

async function lockedAndRecorded(
  plan: RunPlan,
  host: Host,
  console: Console,
  pool: ResourcePool,
  startedAtMs: number,
  steps: Steps,
): Promise<EndedRun> {
  const database = await pool.database();
  const store = await openRunStore(await pool.state(), database);
  const { name: job, action } = plan.job;
  const { startedBy, tick } = plan;
  const site = plan.config.blog.name;
  const { lockedBy = 'action' } = plan.action;
  const start: RunStart = {
    site,
    job,
    action,
    lockedBy,
    startedBy,
    tick,
    startedAtMs,
    host: host.hostname,
    pid: host.pid,
  };
  const lock = await database.tryLock(lockedBy === 'job' ? `${action}-${job}` : action);
  if (lock === null) return alreadyRunning(start, store, host, console, steps);
  try {
    const crashed = await store.markCrashed(start);
    if (crashed.length > 0) console.log.warn('an earlier run died before it ended', { action, runs: crashed.length });
    const ended = await claimedAndRecorded(plan, host, console, start, store, lock.lost, steps);
    await steps.tell(ended, ended.isUnrecorded === true ? null : crashed);
    return ended;
  } finally {
    // A server that has frozen keeps no time of its own, and must not keep us.
    await within(lock.release(), answerMs, unanswered).catch(() => undefined);
  }
}

async function claimedAndRecorded(
  plan: RunPlan,
  host: Host,
  console: Console,
  start: RunStart,
  store: RunStore,
  lost: AbortSignal,
  steps: Steps,
): Promise<EndedRun> {
  const id = await store.start(start, 'running');
  if (id === null) {
    const summary = `another host has run ${start.job} for ${start.tick ?? ''}`;
    return { report: steps.report('skipped', { summary, counts: {} }), error: null, lastSuccess: null };
  }
  const ended = await endOf(steps, lost);
  const record = async (): Promise<string | null> => {
    await store.end(id, ended.report, host.clock.nowMs(), console.lines());
    await store.prune(start, start.startedAtMs - plan.config.state.keepRuns.ms);
    return ended.error === null ? null : store.lastSuccess(start);
  };
  return recorded(ended, record, plan, console);
}

const answerMs = 3000;

function unanswered(): Error {
  return new UpstreamError('the database does not answer any more');
}

// Why the work failed is the news, not that nobody could write it down.
async function recorded(
  ended: Omit<EndedRun, 'lastSuccess'>,
  record: () => Promise<string | null>,
  plan: RunPlan,
  console: Console,
): Promise<EndedRun> {
  try {
    return { ...ended, lastSuccess: await within(record(), answerMs, unanswered) };
  } catch (thrown) {
    const error = foreseen(thrown, plan);
    if (ended.error === null)
      throw new UpstreamError(`the work is done, but not recorded: ${messageOf(error)}`, { cause: error });
    console.log.warn('the run could not be recorded', { reason: messageOf(error) });
    return { ...ended, isUnrecorded: true, lastSuccess: null };
  }
}

async function endOf(steps: Steps, lost: AbortSignal): Promise<Omit<EndedRun, 'lastSuccess'>> {
  try {
    const outcome = await steps.work(lost);
    return {
      report: steps.report('succeeded', outcome),
      error: null,
      isUndecided: outcome.isUndecided === true,
    };
  } catch (error) {
    return { report: steps.failure(error), error };
  }
}

async function alreadyRunning(
  start: RunStart,
  store: RunStore,
  host: Host,
  console: Console,
  steps: Steps,
): Promise<EndedRun> {
  const error = new LockedError(`${start[start.lockedBy]} is already running on this database; this run was skipped`, {
    hint: 'See "blogctl history". The lock goes with the process that holds it: there is nothing to delete.',
  });
  const report = { ...steps.failure(error), status: 'skipped' as const };
  // The tick stays free: the run that holds the lock may be the one that has claimed it.
  const id = await store.start({ ...start, tick: null }, 'skipped');
  if (id !== null) await store.end(id, report, host.clock.nowMs(), console.lines());
  return { report, error, lastSuccess: null };
}
