import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { hostOf, links, waitMs } from './links/schedule.ts';
import type { Result } from './run.ts';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const launcher = path('../bin/blogctl.js');
// What the configuration has by default; and what both are told where blogctl runs beside another program.
const usual = 32;
const raised = 64;
const timeoutMs = 5000;
const tries = 2;
const share = 10;

/**
 * 2,000 friends on 500 hosts, 50 to 300 ms each, some slow, busy, endless, dead: how long check-friends takes, as a whole
 * process with the link back looked for, beside what nobody can be faster than: the waits for the answers divided by how
 * many run at once; beside linkinator, and one after the other.
 */
export async function* linkChecks(): AsyncGenerator<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'blogctl-bench-'));
  const server = spawn(process.execPath, ['--import', 'tsx', path('links/server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const port = await portOf(server);
    makeBlog(folder, port);
    const waits = Array.from({ length: links }, (_, link) => waitMs(link, timeoutMs, tries));
    const limitSeconds = waits.reduce((sum, ms) => sum + ms, 0) / usual / 1000;
    const told = ({ seconds, peakMb }: Asked): string => `${seconds.toFixed(1)} s, ${peakMb.toFixed(0)} MB`;
    const beside = ({ seconds }: Asked): string => `${(seconds / limitSeconds).toFixed(2)} x the limit`;

    yield { label: `${links} friends, ${usual} at once: the limit`, figure: `${limitSeconds.toFixed(1)} s` };
    const first = await checked(folder, port, usual);
    const near = { target: 'at most 1.5 x the limit' };
    const isNear = ({ seconds }: Asked): boolean => seconds <= 1.5 * limitSeconds;
    const unknown = `${told(first)}, ${beside(first)}`;
    yield { label: 'check-friends, of whom nothing is known', figure: unknown, ...near, isMet: isNear(first) };
    const again = await checked(folder, port, usual);
    const known = `${told(again)}, ${beside(again)}`;
    yield { label: 'check-friends again, slow ones first', figure: known, ...near, isMet: isNear(again) };
    const mostMb = Math.max(first.peakMb, again.peakMb);
    yield { label: 'its memory', figure: `${mostMb.toFixed(0)} MB`, target: 'at most 150 MB', isMet: mostMb <= 150 };

    const ours = await checked(folder, port, raised);
    yield { label: `check-friends, ${raised} at once`, figure: told(ours) };
    const peer = await linkinator(port);
    const open = `${told(peer)}, ${await peakAt(port)} at once at its peak`;
    const isAhead = ours.seconds < peer.seconds;
    yield { label: `linkinator, told ${raised} at once`, figure: open, target: 'slower than blogctl', isMet: isAhead };
    const alone = share * (await oneAfterTheOther(port));
    const times = alone / again.seconds;
    const long = `${alone.toFixed(0)} s (ten times a tenth), ${times.toFixed(0)} x blogctl`;
    yield { label: 'one after the other', figure: long, target: 'at least 20 x', isMet: times >= 20 };
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function portOf(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('the server says nothing');
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  return line.toString().trim();
}

const urlOf = (link: number, port: string): string => `http://${hostOf(link)}:${port}/u/${link}`;

function makeBlog(folder: string, port: string): void {
  spawnSync(process.execPath, [launcher, 'demo', folder, '--quiet']);
  const database = new Sqlite(join(folder, 'blog.db'));
  database.exec('delete from blog_friendlink');
  const insert = database.prepare(
    `insert into blog_friendlink (name, description, link, create_date, is_active, is_show, logo)
     values (?, '', ?, '2026-01-01 00:00:00', 1, 1, '')`,
  );
  database.transaction(() => {
    for (let link = 0; link < links; link++) insert.run(`朋友 ${link}`, urlOf(link, port));
  })();
  database.close();
}

interface Asked {
  readonly seconds: number;
  readonly peakMb: number;
}

async function checked(folder: string, port: string, concurrency: number): Promise<Asked> {
  await fetch(`http://127.0.0.1:${port}/reset`);
  const config = join(folder, 'bench.yaml');
  const http = `http: { allowPrivate: [127.0.0.0/8], concurrency: ${concurrency}, timeout: ${timeoutMs}ms }`;
  writeFileSync(config, `${readFileSync(join(folder, 'blogctl.yaml'), 'utf8')}\n${http}\n`);
  const words = [launcher, 'check-friends', '--site-link', 'blog.example', '--quiet', '--config', config];
  return timed([process.execPath, ...words]);
}

async function linkinator(port: string): Promise<Asked> {
  await fetch(`http://127.0.0.1:${port}/reset`);
  const words = [path('../node_modules/.bin/linkinator'), `http://127.0.0.1:${port}/list`, '--format', 'csv'];
  return timed([...words, '--concurrency', String(raised), '--timeout', String(timeoutMs), '--retry'], [0, 1]);
}

function timed(command: readonly string[], codes: readonly number[] = [0]): Asked {
  const env = { ...process.env };
  delete env['NODE_EXTRA_CA_CERTS'];
  const started = performance.now();
  const { status, stderr } = spawnSync('/usr/bin/time', ['-f', '%M', ...command], { env, maxBuffer: 1e9 });
  const seconds = (performance.now() - started) / 1000;
  if (!codes.includes(status ?? -1)) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr.toString()}`);
  return { seconds, peakMb: Number(stderr.toString().trim().split('\n').at(-1)) / 1000 };
}

// A tenth of the links, each read whole.
async function oneAfterTheOther(port: string): Promise<number> {
  const started = performance.now();
  for (let link = 0; link < links / share; link++) {
    const answer = fetch(urlOf(link, port), { signal: AbortSignal.timeout(timeoutMs) });
    await answer.then((response) => response.text()).catch(() => '');
  }
  return (performance.now() - started) / 1000;
}

async function peakAt(port: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/peak`);
  return response.text();
}
