import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { dyingWithUs } from './after-death.ts';
import { freePort } from './free-port.ts';
import { letUsExit } from './let-us-exit.ts';
import { findProgram, type SystemUser } from './programs.ts';
import type { TemporaryFolder } from './temporary-folder.ts';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 10_000;
const PORTS_TO_TRY = 5;
const LOG_TAIL_CHARS = 20_000;

/** Redis, MariaDB and PostgreSQL all say it, in nearly the same words. */
const READY = /ready (for|to accept) connections/i;
const PORT_TAKEN = /address already in use/i;

/** What it takes to start one server. */
export interface ServerPlan {
  readonly name: string;
  readonly folder: TemporaryFolder;
  readonly owner: SystemUser | null;
  readonly stopSignal: NodeJS.Signals;
  command(port: number): readonly [string, ...string[]];
}

/** A server that answers, and the handles that tests pull. */
export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  /** Ends the server in an orderly way and removes its folder. Twice does no harm. */
  stop(): Promise<void>;
  /** Ends it as a power failure would (SIGKILL); `stop` removes what it leaves. */
  kill(): Promise<void>;
  /** Makes it accept connections and say nothing (SIGSTOP), until `resume`. */
  pause(): void;
  resume(): void;
}

interface StartedChild {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

/** Starts a server on a free port and waits for its own word that it is ready. */
export async function startServerProcess(plan: ServerPlan): Promise<ServerProcess> {
  try {
    for (let attempt = 1; ; attempt += 1) {
      const port = await freePort();
      const started = await tryToStart(plan, port);
      if (typeof started !== 'string') return handles(plan, port, started);
      if (attempt === PORTS_TO_TRY || !PORT_TAKEN.test(started)) {
        throw new Error(`${plan.name} did not start. Its log:\n${started}`);
      }
    }
  } catch (error) {
    await plan.folder.remove();
    throw error;
  }
}

/** Runs a server's own preparing program to its end; its output is the error's text where it fails. */
export async function prepareServer(
  name: string,
  command: readonly [string, ...string[]],
  folder: TemporaryFolder,
  owner: SystemUser | null,
): Promise<void> {
  const [file = '', ...args] = [...dyingWithUs(findProgram('setpriv')), ...command];
  try {
    await promisify(execFile)(file, args, { cwd: folder.path, timeout: START_LIMIT_MS, ...runAs(owner) });
  } catch (error) {
    await folder.remove();
    const output =
      error instanceof Error && 'stdout' in error && 'stderr' in error ? error : { stdout: '', stderr: '' };
    throw new Error(`${name} could not be prepared:\n${String(output.stdout)}${String(output.stderr)}`, {
      cause: error,
    });
  }
}

/** The running child, or the log of one that did not get ready. */
async function tryToStart(plan: ServerPlan, port: number): Promise<StartedChild | string> {
  // A server that changed its user by itself would lose the death signal: so it is started as that user.
  const [file = '', ...args] = [...dyingWithUs(findProgram('setpriv')), ...plan.command(port)];
  const child = spawn(file, args, { cwd: plan.folder.path, stdio: ['ignore', 'pipe', 'pipe'], ...runAs(plan.owner) });
  const ended = once(child, 'close').catch(() => undefined);
  const outcome = await waitUntilReady(child, ended);
  if (outcome === true) {
    letUsExit(child);
    return { child, ended };
  }
  child.kill('SIGKILL');
  await ended;
  return outcome;
}

/** True, or the log of a server that ended or took too long. */
function waitUntilReady(child: ChildProcess, ended: Promise<unknown>): Promise<true | string> {
  return new Promise((resolve) => {
    let log = '';
    const limit = setTimeout(() => resolve(`${log}\n(not ready after ${START_LIMIT_MS / 1000} s)`), START_LIMIT_MS);
    const read = (chunk: Buffer): void => {
      log = (log + chunk.toString()).slice(-LOG_TAIL_CHARS);
      if (READY.test(log)) settle(true);
    };
    const settle = (outcome: true | string): void => {
      clearTimeout(limit);
      resolve(outcome);
    };
    // The listeners stay: a server whose log nobody reads stops at a full pipe.
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => settle(error.message));
    void ended.then(() => settle(log));
  });
}

function runAs(owner: SystemUser | null): { uid?: number; gid?: number } {
  return owner === null ? {} : { uid: owner.uid, gid: owner.gid };
}

function handles(plan: ServerPlan, port: number, { child, ended }: StartedChild): ServerProcess {
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    // A paused process takes no signal but SIGKILL.
    child.kill('SIGCONT');
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(limit);
  };
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      await end(plan.stopSignal);
      await plan.folder.remove();
    },
    kill: () => end('SIGKILL'),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  };
}
