import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Redis } from 'ioredis';
import { addPublication } from '../../src/blog/publications.ts';
import type { RunReport } from '../../src/core/outcome.ts';
import { buildProgram } from '../../src/program.ts';
import { openRegistry } from '../../src/runner/registry.ts';
import type { TestBlog } from '../helpers/blog.ts';
import { stateOf } from '../helpers/publications.ts';
import { testHost, testNowMs } from '../helpers/host.ts';
import { temporaryFolder } from '../helpers/servers/temporary-folder.ts';
import { startWebServer, type WebServer } from '../helpers/http-server.ts';
import { sourceFolder } from './source-files.ts';

export const registry = openRegistry(sourceFolder, '.ts');

/** A blog with everything around it that a run could alter. */
export interface World {
  readonly blog: TestBlog;
  readonly web: WebServer;
  /** Runs blogctl with these words, and returns what it printed as JSON. */
  readonly blogctl: (...words: readonly string[]) => Promise<RunReport>;
  /** Every row of every table, every key with its bytes and expiry, every file: two equal ones are one state. */
  readonly state: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** Puts a blog into a world: a home, a configuration, a web that its links lead to, perhaps a Redis. */
export async function openWorld(blog: TestBlog, redisUrl: string | null): Promise<World> {
  const folder = await temporaryFolder('world');
  const home = join(folder.path, 'home');
  mkdirSync(home);
  const feed = '<rss><channel><item><title>new</title><link>https://posts.example/1</link></item></channel></rss>';
  const web = await startWebServer({
    '/feed': { body: feed },
    '*': { body: '<a href="https://blog.example.test">us</a>' },
  });
  await blog.rows(`update blog_friendlink set link = '${web.url}/friend'`);
  await blog.rows(`update webstack_navigationsite set link = '${web.url}/site'`);
  await blog.rows(`update blog_feedhub set url = '${web.url}/feed'`);
  const configPath = join(folder.path, 'blogctl.yaml');
  const prepared = await prepare(blog);
  const jobs = registry.actionNames().map((name) => `  ${name}: ${prepared[name] ?? ''}\n`);
  const cache = redisUrl ?? 'django-db:django_cache';
  writeFileSync(
    configPath,
    `blog: { name: world }\ndatabase: ${blog.url}\ncache: ${cache}\nhttp: { allowPrivate: [127.0.0.0/8] }\njobs:\n${jobs.join('')}`,
    {
      mode: 0o600,
    },
  );
  const blogFolder = blog.dialect === 'sqlite' ? dirname(blog.url.slice('sqlite:'.length)) : null;
  return {
    blog,
    web,
    blogctl: async (...words) => {
      const host = testHost({ workingDirectory: folder.path, homeDirectory: home });
      const { commander } = await buildProgram(host, registry, words[0]);
      await commander.parseAsync([...words, '--json', '--config', configPath], { from: 'user' });
      return JSON.parse(host.stdout()) as RunReport;
    },
    state: async () => ({
      rows: await blog.dump(),
      keys: redisUrl === null ? null : await keysOf(redisUrl),
      files: [folder.path, blogFolder].map((path) => (path === null ? null : filesOf(path))),
    }),
    close: async () => {
      await web.stop();
      await folder.remove();
    },
  };
}

/**
 * Gives those actions something to do that a blog by itself does not; returns the settings that they need, by action.
 */
async function prepare(blog: TestBlog): Promise<Readonly<Record<string, string>>> {
  const drafts = await blog.query
    .selectFrom('blog_article')
    .select('id')
    .where((where) => where('is_publish', '=', where.lit(false)))
    .orderBy('id')
    .limit(2)
    .execute();
  const [due, named] = drafts.map((row) => row.id);
  const state = await stateOf(blog);
  const times = { dueAtMs: testNowMs - 60_000, nowMs: testNowMs - 120_000 };
  await addPublication(state, { site: 'world', articleId: due ?? 0, ...times, claimedBy: null });
  return {
    'publish-now': `{ articles: [${named}] }`,
    'run-command': '{ command: [/bin/true] }',
    'push-urls': '{ indexNowKey: a-key-of-tests, preCheck: false, all: true }',
  };
}

async function keysOf(url: string): Promise<Record<string, unknown>> {
  const redis = new Redis(url);
  try {
    const keys = (await redis.keys('*')).sort();
    const entries = keys.map(
      async (key) => [key, await redis.getBuffer(key), await redis.call('PEXPIRETIME', key)] as const,
    );
    return Object.fromEntries((await Promise.all(entries)).map(([key, bytes, until]) => [key, { bytes, until }]));
  } finally {
    redis.disconnect();
  }
}

function filesOf(folder: string): Record<string, unknown> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names.map((name) => {
      const path = join(folder, name);
      const { mode, mtimeMs } = statSync(path);
      const hash = statSync(path).isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : null;
      return [name, { mode, mtimeMs, hash }];
    }),
  );
}
