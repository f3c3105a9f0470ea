import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Alert } from '../../blog/alerts.ts';
import { isoUtc, type Host } from '../../core/host.ts';
import type { Notifier } from '../../core/notify.ts';
import type { Redactor } from '../../core/redact.ts';
import type { Console } from '../console.ts';
import type { EndedRun, RunPlan } from '../run-job.ts';
import { whenTextFor } from '../when-text.ts';
import { timesToTell } from './series.ts';
import { recordedAgainMessage, unrecordedMessage, type Circumstances } from './wording.ts';

/*
 * A run that cannot reach its records has failed like any other, but what was told of it cannot be kept there. It is
 * kept in a small file of this machine's: one for a blog, since all its jobs fail together.
 */

const mostMs = 60_000;

/** What these alerts need of a run. */
export interface Unrecorded {
  readonly plan: RunPlan;
  readonly host: Host;
  readonly console: Console;
  readonly redactor: Redactor;
  readonly notifier: Notifier;
}

/** Tells that a run could not reach its records: the first time, and then ever more seldom. */
export async function tellWithoutRecords(run: Unrecorded, ended: EndedRun): Promise<void> {
  const { plan, host } = run;
  const path = memoryPath(plan, host);
  // Without a place to remember it this would be a message each minute; cron's own mail is there all the same.
  if (path === null) return;
  const nowMs = host.clock.nowMs();
  const before = readMemory(path);
  const alert: Alert = before ?? {
    site: plan.config.blog.name,
    job: plan.job.name,
    began_at: isoUtc(nowMs),
    failures: 0,
    times_told: 0,
    told_at: isoUtc(nowMs),
  };
  const wanted = timesToTell(nowMs - Date.parse(alert.began_at));
  const next = { ...alert, failures: alert.failures + 1 };
  // First, so that nobody is told each minute where it cannot be written.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const remember = (memory: Alert): void => writeFileSync(path, JSON.stringify(memory), { mode: 0o600 });
  remember(next);
  if (wanted <= alert.times_told) return;
  const isTold = await send(run, unrecordedMessage(ended, next, circumstancesOf(run)));
  if (isTold) remember({ ...next, times_told: wanted, told_at: isoUtc(nowMs) });
}

/** Tells that the records are there again, where it was told that they were not. */
export async function tellRecordsAreBack(run: Unrecorded): Promise<void> {
  const path = memoryPath(run.plan, run.host);
  const alert = path === null ? null : readMemory(path);
  if (path === null || alert === null) return;
  const isTold = alert.times_told === 0 || (await send(run, recordedAgainMessage(alert, circumstancesOf(run))));
  if (isTold) rmSync(path, { force: true });
}

function circumstancesOf({ plan: { config, job }, host }: Unrecorded): Circumstances {
  return {
    blog: config.blog.name,
    job: job.name,
    host: host.hostname,
    nowMs: host.clock.nowMs(),
    configPath: config.path,
    whenText: whenTextFor(config, host),
  };
}

async function send(
  { plan, host, console, redactor, notifier }: Unrecorded,
  { subject, body }: { readonly subject: string; readonly body: string },
): Promise<boolean> {
  const message = {
    subject: redactor.clean(subject),
    body: redactor.clean(body),
    about: `job ${plan.job.name}`,
    at: isoUtc(host.clock.nowMs()),
  };
  const signal = AbortSignal.any([host.signal, AbortSignal.timeout(mostMs)]);
  const deliveries = await notifier.send(message, notifier.channels, signal);
  for (const { channel, failure } of deliveries) {
    if (failure !== null) console.log.warn('not told', { channel, reason: failure });
  }
  return deliveries.some(({ failure }) => failure === null);
}

function readMemory(path: string): Alert | null {
  try {
    const memory = JSON.parse(readFileSync(path, 'utf8')) as Alert;
    return Number.isNaN(Date.parse(memory.began_at)) ? null : memory;
  } catch {
    return null;
  }
}

function memoryPath({ config }: RunPlan, { variables, homeDirectory }: Host): string | null {
  const xdg = variables['XDG_STATE_HOME'];
  const base =
    xdg?.startsWith('/') === true ? xdg : homeDirectory === null ? null : join(homeDirectory, '.local', 'state');
  // Of blogs of the same name each has its own configuration.
  const name = encodeURIComponent(`${config.blog.name} ${config.path ?? config.folder}`).slice(-200);
  return base === null ? null : join(base, 'blogctl', 'unrecorded', `${name}.json`);
}
