import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterDeath, dyingWithUs } from './servers/after-death.ts';
import { letUsExit } from './servers/let-us-exit.ts';
import { findProgram, findSystemUser, requireProgram } from './servers/programs.ts';

const execute = promisify(execFile);

/** cron writes its number here once it holds the lock that allows one daemon for each machine. */
const PID_FILE = '/run/crond.pid';
const ALREADY_RUNNING = /can't lock .*crond\.pid/;

/** What a login has; cron and its jobs must not see the test run's own environment. */
const PATH = '/usr/local/bin:/usr/bin:/bin';
const STEP_MS = 50;
const START_STEPS = 200;
const STAND_BY_MS = 2000;

/** How a command of the throw-away user ended. */
interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What else a command of the throw-away user gets. */
interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** A throw-away user of the system whose crontab a real cron daemon serves. */
export interface CronUser {
  readonly user: string;
  readonly home: string;
  readonly uid: number;
  readonly gid: number;
  /** Runs a command as the user, in their home, with the environment of a bare login. */
  run(command: readonly [string, ...string[]], options?: CommandOptions): Promise<Finished>;
  /** Removes the crontab, the user, their processes and files, and ends the daemon that was started here. */
  stop(): Promise<void>;
}

/** Makes a throw-away user and sees to it that the real cron daemon runs. Only as root. */
export async function startCron(): Promise<CronUser> {
  const stopDaemon = await ensureDaemon();
  const name = `blogctl-${randomBytes(4).toString('hex')}`;
  // cron runs nothing for a user without a valid shell.
  await execute(requireProgram('useradd'), ['--create-home', '--user-group', '--shell', '/bin/sh', name]);
  const callOff = afterDeath('crontab -r -u "$1"; userdel --force --remove "$1"', [name]);
  const account = findSystemUser(name);
  if (account === null) throw new Error(`useradd made no user ${name}`);
  const { uid, gid, home } = account;
  return {
    user: name,
    home,
    uid,
    gid,
    run: ([file, ...args], { env = {}, input = '' } = {}) => {
      const login = { HOME: home, LOGNAME: name, USER: name, SHELL: '/bin/sh', PATH, ...env };
      return finish(file, args, { uid, gid, cwd: home, env: login }, input);
    },
    async stop() {
      await finish('crontab', ['-r', '-u', name], {}, '');
      await stopDaemon();
      await endProcessesOf(uid);
      await finish(requireProgram('userdel'), ['--force', '--remove', name], {}, '');
      callOff();
    },
  };
}

/**
 * Starts the daemon, unless one runs: that one holds the lock, and serves every user anyway. It may be another test's and
 * end with it, so ours stands by to take its place.
 */
async function ensureDaemon(): Promise<() => Promise<void>> {
  let stopDaemon = await tryDaemon();
  let isWanted = true;
  const standingBy = (async () => {
    while (isWanted && stopDaemon === null) {
      await sleep(STAND_BY_MS, undefined, { ref: false });
      // A failure is not this loop's to tell: the test will miss its daemon.
      if (isWanted) stopDaemon = await tryDaemon().catch(() => null);
    }
  })();
  return async () => {
    isWanted = false;
    await standingBy;
    await stopDaemon?.();
  };
}

/** Starts a daemon; null where another one runs. */
async function tryDaemon(): Promise<(() => Promise<void>) | null> {
  const [file, ...args] = [...dyingWithUs(findProgram('setpriv')), requireProgram('cron'), '-f'];
  const daemon = spawn(file, args, { cwd: '/', env: { PATH }, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  daemon.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const ended = once(daemon, 'close');
  letUsExit(daemon);
  for (let step = 0; step < START_STEPS; step += 1) {
    if (holdsTheLock(daemon.pid)) {
      return async () => {
        daemon.ref();
        daemon.kill();
        await ended;
      };
    }
    await Promise.race([ended, sleep(STEP_MS)]);
    if (ALREADY_RUNNING.test(complaint)) return null;
    if (daemon.exitCode !== null) break;
  }
  daemon.kill('SIGKILL');
  throw new Error(`cron did not start: ${complaint}`);
}

function holdsTheLock(pid: number | undefined): boolean {
  try {
    return Number(readFileSync(PID_FILE, 'utf8')) === pid;
  } catch {
    return false;
  }
}

/** Jobs that still run would keep the user and write into a home that is being removed. */
async function endProcessesOf(uid: number): Promise<void> {
  for (;;) {
    const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && ownerOf(`/proc/${entry}`) === uid);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // It ended by itself in between.
      }
    }
    await sleep(STEP_MS);
  }
}

function ownerOf(folder: string): number | undefined {
  return statSync(folder, { throwIfNoEntry: false })?.uid;
}

async function finish(file: string, args: string[], how: object, input: string): Promise<Finished> {
  const child = spawn(file, args, { stdio: 'pipe', ...how });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  // A command may end without reading its input.
  child.stdin.on('error', () => undefined).end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, ...output };
}
