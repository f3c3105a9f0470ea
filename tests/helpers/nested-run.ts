import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What a whole run of vitest printed, and how it ended. */
export interface NestedRun {
  readonly code: number | null;
  readonly output: string;
  readonly lastLine: string | undefined;
}

/** Runs the fixtures whose name begins so, in a vitest of their own. */
export async function nestedRun(fixture: string, env: Record<string, string> = {}): Promise<NestedRun> {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/helpers/fixtures/nested.config.ts'];
  // Nothing of the outer run's environment: vitest takes itself for a worker of it.
  const bare = { PATH: process.env['PATH'], NO_COLOR: '1', ...env };
  // One pipe for both streams, as on a terminal: the closing line has to be the last of all.
  const both = ['-c', 'exec "$0" "$@" 2>&1', process.execPath, ...vitest, fixture];
  const child = spawn('/bin/sh', both, { env: bare, stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close') as Promise<[number | null]>]);
  return { code, output, lastLine: output.trimEnd().split('\n').at(-1) };
}
