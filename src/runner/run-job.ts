import type { Action, ActionContext, BaseContext, ResourceName } from '../core/action.ts';
import type { SettingsOf, SettingsSchema } from '../core/settings.ts';
import { BlogctlError, LockedError, messageOf, UpstreamError } from '../core/errors.ts';
import { within } from '../core/within.ts';
import { isoUtc, type Host } from '../core/host.ts';
import type { Outcome, RunError, RunReport, RunStatus } from '../core/outcome.ts';
import type { Redactor } from '../core/redact.ts';
import { explainQueryError } from '../resources/database/query-error.ts';
import { isRefusedWrite } from '../resources/database/refused-write.ts';
import { describeDatabase, parseDatabaseUrl } from '../resources/database/url.ts';
import { cleanReport } from './clean-report.ts';
import { openDoor } from './change.ts';
import type { Config, JobConfig } from './config/config.ts';
import type { Console } from './console.ts';
import { startDeadline } from './deadline.ts';
import { blogTimeFor, openPool, type ResourcePool } from './open-resources.ts';
import { openRunStore, type RunStart, type RunStore } from './record/store.ts';

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
  try {
    if (plan.dryRun) return { report: report('succeeded', await work()), error: null, lastSuccess: null };
    return await lockedAndRecorded(plan, host, console, pool, startedAtMs, { work, report, failure });
  } catch (thrown) {
    const error = foreseen(thrown, plan);
    return { report: failure(error), error, lastSuccess: null };
  } finally {
    console.close();
    await pool.close();
  }
}

interface Steps {
  /** Stops where the lock is lost. */
  readonly work: (lost?: AbortSignal) => Promise<Outcome>;
  readonly report: (status: RunStatus, outcome: Outcome) => RunReport;
  readonly failure: (error: unknown) => RunReport;
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
  const start: RunStart = { site, job, action, startedBy, tick, startedAtMs, host: host.hostname, pid: host.pid };
  const lock = await database.tryLock(action);
  if (lock === null) return alreadyRunning(start, store, host, console, steps);
  try {
    const crashed = await store.markCrashed(start);
    if (crashed > 0) console.log.warn('an earlier run died before it ended', { action, runs: crashed });
    const id = await store.start(start, 'running');
    if (id === null) {
      const summary = `another host has run ${job} for ${tick ?? ''}`;
      return { report: steps.report('skipped', { summary, counts: {} }), error: null, lastSuccess: null };
    }
    const ended = await endOf(steps, lock.lost);
    const record = async (): Promise<string | null> => {
      await store.end(id, ended.report, host.clock.nowMs(), console.lines());
      await store.prune(start, startedAtMs - plan.config.state.keepRuns.ms);
      return ended.error === null ? null : store.lastSuccess(start);
    };
    return await recorded(ended, record, plan, console);
  } finally {
    // A server that has frozen keeps no time of its own, and must not keep us.
    await within(lock.release(), answerMs, unanswered).catch(() => undefined);
  }
}

const answerMs = 3000;

function unanswered(): Error {
  return new UpstreamError('the database does not answer any more');
}

// Why the work failed is the news, not that nobody could write it down.
async function recorded(
  ended: { readonly report: RunReport; readonly error: unknown },
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
    return { ...ended, lastSuccess: null };
  }
}

async function endOf(steps: Steps, lost: AbortSignal): Promise<{ report: RunReport; error: unknown }> {
  try {
    return { report: steps.report('succeeded', await steps.work(lost)), error: null };
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
  const error = new LockedError(`${start.action} is already running on this database; this run was skipped`, {
    hint: 'See "blogctl history". The lock goes with the process that holds it: there is nothing to delete.',
  });
  const report = { ...steps.failure(error), status: 'skipped' as const };
  // The tick stays free: the run that holds the lock may be the one that has claimed it.
  const id = await store.start({ ...start, tick: null }, 'skipped');
  if (id !== null) await store.end(id, report, host.clock.nowMs(), console.lines());
  return { report, error, lastSuccess: null };
}

/** What a run that has begun gives its action. */
interface Begun extends Pick<BaseContext<unknown>, 'change' | 'soFar'> {
  readonly pool: ResourcePool;
  readonly startedAtMs: number;
}

async function act(
  plan: RunPlan,
  host: Host,
  console: Console,
  { change, soFar, pool, startedAtMs }: Begun,
  lost: AbortSignal | undefined,
): Promise<Outcome> {
  const deadline = startDeadline(
    plan.timeoutMs,
    lost === undefined ? host.signal : AbortSignal.any([host.signal, lost]),
  );
  const context: ActionContext<SettingsOf<SettingsSchema>, ResourceName> = {
    settings: plan.settings,
    nowMs: startedAtMs,
    elapsedMs: host.clock.elapsedMs,
    time: blogTimeFor(plan.config, host, () => startedAtMs),
    blog: plan.config.blog,
    canaries: plan.config.http.canaries,
    log: console.log,
    progress: console.progress,
    signal: deadline.signal,
    change,
    soFar,
    ...pick(pool.openers, plan.action.uses),
  };
  try {
    return await deadline.over(plan.action.run(context));
  } finally {
    deadline.clear();
  }
}

// An action gets the resources it declared and no others; its own type says so, the machine's cannot.
function pick(openers: ResourcePool['openers'], names: readonly ResourceName[]): ResourcePool['openers'] {
  return Object.fromEntries(names.map((name) => [name, openers[name]])) as ResourcePool['openers'];
}

// A driver's error comes out as a sentence that names the database; whatever else is no BlogctlError stays a bug.
function foreseen(thrown: unknown, { config, dryRun }: RunPlan): unknown {
  // The second lock has held: the first, change(), was forgotten.
  if (dryRun && isRefusedWrite(thrown)) {
    return new Error(`a dry run cannot write to the database: ${messageOf(thrown)}`, { cause: thrown });
  }
  return explainQueryError(thrown, describeDatabase(parseDatabaseUrl(config.database, config.folder))) ?? thrown;
}

function statusOf(error: unknown): RunStatus {
  if (!(error instanceof BlogctlError)) return 'failed';
  if (error.kind === 'timeout') return 'timed out';
  return error.kind === 'interrupted' ? 'interrupted' : 'failed';
}

function describeError(error: unknown, redactor: Redactor): RunError {
  const message = redactor.clean(messageOf(error));
  if (!(error instanceof BlogctlError)) return { kind: 'bug', message };
  return { kind: error.kind, message, ...(error.hint === undefined ? {} : { hint: redactor.clean(error.hint) }) };
}
