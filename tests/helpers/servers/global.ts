import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import type { DatabaseCoordinates } from './database-access.ts';
import { startMariadb } from './mariadb.ts';
import { startPostgres } from './postgres.ts';
import type { ServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

type SharedServer = DatabaseCoordinates & ServerProcess;

const STARTERS: Record<string, () => Promise<SharedServer>> = {
  '/mariadb': () => startMariadb(),
  '/postgres': startPostgres,
};

declare module 'vitest' {
  interface ProvidedContext {
    /** The socket on which the test run starts its shared servers. */
    sharedServers: string;
  }
}

/**
 * Vitest's global set-up: MariaDB and PostgreSQL take seconds to start, so a run has one of each, started when
 * the first test file asks. Files are processes of their own, hence the socket to ask through: `GET /mariadb`
 * answers the server's coordinates once it is up.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await temporaryFolder('shared');
  const socket = path.join(folder.path, 'control.sock');
  const started = new Map<string, Promise<SharedServer>>();
  const control = createServer((request, response) => void answer(started, request.url ?? '', response));
  control.listen(socket);
  await once(control, 'listening');
  project.provide('sharedServers', socket);

  return async () => {
    control.close();
    control.closeAllConnections();
    const servers = await Promise.allSettled(started.values());
    const running = servers.flatMap((server) => (server.status === 'fulfilled' ? [server.value] : []));
    await Promise.all(running.map((server) => server.stop()));
    await folder.remove();
  };
}

async function answer(started: Map<string, Promise<SharedServer>>, wanted: string, to: ServerResponse): Promise<void> {
  try {
    const server = started.get(wanted) ?? start(wanted);
    started.set(wanted, server);
    const { port, socket, user, password } = await server;
    to.end(JSON.stringify({ port, socket, user, password } satisfies DatabaseCoordinates));
  } catch (error) {
    to.writeHead(500).end(error instanceof Error ? error.message : String(error));
  }
}

async function start(wanted: string): Promise<SharedServer> {
  const starter = STARTERS[wanted];
  if (starter === undefined) throw new Error(`there is no shared server ${wanted}`);
  return await starter();
}
