import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { readFileSync } from 'node:fs';
import type { Action } from '../../src/core/action.ts';
import type { BlogSettings } from '../../src/core/blog.ts';
import type { Finding } from '../../src/core/outcome.ts';
import { buildProgram } from '../../src/program.ts';
import { openRegistry } from '../../src/runner/registry.ts';
import { sourceFolder } from '../contract/source-files.ts';
import type { BlogDump, TestBlog } from '../helpers/blog.ts';
import { testHost } from '../helpers/host.ts';
import { runAction, type TestRun } from '../helpers/run.ts';
import { temporaryFolder } from '../helpers/servers/temporary-folder.ts';

const registry = openRegistry(sourceFolder, '.ts');

/** What `blogctl restore --json` prints, and how it ended. */
export interface Restored {
  readonly counts: { restored: number; present: number; different: number; refused: number };
  readonly changes: readonly { what: string; target: string }[];
  readonly findings: readonly Finding[];
  readonly errors: readonly { file: string; message: string; hint?: string }[];
  readonly code: number;
}

/** A folder for archives, for as long as a test goes. */
export interface ArchiveFolder {
  readonly path: string;
  /** The archives in it, by path. */
  readonly files: () => string[];
  /** Runs an action that keeps what it deletes here. */
  readonly clean: (
    action: Action,
    blog: TestBlog,
    options?: { job?: string; settings?: object; about?: Partial<BlogSettings>; dryRun?: boolean },
  ) => Promise<TestRun>;
  /** Puts archives back, all of the folder's by default. */
  readonly restore: (
    blog: TestBlog,
    options?: { words?: readonly string[]; files?: readonly string[]; blogLines?: string },
  ) => Promise<Restored>;
  /** Writes an archive with these lines, each a gzip member of its own. */
  readonly write: (name: string, lines: readonly unknown[]) => string;
}

/** Makes the folder. */
export async function archiveFolder(): Promise<ArchiveFolder> {
  const folder = await temporaryFolder('archives');
  onTestFinished(folder.remove);
  const path = join(folder.path, 'archives');
  mkdirSync(path);
  const files = (): string[] =>
    readdirSync(path)
      .sort()
      .map((name) => join(path, name));
  return {
    path,
    files,
    clean: (action, blog, { settings, ...options } = {}) =>
      runAction(action, { blog, ...options, settings: { archive: path, ...settings } }),
    restore: async (blog, { words = [], files: given, blogLines = 'name: test-blog' } = {}) => {
      const config = join(folder.path, 'blogctl.yaml');
      const lines = [
        `blog: { ${blogLines} }`,
        `database: ${JSON.stringify(blog.url)}`,
        'cache: django-db:django_cache',
      ];
      writeFileSync(config, `${lines.join('\n')}\n`, { mode: 0o600 });
      const host = testHost({ workingDirectory: path });
      const { commander, exitCode } = await buildProgram(host, registry, 'restore');
      const all = ['restore', ...(given ?? files()), ...words, '--json', '--config', config];
      await commander.parseAsync(all, { from: 'user' });
      return { ...(JSON.parse(host.stdout()) as Omit<Restored, 'code'>), code: exitCode() };
    },
    write: (name, lines) => {
      const file = join(path, name);
      writeFileSync(file, Buffer.concat(lines.map((line) => gzipSync(`${JSON.stringify(line)}\n`))));
      return file;
    },
  };
}

/** The lines of an archive, read by another program's rules than ours: one gzip stream, one JSON document a line. */
export function linesOf(file: string): Record<string, unknown>[] {
  const text = gunzipSync(readFileSync(file)).toString('utf8').trimEnd();
  return text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** A dump without our own tables and without SQLite's counters. */
export function blogsOwn(dump: BlogDump): BlogDump {
  return Object.fromEntries(Object.entries(dump).filter(([table]) => !/^(blogctl_|sqlite_sequence$)/.test(table)));
}
