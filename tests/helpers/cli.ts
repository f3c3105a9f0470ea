import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built program, as `npm run build` leaves it. */
export const launcherPath = fileURLToPath(new URL('../../bin/blogctl.js', import.meta.url));

/** Longer than any run of a test; a program that does not end by itself must not outlive the tests. */
const LIMIT_MS = 50_000;

/** How a call of the program is to be made; nothing of the tests' own environment reaches it. */
export interface CliOptions {
  /** Beside PATH, HOME and NO_COLOR; an empty text stands for a variable that is not set. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Written to standard input. Without it that is /dev/null, as for the jobs of a service. */
  readonly input?: string;
  /** Standard input that stays open, and says nothing. */
  readonly isInputOpen?: boolean;
  /** No standard input at all, as some callers leave it. */
  readonly isStdinClosed?: boolean;
  /** On a terminal: both streams come as `stdout`, as a person sees them. */
  readonly tty?: boolean;
  /** Another copy of the program. */
  readonly launcher?: string;
}

/** How a call of the program ended. */
export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A call of the program that has not ended. */
export interface RunningCli {
  readonly pid: number;
  readonly ended: Promise<CliResult>;
  kill(signal: NodeJS.Signals): void;
  /** Types on the terminal. */
  type(text: string): void;
  /** Waits until the output so far holds the text. */
  until(text: string): Promise<void>;
}

/** Runs the built program to its end, in a bare environment with an empty home. */
export function blogctl(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const running = startBlogctl(args, options);
  return running.ended;
}

/** Starts the built program, for tests that do something to it while it runs. */
export function startBlogctl(args: readonly string[], options: CliOptions = {}): RunningCli {
  const ownHome = options.env?.['HOME'] === undefined ? mkdtempSync(join(tmpdir(), 'blogctl-home-')) : null;
  const env = { PATH: '/usr/bin:/bin', HOME: ownHome ?? '', NO_COLOR: '1', ...options.env };
  const [file = '', ...words] = commandFor(args, options);
  const isTyping = options.tty === true || options.input !== undefined || options.isInputOpen === true;
  const child = spawn(file, words, {
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
    cwd: options.cwd ?? tmpdir(),
    stdio: [isTyping ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  // A program may end without reading what it is given.
  child.stdin?.on('error', () => undefined);
  if (options.input !== undefined) child.stdin?.end(options.input);
  const output = collect(child);
  return {
    pid: child.pid ?? 0,
    ended: finish(child, output, () => {
      if (ownHome !== null) rmSync(ownHome, { recursive: true, force: true });
    }),
    kill: (signal) => void child.kill(signal),
    type: (text) => void child.stdin?.write(text),
    until: (text) => output.until(text),
  };
}

function commandFor(args: readonly string[], options: CliOptions): string[] {
  const command = [process.execPath, options.launcher ?? launcherPath, ...args];
  if (options.isStdinClosed === true) return ['/bin/sh', '-c', 'exec "$0" "$@" <&-', ...command];
  if (options.tty !== true) return command;
  const line = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  return ['script', '--quiet', '--return', '--flush', '--command', `exec ${line}`, '/dev/null'];
}

interface Output {
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly until: (text: string) => Promise<void>;
}

function collect(child: ChildProcess): Output {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return {
    stdout: () => stdout,
    stderr: () => stderr,
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (`${stdout}${stderr}`.includes(text)) resolve();
        };
        child.stdout?.on('data', look);
        child.stderr?.on('data', look);
        child.once('close', () => reject(new Error(`it ended without "${text}":\n${stdout}${stderr}`)));
        look();
      }),
  };
}

async function finish(child: ChildProcess, output: Output, cleanUp: () => void): Promise<CliResult> {
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return { code, signal, stdout: output.stdout(), stderr: output.stderr() };
  } finally {
    cleanUp();
  }
}
