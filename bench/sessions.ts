import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Result } from './run.ts';
import { openPlace, type Place } from './sessions/places.ts';
import { openSql } from './sessions/sql.ts';

const launcher = fileURLToPath(new URL('../bin/blogctl.js', import.meta.url));
const proberPath = fileURLToPath(new URL('sessions/prober.ts', import.meta.url));
const systemPython = '/usr/bin/python3';
const now = '2026-03-18T14:05:09+08:00';

/**
 * A million expired sessions of 1,200,000 (or five sixths of `--rows`) deleted while another process inserts one every
 * 5 ms: how long that one has to wait, beside one plain DELETE and Django's own clearsessions.
 */
export async function* expiredSessions(): AsyncGenerator<Result> {
  const rows = Number(flag('--rows') ?? 1_200_000);
  if (!Number.isInteger(rows) || rows < 1000) throw new Error('--rows: expected a whole number of at least 1000');
  for (const dialect of ['sqlite', 'mysql', 'postgres'] as const) {
    if ((flag('--on') ?? dialect) !== dialect) continue;
    const place = await openPlace(dialect);
    if (typeof place === 'string') {
      yield { label: `clean-sessions on ${dialect}`, figure: `left out: ${place}` };
      continue;
    }
    try {
      const most = dialect === 'sqlite' ? 150 : 100;
      yield* told(`clean-sessions of ${rows} on ${place.name}`, await measured(place, rows, cleanSessions), most);
      // What the machine itself makes a writer wait, beside which the others are to be seen.
      yield { label: `nobody deletes on ${place.name}`, figure: figureOf(await measured(place, 1000, nobody)) };
      yield { label: `one DELETE on ${place.name}`, figure: figureOf(await measured(place, rows, plainDelete)) };
      if (dialect === 'sqlite') yield await beside(place, rows);
    } finally {
      await place.close();
    }
  }
}

function flag(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

interface Measured extends Waits {
  readonly seconds: number;
  /** Of a process of its own; null where it is none. */
  readonly peakMb: number | null;
  /** SQLite's write-ahead log. */
  readonly logMb: number | null;
}

type Cleaner = (url: string) => Promise<{ readonly peakMb: number | null }>;

async function measured(place: Place, rows: number, cleaner: Cleaner): Promise<Measured> {
  const url = await place.newBlog(rows);
  const prober = await startProber(url);
  const log = place.dialect === 'sqlite' ? watchLog(`${url.slice('sqlite:'.length)}-wal`) : null;
  const started = performance.now();
  const { peakMb } = await cleaner(url);
  const seconds = (performance.now() - started) / 1000;
  const logMb = log?.stop() ?? null;
  return { ...(await prober.stop()), seconds, peakMb, logMb };
}

async function cleanSessions(url: string): Promise<{ peakMb: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'blogctl-bench-'));
  try {
    const config = join(folder, 'blogctl.yaml');
    const lines = ['blog: { name: bench }', `database: ${JSON.stringify(url)}`, 'cache: django-db:django_cache', ''];
    writeFileSync(config, lines.join('\n'), { mode: 0o600 });
    const words = [process.execPath, launcher, 'clean-sessions', '--config', config];
    const child = spawn('/usr/bin/time', ['-f', '%M', ...words], {
      env: { PATH: process.env['PATH'], HOME: folder, BLOGCTL_NOW: now },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [, stderr] = await ended(child);
    return { peakMb: Number(stderr.trim().split('\n').at(-1)) / 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function nobody(): Promise<{ peakMb: null }> {
  await new Promise((resolve) => setTimeout(resolve, 60_000));
  return { peakMb: null };
}

async function plainDelete(url: string): Promise<{ peakMb: null }> {
  const database = await openSql(url);
  await database.run("delete from django_session where expire_date < '2026-03-18 14:05:09'");
  await database.close();
  return { peakMb: null };
}

async function beside(place: Place, rows: number): Promise<Result> {
  const label = `Django's clearsessions on ${place.name}`;
  const found = existsSync(systemPython) && spawnSync(systemPython, ['-c', 'import django']).status === 0;
  if (!found) return { label, figure: `left out: ${systemPython} has no django` };
  return { label, figure: figureOf(await measured(place, rows, clearSessions)) };
}

const clearSessionsScript = `
import sys, django
from django.conf import settings
settings.configure(INSTALLED_APPS=['django.contrib.sessions'], USE_TZ=False, TIME_ZONE='Asia/Shanghai',
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': sys.argv[1], 'OPTIONS': {'timeout': 120}}})
django.setup()
from django.contrib.sessions.models import Session
import datetime
Session.objects.filter(expire_date__lt=datetime.datetime(2026, 3, 18, 14, 5, 9)).delete()
`;

async function clearSessions(url: string): Promise<{ peakMb: number }> {
  const words = [systemPython, '-c', clearSessionsScript, url.slice('sqlite:'.length)];
  const child = spawn('/usr/bin/time', ['-f', '%M', ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [, stderr] = await ended(child);
  return { peakMb: Number(stderr.trim().split('\n').at(-1)) / 1000 };
}

interface Waits {
  readonly writes: number;
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

async function startProber(url: string): Promise<{ stop: () => Promise<Waits> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', proberPath, url], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.startsWith('ready')) resolve();
    });
    child.once('close', () => reject(new Error('the prober did not start')));
  });
  return {
    stop: async () => {
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.stdin.end();
      await closed;
      return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Waits;
    },
  };
}

function watchLog(path: string): { stop: () => number } {
  let peak = 0;
  const look = (): void => void (peak = Math.max(peak, statSync(path, { throwIfNoEntry: false })?.size ?? 0));
  const timer = setInterval(look, 20);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return peak / 1_000_000;
    },
  };
}

async function ended(child: ChildProcess): Promise<[stdout: string, stderr: string]> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('it has no pipes');
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(stdout), text(stderr), closed]);
  if (code !== 0) throw new Error(`it ended with ${code}: ${err}`);
  return [out, err];
}

function told(label: string, measure: Measured, longestMs: number): Result[] {
  const { longest, logMb, peakMb } = measure;
  const results: Result[] = [
    { label, figure: figureOf(measure), target: `wait at most ${longestMs} ms`, isMet: longest <= longestMs },
  ];
  const most = (name: string, value: number | null, limit: number): void => {
    if (value === null) return;
    results.push({
      label: `  its ${name}`,
      figure: `${value.toFixed(1)} MB`,
      target: `at most ${limit} MB`,
      isMet: value <= limit,
    });
  };
  most('write-ahead log', logMb, 32);
  most('memory', peakMb, 120);
  return results;
}

function figureOf({ seconds, p99, longest }: Measured): string {
  return `${seconds.toFixed(1)} s; waits: 99% ${p99.toFixed(1)}, longest ${longest.toFixed(1)} ms`;
}
