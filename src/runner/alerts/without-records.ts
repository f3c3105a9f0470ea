import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Alert } from '../../blog/alerts.ts';
import { closedUntilMs } from '../../blog/outbox.ts';
import { isoUtc, type Host } from '../../core/host.ts';
import type { Notifier } from '../../core/notify.ts';
import { pause } from '../../core/pause.ts';
import type { Redactor } from '../../core/redact.ts';
import type { Config } from '../config/config.ts';
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
/** How long to wait for another process that counts, or tells of it. */
const patience = { times: 40, eachMs: 250 };

/** What is remembered: the series, and how its last message fared. */
interface Memory extends Alert {
  /** How often it was tried in vain. */
  readonly attempts?: number;
  /** When it may be tried again, in milliseconds since 1970. */
  readonly closedUntilMs?: number;
}

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
  await byOneProcess(path, host, async () => {
    const nowMs = host.clock.nowMs();
    const before: Memory = readMemory(path) ?? {
      site: plan.config.blog.name,
      job: plan.job.name,
      began_at: isoUtc(nowMs),
      failures: 0,
      times_told: 0,
      told_at: isoUtc(nowMs),
    };
    const wanted = timesToTell(nowMs - Date.parse(before.began_at));
    const next = { ...before, failures: before.failures + 1 };
    // First, so that nobody is told each minute where it cannot be written.
    writeMemory(path, next);
    if (wanted <= before.times_told || isInPause(before, nowMs)) return;
    const isTold = await send(run, unrecordedMessage(ended, next, circumstancesOf(run)));
    const told = { ...next, times_told: wanted, told_at: isoUtc(nowMs), attempts: 0 };
    writeMemory(path, isTold ? told : inPause(next, nowMs));
  });
}

/** Tells that the records are there again, where it was told that they were not. */
export async function tellRecordsAreBack(run: Unrecorded): Promise<void> {
  const { plan, host } = run;
  const path = memoryPath(plan, host);
  if (path === null || readMemory(path) === null) return;
  await byOneProcess(path, host, async () => {
    const memory = readMemory(path);
    const nowMs = host.clock.nowMs();
    if (memory === null) return;
    if (memory.times_told > 0) {
      if (isInPause(memory, nowMs)) return;
      const isTold = await send(run, recordedAgainMessage(memory, circumstancesOf(run)));
      if (!isTold) return writeMemory(path, inPause(memory, nowMs));
    }
    rmSync(path, { force: true });
  });
}

/** Ends the pause after a message that could not be sent. Returns whether there was one. */
export async function endPauseWithoutRecords(config: Config, host: Host): Promise<boolean> {
  const path = memoryPath({ config }, host);
  if (path === null || !isInPause(readMemory(path), host.clock.nowMs())) return false;
  await byOneProcess(path, host, async () => {
    const memory = readMemory(path);
    if (memory !== null) writeMemory(path, { ...memory, attempts: 0 });
  });
  return true;
}

function isInPause(memory: Memory | null, nowMs: number): boolean {
  const { attempts = 0, closedUntilMs: until = 0 } = memory ?? {};
  return attempts > 0 && until > nowMs;
}

function inPause(memory: Memory, nowMs: number): Memory {
  const { attempts = 0 } = memory;
  return { ...memory, attempts: attempts + 1, closedUntilMs: closedUntilMs(nowMs, attempts) };
}

/**
 * All jobs of a minute end like this together: one at a time looks and tells. Who finds another at it for long leaves it
 * to that. The lock's file lies beside the folder of the memories, is empty, and may stay.
 */
async function byOneProcess(path: string, { signal }: Host, work: () => Promise<void>): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const { trySqliteLock } = await import('../../resources/database/sqlite-lock.ts');
  for (let times = 0; times < patience.times; times++) {
    const lock = await trySqliteLock(`${dirname(path)}.lock`);
    if (lock === null) {
      await pause(patience.eachMs, signal);
      continue;
    }
    try {
      return await work();
    } finally {
      await lock.release();
    }
  }
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

function writeMemory(path: string, memory: Memory): void {
  writeFileSync(path, JSON.stringify(memory), { mode: 0o600 });
}

function readMemory(path: string): Memory | null {
  try {
    const memory = JSON.parse(readFileSync(path, 'utf8')) as Memory;
    return Number.isNaN(Date.parse(memory.began_at)) ? null : memory;
  } catch {
    return null;
  }
}

function memoryPath({ config }: Pick<RunPlan, 'config'>, { variables, homeDirectory }: Host): string | null {
  const xdg = variables['XDG_STATE_HOME'];
  const base =
    xdg?.startsWith('/') === true ? xdg : homeDirectory === null ? null : join(homeDirectory, '.local', 'state');
  // Of blogs of the same name each has its own configuration.
  const name = encodeURIComponent(`${config.blog.name} ${config.path ?? config.folder}`).slice(-200);
  return base === null ? null : join(base, 'blogctl', 'unrecorded', `${name}.json`);
}
