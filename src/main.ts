import { fstatSync, statSync, writeSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { basename, join } from 'node:path';
import { BlogctlError, exitCodeOf, exitCodes, InterruptedError, messageOf, UsageError } from './core/errors.ts';
import type { Clock, Host } from './core/host.ts';
import { plainJson, plainText } from './core/plain-text.ts';
import { createRedactor } from './core/redact.ts';
import { threads } from './core/threads.ts';
import { buildProgram } from './program.ts';
import { openRegistry } from './runner/registry.ts';

/** What the launcher knows: where it stands and which version it is. */
export interface Launch {
  readonly launcherPath: string;
  readonly version: string;
  /** The folder that holds `actions` and `commands`, and how their files end. */
  readonly folder: string;
  readonly extension: string;
}

/** Runs the program with this process's arguments, and sets its exit code. Never throws. */
export async function main(launch: Launch): Promise<void> {
  const words = process.argv.slice(2);
  const variables = { ...process.env };
  // Read by libuv when the first of its threads is wanted: two names at a time are too few for a blog of many friends. The
  // programs that we start get the variables as they were.
  process.env['UV_THREADPOOL_SIZE'] = String(threads);
  let isOver = false;
  process.once('exit', () => {
    if (isOver) return;
    // Whatever was waited for is gone without a word: a result was never reached, and 0 would be a lie.
    process.exitCode = exitCodes.failed;
    writeSync(2, 'blogctl: ended without a result: a server has closed its connection without a word\n');
  });
  try {
    const host = thisHost(launch, words, variables);
    process.exitCode = await Promise.race([run(words, host, launch), unheeded(host.signal)]);
  } catch (error) {
    process.exitCode = tell(error, words);
  }
  isOver = true;
  // Work that did not heed its signal, or waits for a server that has frozen, must not keep the process.
  if (!normalCodes.includes(process.exitCode)) setTimeout(() => process.exit(), 1000).unref();
}

// A run ends soon after a signal by itself; what waits for a server that says nothing, perhaps before the run began, does not.
const patienceMs = 4000;

function unheeded(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const wait = (): void => void setTimeout(() => reject(signal.reason as Error), patienceMs).unref();
    signal.addEventListener('abort', wait, { once: true });
  });
}

const normalCodes: readonly number[] = [exitCodes.done, exitCodes.changesOrFindings];

async function run(words: readonly string[], host: Host, launch: Launch): Promise<number> {
  const registry = openRegistry(launch.folder, launch.extension);
  const first = words.find((word) => !word.startsWith('-'));
  const isKnown = first !== undefined && [...registry.actionNames(), ...registry.commandNames()].includes(first);
  const program = await buildProgram(host, registry, isKnown ? first : undefined);
  if (words.length === 0) {
    host.print(program.commander.helpInformation());
    return exitCodes.done;
  }
  await program.commander.parseAsync([...words], { from: 'user' });
  return program.exitCode();
}

function tell(thrown: unknown, words: readonly string[]): number {
  // commander has printed the help or the version that was asked for, or the help of a group that was named alone.
  if (isCommanderError(thrown) && isShown(thrown)) return thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  const error = isCommanderError(thrown) ? usageErrorOf(thrown) : thrown;
  const { clean } = createRedactor();
  const isVerbose = words.includes('--verbose') || words.includes('-v');
  const kind = error instanceof BlogctlError ? error.kind : 'bug';
  const hint =
    error instanceof BlogctlError ? error.hint : 'This is a bug in blogctl. --verbose shows where it happened.';
  const message = plainText(clean(messageOf(error)));
  if (words.includes('--json'))
    write(process.stdout, `${plainJson({ error: { kind, message, hint: hint ?? null } }, 2)}\n`);
  write(process.stderr, `blogctl: ${message}\n${hint === undefined ? '' : `  ${plainText(clean(hint))}\n`}`);
  if (isVerbose && error instanceof Error) write(process.stderr, `${clean(error.stack ?? '')}\n`);
  return exitCodeOf(error);
}

function usageErrorOf({ message }: CommanderError): UsageError {
  const [first = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const hint = suggestion?.replace(/^\((.+)\)$/, '$1');
  return new UsageError(first, hint === undefined ? {} : { hint });
}

type CommanderError = Error & { readonly code: string; readonly exitCode: number };

function isShown({ code, exitCode }: CommanderError): boolean {
  return exitCode === 0 || code === 'commander.help';
}

function isCommanderError(error: unknown): error is CommanderError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

function thisHost(launch: Launch, words: readonly string[], variables: Host['variables']): Host {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(new InterruptedError(name)));
  const stdinIsTerminal = isTerminal(0, () => process.stdin);
  const stdoutIsTerminal = isTerminal(1, () => process.stdout);
  const stderrIsTerminal = isTerminal(2, () => process.stderr);
  const colourless = process.env['NO_COLOR'] !== undefined && process.env['NO_COLOR'] !== '';
  const isColoured = (isShown: boolean): boolean =>
    isShown && !colourless && !words.includes('--no-color') && process.env['TERM'] !== 'dumb';
  return {
    variables,
    workingDirectory: workingDirectory(),
    homeDirectory: homedir() || null,
    hostname: hostname(),
    pid: process.pid,
    zoneOffsetMs,
    clock: clockFrom(process.env['BLOGCTL_NOW']),
    print: (text) => write(process.stdout, text),
    complain: (text) => write(process.stderr, text),
    readInput: () => inputUntil(stop.signal),
    stdinIsTerminal,
    stdoutIsTerminal,
    stderrIsTerminal,
    // Some terminals, such as those of containers, do not tell their width: node says 0.
    columns: (stdoutIsTerminal && process.stdout.columns) || 80,
    colour: { stdout: isColoured(stdoutIsTerminal), stderr: isColoured(stderrIsTerminal) },
    signal: stop.signal,
    nodePath: process.execPath,
    launcherPath: launch.launcherPath,
    programFolder: launch.folder,
    isInstalled: basename(process.argv[1] ?? '') === 'blogctl',
    version: launch.version,
    buildId: buildId(launch),
  };
}

// Node's streams are made when they are first asked for, and cost a tenth of a start: a silent run asks for none.
function isTerminal(descriptor: number, stream: () => { readonly isTTY?: boolean }): boolean {
  try {
    const file = fstatSync(descriptor);
    // Linux's device 1 is /dev/null and its like.
    return file.isCharacterDevice() && file.rdev >> 8 !== 1 && stream().isTTY === true;
  } catch {
    // Closed, as some callers leave it.
    return false;
  }
}

async function inputUntil(signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  signal.addEventListener('abort', () => process.stdin.destroy(signal.reason as Error), { once: true });
  try {
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  return Buffer.concat(chunks);
}

const heardStreams = new Set<unknown>();

function write(stream: NodeJS.WriteStream, text: string): void {
  if (!heardStreams.has(stream)) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader such as head that has seen enough is no failure, and no reason to leave a run half done.
      if (stream === process.stdout && error.code !== 'EPIPE') loseResult(error);
    });
  }
  heardStreams.add(stream);
  stream.write(text);
}

// The disk behind standard output is full, say: what asked for the result must not take it for done.
function loseResult(error: Error): void {
  process.once('exit', (code) => {
    if (code === exitCodes.done) process.exitCode = exitCodes.failed;
  });
  write(process.stderr, `blogctl: the result could not be written: ${error.message}\n`);
}

// A deploy may have taken the folder away under us; a configuration with an absolute path works all the same.
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}

function clockFrom(fixed: string | undefined): Clock {
  const elapsedMs = (): number => performance.now();
  if (fixed === undefined || fixed === '') return { nowMs: () => Date.now(), elapsedMs, isFixed: false };
  const epochMs = /(Z|[+-]\d\d:?\d\d)$/.test(fixed) ? Date.parse(fixed) : Number.NaN;
  if (Number.isNaN(epochMs)) {
    throw new UsageError(
      `BLOGCTL_NOW: expected an ISO time with offset such as 2026-03-18T14:05:09+08:00, got "${fixed}"`,
    );
  }
  return { nowMs: () => epochMs, elapsedMs, isFixed: true };
}

function buildId(launch: Launch): string {
  return `${launch.version} ${statSync(join(launch.folder, `main${launch.extension}`)).mtimeMs}`;
}

/**
 * Asks the C library by way of TZ, which node heeds at once: a fifth of a millisecond. Asking Intl, as zoneOffsetOf in
 * blog/time.ts does with the same answers, costs half a start of node, and cron starts us every minute.
 */
function zoneOffsetMs(zone: string, epochMs: number): number {
  const before = process.env['TZ'];
  process.env['TZ'] = zone;
  const offset = -new Date(epochMs).getTimezoneOffset() * 60_000;
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
  return offset;
}
