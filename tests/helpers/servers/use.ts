import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, inject } from 'vitest';
import type { DatabaseAccess, DatabaseCoordinates } from './database-access.ts';
import { mariadbAccess } from './mariadb.ts';
import { postgresAccess } from './postgres.ts';
import { type RedisOptions, type RedisServer, startRedis } from './redis.ts';

const START_LIMIT_MS = 120_000;

/** A database that belongs to one suite, on the run's server. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  readonly socketUrl: string;
  readonly server: DatabaseAccess;
}

/**
 * Gives the suite an empty database on the run's MariaDB, and drops it after. Like its neighbours it returns a
 * function, for hooks and tests: a suite is described before anything runs.
 */
export function useMariadb(): () => TestDatabase {
  return useDatabase(sharedMariadb);
}

/** Gives the suite an empty database on the run's PostgreSQL, and drops it after. */
export function usePostgres(): () => TestDatabase {
  return useDatabase(sharedPostgres);
}

/** The run's MariaDB, for whoever makes and drops databases by himself. */
export async function sharedMariadb(): Promise<DatabaseAccess> {
  return mariadbAccess(await askForServer('/mariadb'));
}

/** The run's PostgreSQL, likewise. */
export async function sharedPostgres(): Promise<DatabaseAccess> {
  return postgresAccess(await askForServer('/postgres'));
}

/** Gives the suite a Redis of its own: it starts as fast as a shared one answers, and may be paused and killed. */
export function useRedis(options: RedisOptions = {}): () => RedisServer {
  return forSuite(
    () => startRedis(options),
    (redis) => redis.stop(),
  );
}

function useDatabase(open: () => Promise<DatabaseAccess>): () => TestDatabase {
  return forSuite(
    async () => {
      const server = await open();
      const name = `test_${randomBytes(6).toString('hex')}`;
      await server.createDatabase(name);
      return { name, url: server.url(name), socketUrl: server.socketUrl(name), server };
    },
    ({ name, server }) => server.dropDatabase(name),
  );
}

function forSuite<T>(open: () => Promise<T>, close: (opened: T) => Promise<void>): () => T {
  let opened: { readonly it: T } | undefined;
  beforeAll(async () => {
    opened = { it: await open() };
  }, START_LIMIT_MS);
  afterAll(async () => {
    if (opened !== undefined) await close(opened.it);
    opened = undefined;
  });
  return () => {
    if (opened === undefined) throw new Error('the suite has not begun, or it is over: ask in a hook or in a test');
    return opened.it;
  };
}

async function askForServer(name: '/mariadb' | '/postgres'): Promise<DatabaseCoordinates> {
  const socketPath = inject('sharedServers');
  if (socketPath === undefined)
    throw new Error('vitest.config.ts must name tests/helpers/servers/global.ts as globalSetup');
  const { status, body } = await new Promise<{ status: number; body: string }>((resolve, reject) => {
    request({ socketPath, path: name }, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer }), reject);
    })
      .once('error', reject)
      .end();
  });
  if (status !== 200) throw new Error(body);
  return JSON.parse(body) as DatabaseCoordinates;
}
