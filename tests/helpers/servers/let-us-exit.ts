import type { ChildProcess } from 'node:child_process';

/** Lets this process end although the child runs: a server that a test forgot dies with it, and does not hold it. */
export function letUsExit(child: ChildProcess): void {
  child.unref();
  for (const pipe of [child.stdout, child.stderr]) {
    // Their declared type is a plain stream; a child's pipes are sockets.
    if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
  }
}
