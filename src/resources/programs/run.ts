import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatDuration, longestTimerMs } from '../../core/duration.ts';
import type { ProgramCall, ProgramEnd } from '../../core/programs.ts';
import type { ProgramsOptions } from './open.ts';
import { keepTail } from './tail.ts';

/** How long a group may take to end once it is told to; shorter than a run's own grace. */
const graceMs = 2000;
const lookEveryMs = 25;
/** How long its streams may stay open after a program has ended, because a child of its keeps them. */
const drainMs = 500;

/** Runs a program to its end. While it runs, `running` has a function that kills it and all its children. */
export async function runProgram(
  call: ProgramCall,
  options: ProgramsOptions,
  running: Set<() => void>,
): Promise<ProgramEnd> {
  const { signal } = call;
  signal.throwIfAborted();
  const output = keepTail(call.mostOutputBytes);
  let child: ChildProcess;
  try {
    child = start(call, options);
  } catch (error) {
    return notStarted(error, call, options);
  }
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', output.add);
  const kill = (): void => void sendToGroup(child, 'SIGKILL');
  running.add(kill);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), Math.min(call.timeoutMs, longestTimerMs));
  const outer = (): void => stop.abort();
  signal.addEventListener('abort', outer, { once: true });
  const stopped = new Promise<null>((done) => {
    stop.signal.addEventListener('abort', () => done(endGroup(child)), { once: true });
  });
  try {
    const end = await Promise.race([endOf(child), stopped]);
    // It may have ended because it was told to; its children have their time, too.
    if (stop.signal.aborted) await stopped;
    if (signal.aborted) call.onStopped?.(output.text());
    signal.throwIfAborted();
    if (stop.signal.aborted || end === null) {
      const reason = `stopped after its time-out of ${formatDuration(call.timeoutMs)}`;
      return { isDone: false, reason, output: output.text() };
    }
    if (end instanceof Error) return notStarted(end, call, options);
    await drained(child);
    const { code, by } = end;
    return {
      isDone: code === 0,
      reason: by === null ? `exit code ${code}` : `killed by ${by}`,
      output: output.text(),
    };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', outer);
    running.delete(kill);
    for (const stream of [child.stdout, child.stderr]) stream?.destroy();
  }
}

function start({ command, variables }: ProgramCall, options: ProgramsOptions): ChildProcess {
  const [program = '', ...words] = command;
  return spawn(program, words, {
    cwd: options.folder,
    env: { ...options.variables, ...variables },
    // A session of its own: one signal then reaches all its children.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

type OwnEnd = { readonly code: number | null; readonly by: NodeJS.Signals | null } | Error;

function endOf(child: ChildProcess): Promise<OwnEnd> {
  return new Promise((done) => {
    child.once('error', done);
    child.once('exit', (code, by) => done({ code, by }));
  });
}

// What it wrote comes through a little later; a child that it left behind must not make us wait for ever.
function drained(child: ChildProcess): Promise<void> {
  const open = [child.stdout, child.stderr].filter((stream) => stream !== null && !stream.readableEnded);
  if (open.length === 0) return Promise.resolve();
  return new Promise((done) => {
    const timer = setTimeout(done, drainMs);
    child.once('close', () => {
      clearTimeout(timer);
      done();
    });
  });
}

async function endGroup(child: ChildProcess): Promise<null> {
  let isThere = sendToGroup(child, 'SIGTERM');
  for (let waitedMs = 0; isThere && waitedMs < graceMs; waitedMs += lookEveryMs) {
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    isThere = sendToGroup(child, 0);
  }
  if (isThere) sendToGroup(child, 'SIGKILL');
  return null;
}

/** Whether there was anybody to get it. */
function sendToGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    process.kill(-child.pid, signal);
    return true;
  } catch (error) {
    // Of another user's process, such as one that sudo has made, all that is known is that it is there.
    return codeOf(error) === 'EPERM';
  }
}

function notStarted(error: unknown, { command }: ProgramCall, { folder }: ProgramsOptions): ProgramEnd {
  const [program = ''] = command;
  const code = codeOf(error);
  const isFile = program.includes('/') && existsSync(resolve(folder, program));
  let reason = `it could not be started (${code})`;
  if (code === 'ENOENT')
    reason = isFile ? 'the program that its first line names is missing' : 'there is no such program';
  if (code === 'EACCES') reason = 'it may not be executed by this user';
  return { isDone: false, reason, output: '' };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
