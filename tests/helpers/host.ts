import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { zoneOffsetOf } from '../../src/blog/time.ts';
import type { Host } from '../../src/core/host.ts';

/** The instant at which the reference blog's clock stands. */
export const testNowMs = Date.parse('2026-03-18T14:05:09+08:00');

/** The zone of the test blogs, which Django's TIME_ZONE is by default. */
export const blogZone = 'Asia/Shanghai';

/** A machine for tests, and what was written on it. */
export interface TestHost extends Host {
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** A machine with no variables, no terminal and a clock that stands still; a test gives what it wants otherwise. */
export function testHost({
  nowMs = testNowMs,
  ...changes
}: Partial<Host> & { readonly nowMs?: number } = {}): TestHost {
  let stdout = '';
  let stderr = '';
  return {
    variables: {},
    workingDirectory: tmpdir(),
    homeDirectory: null,
    hostname: 'test-host',
    pid: process.pid,
    clock: { nowMs: () => nowMs, elapsedMs: () => performance.now(), isFixed: true },
    zoneOffsetMs: zoneOffsetOf,
    print: (text) => void (stdout += text),
    complain: (text) => void (stderr += text),
    readInput: async () => new Uint8Array(),
    stdinIsTerminal: false,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    columns: 80,
    colour: { stdout: false, stderr: false },
    signal: new AbortController().signal,
    nodePath: process.execPath,
    launcherPath: '/opt/blogctl/bin/blogctl.js',
    programFolder: fileURLToPath(new URL('../../src', import.meta.url)),
    isInstalled: true,
    version: '0.0.0-test',
    buildId: '0.0.0-test',
    ...changes,
    stdout: () => stdout,
    stderr: () => stderr,
  };
}
