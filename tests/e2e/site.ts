import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RecordedRun } from '../../src/runner/record/history.ts';
import { demoBlog } from '../helpers/blog.ts';
import { blogctl, startBlogctl, type CliOptions, type CliResult, type RunningCli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/servers/temporary-folder.ts';

/** A user of the program: a home, a working folder, and a configuration in it. */
export interface Site {
  readonly folder: string;
  readonly home: string;
  /** The configuration's path; every call below names it. */
  readonly config: string;
  blogctl(args: readonly string[], options?: CliOptions): Promise<CliResult>;
  start(args: readonly string[], options?: CliOptions): RunningCli;
  /** The one JSON document that a call with `--json` prints. */
  json<Document = Record<string, unknown>>(args: readonly string[], options?: CliOptions): Promise<Document>;
  /** The recorded runs, newest first. */
  runs(): Promise<readonly RecordedRun[]>;
}

/** A fixed clock for what cron starts: no job of the defaults is due at it, so no run claims the tick of another. */
export const betweenTicks = { BLOGCTL_NOW: '2026-03-18T14:05:09+08:00' };

/** What the configuration says; each part has the simplest value that works. */
export interface SiteOptions {
  /** Default: a demo blog in SQLite of this site's own. */
  readonly database?: string;
  readonly cache?: string;
  /** The lines under `blog:`, as one YAML flow mapping. */
  readonly blog?: string;
  /** The lines under `jobs:`, likewise. */
  readonly jobs?: string;
  /** More lines at the end. */
  readonly more?: string;
  /** The configuration's path below the working folder. */
  readonly name?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Opens a site for this test; its folder is gone after it. */
export async function openSite(options: SiteOptions = {}): Promise<Site> {
  const { path, remove } = await temporaryFolder('site');
  onTestFinished(remove);
  const [folder, home] = [join(path, 'work'), join(path, 'home')];
  const config = join(folder, options.name ?? 'blogctl.yaml');
  mkdirSync(home);
  mkdirSync(dirname(config), { recursive: true });
  const database = options.database ?? (await demoFile(join(folder, 'blog.db')));
  writeFileSync(config, configText({ ...options, database }), { mode: 0o600 });
  const withSite = (given: CliOptions = {}): CliOptions => ({
    cwd: folder,
    ...given,
    env: { HOME: home, ...options.env, ...given.env },
  });
  const withConfig = (args: readonly string[]): string[] => [...args, '--config', config];
  const call: Site['blogctl'] = (args, given) => blogctl(withConfig(args), withSite(given));
  const json: Site['json'] = async (args, given) => documentOf(await call([...args, '--json'], given));
  return {
    folder,
    home,
    config,
    blogctl: call,
    start: (args, given) => startBlogctl(withConfig(args), withSite(given)),
    json,
    runs: async () => (await json<{ runs: RecordedRun[] }>(['history', '--limit', '100'])).runs,
  };
}

/** A configuration with these parts. */
export function configText({ database, cache, blog, jobs, more }: SiteOptions): string {
  const lines = [`blog: ${blog ?? '{ name: e2e }'}`, `cache: ${cache ?? 'django-db:django_cache'}`];
  if (database !== undefined) lines.push(`database: ${database}`);
  lines.push(`jobs: ${jobs ?? '{ warm-cache: {} }'}`, more ?? '');
  return `${lines.join('\n')}\n`;
}

let template: Promise<string> | undefined;

/** Puts a demo blog of 58 articles at the path; returns its address. */
export async function demoFile(path: string): Promise<string> {
  template ??= demoBlog('sqlite').then((blog) => blog.url.slice('sqlite:'.length));
  copyFileSync(await template, path);
  return `sqlite:${path}`;
}

function documentOf<Document>({ code, stdout, stderr }: CliResult): Document {
  try {
    return JSON.parse(stdout) as Document;
  } catch (cause) {
    throw new Error(`no JSON document, exit code ${code}:\n${stdout}${stderr}`, { cause });
  }
}
