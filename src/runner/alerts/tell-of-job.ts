import { alertOf, endAlert, keepAlert, type Alert } from '../../blog/alerts.ts';
import { keepMessage, pruneMessages } from '../../blog/messages.ts';
import { sendWaiting, untoldOf, type Outbox } from '../../blog/outbox.ts';
import { UntoldError } from '../../core/errors.ts';
import { isoUtc, type Host } from '../../core/host.ts';
import type { Redactor } from '../../core/redact.ts';
import type { Console } from '../console.ts';
import type { ResourcePool } from '../open-resources.ts';
import type { CrashedRun } from '../record/store.ts';
import type { EndedRun, RunPlan } from '../run-job.ts';
import { whenTextFor } from '../when-text.ts';
import { markDeadRuns } from './dead-runs.ts';
import { timesToTell } from './series.ts';
import { tellRecordsAreBack, tellWithoutRecords } from './without-records.ts';
import { crashMessage, failureMessage, recoveryMessage, type Circumstances } from './wording.ts';

/** A run that cron started, as it ended, and the runs before it that never did. */
export interface JobEnd {
  readonly plan: RunPlan;
  readonly ended: EndedRun;
  /** Null where the records cannot be reached. */
  readonly crashed: readonly CrashedRun[] | null;
}

/** Longer than a mail server may take. */
const mostMs = 60_000;
const keptMs = 90 * 86_400_000;

/**
 * Tells the owner of a job that has failed, and of one that works again: of a series of failures the first, and then ever
 * more seldom. To be called by the holder of the job's lock. Whatever goes wrong here is the caller's to tell; it is
 * no fault of the run.
 */
export async function tellOfJob(
  { plan, ended, crashed }: JobEnd,
  pool: ResourcePool,
  host: Host,
  console: Console,
  redactor: Redactor,
): Promise<void> {
  const { config, job } = plan;
  const { status } = ended.report;
  // That nobody can be told is no news that somebody could be told.
  const isFailed = (status === 'failed' || status === 'timed out') && !(ended.error instanceof UntoldError);
  const notifier = await pool.openers.notify();
  const unrecorded = { plan, host, console, redactor, notifier };
  if (crashed === null) return isFailed ? tellWithoutRecords(unrecorded, ended) : undefined;
  await tellRecordsAreBack(unrecorded);
  const site = config.blog.name;
  const [state, database] = [await pool.state(), await pool.database()];
  const dead = [...crashed, ...(await markDeadRuns({ state, database, site }, host))];
  const nowMs = host.clock.nowMs();
  const outbox: Outbox = {
    state: { ...state, isReady: true },
    site,
    notifier,
    topic: 'job',
    nowMs,
    signal: AbortSignal.any([host.signal, AbortSignal.timeout(mostMs)]),
    change: (_what, apply) => apply(),
  };
  const about = (name: string): Circumstances => ({
    blog: site,
    job: name,
    host: host.hostname,
    nowMs,
    configPath: config.path,
    whenText: whenTextFor(config, host),
  });
  const keep = async (name: string, { subject, body }: { subject: string; body: string }): Promise<void> => {
    const message = {
      subject: redactor.clean(subject),
      body: redactor.clean(body),
      about: `job ${name}`,
      at: isoUtc(nowMs),
    };
    await keepMessage(outbox.state, site, message, outbox.notifier.channels);
  };
  for (const run of dead.filter(({ startedBy }) => startedBy === 'cron')) {
    const alert = await failing(outbox, run.job, Date.parse(run.startedAt));
    if (alert.isDue) await keep(run.job, crashMessage(run, about(run.job)));
    await keepAlert(outbox.state, alert.next);
  }
  if (isFailed) {
    const alert = await failing(outbox, job.name, nowMs);
    if (alert.isDue) await keep(job.name, failureMessage(ended, alert.next, about(job.name)));
    await keepAlert(outbox.state, alert.next);
  } else if (status === 'succeeded' && ended.isUndecided !== true) {
    const alert = await alertOf(outbox.state, site, job.name);
    if (alert !== null) {
      await keep(job.name, recoveryMessage(alert, about(job.name)));
      await endAlert(outbox.state, alert);
      await pruneMessages(outbox.state, site, nowMs - keptMs);
    }
  }
  const sent = await sendWaiting(outbox, null);
  const untold = untoldOf(sent);
  // Cron's own mail is the last resort, also of a run that succeeded.
  if (untold !== null) console.fail(`blogctl: ${untold.message}\n  ${untold.hint ?? ''}`);
  else
    for (const { target, message } of sent.findings) console.log.warn('not told', { channel: target, reason: message });
}

// The series with one more failure in it, and whether it is to be told now.
async function failing(
  { state, site, nowMs }: Outbox,
  job: string,
  atMs: number,
): Promise<{ next: Alert; isDue: boolean }> {
  const before = await alertOf(state, site, job);
  const now = isoUtc(nowMs);
  if (before === null) {
    const next = { site, job, began_at: isoUtc(atMs), failures: 1, times_told: 1, told_at: now };
    return { next, isDue: true };
  }
  const wanted = timesToTell(nowMs - Date.parse(before.began_at));
  const isDue = wanted > before.times_told;
  const told = isDue ? { times_told: wanted, told_at: now } : {};
  return { next: { ...before, failures: before.failures + 1, ...told }, isDue };
}
