import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import {
  credentials,
  DATABASE_PASSWORD,
  DATABASE_USER,
  type DatabaseAccess,
  type DatabaseCoordinates,
} from './database-access.ts';
import { findPostgresProgram, findSystemUser, isRoot, type SystemUser } from './programs.ts';
import { prepareServer, type ServerProcess, startServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A PostgreSQL of one's own. */
export interface PostgresServer extends DatabaseAccess, ServerProcess {}

const SUPERUSER = 'postgres';

/** Durability is what a test database does not need, and what takes the time. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  // In the temporary folder, not in /dev/shm, where a killed server would leave it.
  dynamic_shared_memory_type: 'mmap',
};

/** Makes a database cluster and starts a PostgreSQL on it: about a second. */
export async function startPostgres(): Promise<PostgresServer> {
  const owner = unprivilegedUser();
  const folder = await temporaryFolder('postgres', owner);
  const data = path.join(folder.path, 'data');
  const passwordFile = path.join(folder.path, 'password');
  await writeFile(passwordFile, DATABASE_PASSWORD);
  const cluster = [`--pgdata=${data}`, '--encoding=UTF8', '--no-locale', '--no-sync', '--auth=scram-sha-256'];
  const login = [`--username=${SUPERUSER}`, `--pwfile=${passwordFile}`];
  await prepareServer('PostgreSQL', [postgresProgram('initdb'), ...cluster, ...login], folder, owner);

  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: folder.path, ...FAST };
  const server = await startServerProcess({
    name: 'postgres',
    folder,
    owner,
    // The fast shutdown: it does not wait for the clients that a test forgot.
    stopSignal: 'SIGINT',
    command: (port) => [
      postgresProgram('postgres'),
      '-D',
      data,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
  });
  const coordinates = { port: server.port, socket: folder.path, user: DATABASE_USER, password: DATABASE_PASSWORD };
  // The blog's user is no superuser, as in real life: refused permissions show.
  const password = escapeLiteral(DATABASE_PASSWORD);
  await execute(coordinates, `CREATE ROLE ${escapeIdentifier(DATABASE_USER)} LOGIN CREATEDB PASSWORD ${password}`);
  return { ...postgresAccess(coordinates), ...server };
}

/** What a test may do with a PostgreSQL that runs at these coordinates. */
export function postgresAccess(coordinates: DatabaseCoordinates): DatabaseAccess {
  const { port, socket, user } = coordinates;
  const login = credentials(coordinates);
  const owner = escapeIdentifier(user);
  return {
    ...coordinates,
    url: (database) => `postgres://${login}@127.0.0.1:${port}/${database}`,
    socketUrl: (database) => `postgres://${login}@/${database}?host=${socket}&port=${port}`,
    createDatabase: (name) => execute(coordinates, `CREATE DATABASE ${escapeIdentifier(name)} OWNER ${owner}`),
    dropDatabase: (name) => execute(coordinates, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`),
  };
}

function postgresProgram(name: string): string {
  const found = findPostgresProgram(name);
  if (found === null) throw new Error(`PostgreSQL's ${name} is not installed`);
  return found;
}

/** PostgreSQL refuses root outright; Debian's package brings a user for it. */
function unprivilegedUser(): SystemUser | null {
  if (!isRoot()) return null;
  const user = findSystemUser('postgres');
  if (user === null) throw new Error('PostgreSQL refuses to run as root, and there is no user "postgres" to run it');
  return user;
}

async function execute({ socket, port, password }: DatabaseCoordinates, statement: string): Promise<void> {
  const client = new Client({ host: socket, port, user: SUPERUSER, password, database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
