import { spawn } from 'node:child_process';

/**
 * Runs a shell script when this process ends, even when it is killed with SIGKILL: a small shell waits
 * for the end of a pipe that only this process holds. Returns a function that calls the script off.
 */
export function afterDeath(script: string, args: readonly string[]): () => void {
  // The pause lets the servers go first: the kernel kills them at the same moment as it closes the pipe.
  const waiting = `read -r order; [ "$order" = off ] && exit; sleep 1; ${script}`;
  const shell = spawn('/bin/sh', ['-c', waiting, 'after-death', ...args], {
    cwd: '/',
    // A process group of its own: Ctrl-C in the terminal must not reach it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  // An order to a shell that has already gone is no failure.
  shell.stdin.on('error', () => undefined);
  return () => shell.stdin.end('off\n');
}

/** The start of a command line that makes the kernel kill the command together with this process. */
export function dyingWithUs(setpriv: string | null): string[] {
  return setpriv === null ? [] : [setpriv, '--pdeathsig', 'KILL', '--'];
}
