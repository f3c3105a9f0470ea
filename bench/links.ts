import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { links, waitMs } from './links/schedule.ts';
import type { Result } from './run.ts';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
// What the configuration has by default; and what both are told where blogctl runs beside another program.
const usual = 32;
const raised = 64;
const timeoutMs = 5000;
const tries = 2;

/**
 * 2,000 links on 500 hosts, 50 to 300 ms each, some slow, busy, endless, dead: how long they take beside what nobody can
 * be faster than, the waits for their answers divided by how many run at once; beside linkinator, and one after the other.
 */
export async function* linkChecks(): AsyncGenerator<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'blogctl-bench-'));
  const checker = join(folder, 'checker.mjs');
  bundle(checker);
  const server = spawn(process.execPath, ['--import', 'tsx', path('links/server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const port = await portOf(server);
    const waits = Array.from({ length: links }, (_, link) => waitMs(link, timeoutMs, tries));
    const limitSeconds = waits.reduce((sum, ms) => sum + ms, 0) / usual / 1000;
    const told = ({ seconds, peakMb }: Asked): string => `${seconds.toFixed(1)} s, ${peakMb.toFixed(0)} MB`;
    const beside = ({ seconds }: Asked): string => `${(seconds / limitSeconds).toFixed(2)} x the limit`;

    yield { label: `${links} links, ${usual} at once: the limit`, figure: `${limitSeconds.toFixed(1)} s` };
    const ordered = await asked(checker, port, 'ordered', usual);
    const isFast = ordered.seconds <= 1.25 * limitSeconds;
    const figure = `${told(ordered)}, ${beside(ordered)}`;
    yield { label: 'blogctl, slow ones first', figure, target: 'at most 1.25 x the limit', isMet: isFast };
    const isSmall = ordered.peakMb <= 150;
    yield { label: 'its memory', figure: `${ordered.peakMb.toFixed(0)} MB`, target: 'at most 150 MB', isMet: isSmall };
    const listed = await asked(checker, port, 'listed', usual);
    yield { label: 'blogctl, in the order of the list', figure: `${told(listed)}, ${beside(listed)}` };

    const ours = await asked(checker, port, 'ordered', raised);
    yield { label: `blogctl, ${raised} at once`, figure: told(ours) };
    const peer = await linkinator(port);
    const open = `${told(peer)}, ${await peakAt(port)} at once at its peak`;
    const isAhead = ours.seconds < peer.seconds;
    yield { label: `linkinator, told ${raised} at once`, figure: open, target: 'slower than blogctl', isMet: isAhead };
    const { seconds } = await asked(checker, port, 'sequential', 1);
    const times = (seconds * 10) / ordered.seconds;
    const long = `${(seconds * 10).toFixed(0)} s (ten times a tenth), ${times.toFixed(0)} x blogctl`;
    yield { label: 'one after the other', figure: long, target: 'at least 20 x', isMet: times >= 20 };
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

// As the program is built: what the compiler of a development run needs must not count.
function bundle(outfile: string): void {
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  buildSync({
    entryPoints: [path('links/checker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner,
  });
}

async function portOf(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('the server says nothing');
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  return line.toString().trim();
}

interface Asked {
  readonly seconds: number;
  readonly peakMb: number;
}

async function asked(checker: string, port: string, arm: string, concurrency: number): Promise<Asked> {
  await fetch(`http://127.0.0.1:${port}/reset`);
  const child = spawn(process.execPath, [checker, port, arm], {
    env: { PATH: process.env['PATH'], CONCURRENCY: String(concurrency) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return JSON.parse(output) as Asked;
}

async function linkinator(port: string): Promise<Asked> {
  await fetch(`http://127.0.0.1:${port}/reset`);
  const started = performance.now();
  const words = [path('../node_modules/.bin/linkinator'), `http://127.0.0.1:${port}/list`, '--format', 'csv'];
  const options = ['--concurrency', String(raised), '--timeout', String(timeoutMs), '--retry'];
  const { stderr } = spawnSync('/usr/bin/time', ['-f', '%M', ...words, ...options], { maxBuffer: 1e9 });
  const seconds = (performance.now() - started) / 1000;
  return { seconds, peakMb: Number(stderr.toString().trim().split('\n').at(-1)) / 1000 };
}

async function peakAt(port: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/peak`);
  return response.text();
}
