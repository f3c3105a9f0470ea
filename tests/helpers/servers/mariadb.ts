import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import mysql from 'mysql2/promise';
import {
  credentials,
  DATABASE_PASSWORD,
  DATABASE_USER,
  type DatabaseAccess,
  type DatabaseCoordinates,
} from './database-access.ts';
import { isRoot, requireProgram } from './programs.ts';
import { prepareServer, type ServerProcess, startServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A MariaDB of one's own. */
export interface MariadbServer extends DatabaseAccess, ServerProcess {}

/** Durability is what a test database does not need, and what takes the time. */
const FAST = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=0',
  '--innodb-buffer-pool-size=64M',
  '--innodb-log-file-size=16M',
  '--innodb-fast-shutdown=2',
  '--skip-log-bin',
  '--performance-schema=OFF',
  '--skip-name-resolve',
];

/** A lost connection of a test holds a lock; better an error that says so than a run that hangs. */
const LOCK_WAIT_SECONDS = 10;

/** Makes a database folder and starts a MariaDB on it, perhaps with more options: a second or two. */
export async function startMariadb(options: readonly string[] = []): Promise<MariadbServer> {
  const programs = { install: requireProgram('mariadb-install-db'), server: requireProgram('mariadbd') };
  const folder = await temporaryFolder('mariadb');
  const data = path.join(folder.path, 'data');
  const socket = path.join(folder.path, 'mariadbd.sock');
  const users = path.join(folder.path, 'users.sql');
  // mariadbd refuses root unless it is told so.
  const owner = isRoot() ? ['--user=root'] : [];
  const install = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
  await prepareServer('MariaDB', [programs.install, ...install, ...owner], folder, null);
  await writeFile(users, USERS);

  const server = await startServerProcess({
    name: 'mariadbd',
    folder,
    owner: null,
    stopSignal: 'SIGTERM',
    command: (port) => [
      programs.server,
      '--no-defaults',
      `--datadir=${data}`,
      `--tmpdir=${folder.path}`,
      `--socket=${socket}`,
      `--pid-file=${path.join(folder.path, 'pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--init-file=${users}`,
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_general_ci',
      ...FAST,
      ...options,
      ...owner,
    ],
  });
  const access = mariadbAccess({ port: server.port, socket, user: DATABASE_USER, password: DATABASE_PASSWORD });
  return { ...access, ...server };
}

/** What a test may do with a MariaDB that runs at these coordinates. */
export function mariadbAccess(coordinates: DatabaseCoordinates): DatabaseAccess {
  const { port, socket } = coordinates;
  const login = credentials(coordinates);
  return {
    ...coordinates,
    url: (database) => `mysql://${login}@127.0.0.1:${port}/${database}`,
    socketUrl: (database) => `mysql://${login}@localhost/${database}?socket=${socket}`,
    createDatabase: (name) => execute(coordinates, `CREATE DATABASE ${mysql.escapeId(name)}`),
    dropDatabase: (name) => execute(coordinates, `DROP DATABASE IF EXISTS ${mysql.escapeId(name)}`),
  };
}

// The init file is read at each start. `localhost` is the socket, `%` is TCP.
const USERS = ['localhost', '%']
  .flatMap((host) => [
    `CREATE USER IF NOT EXISTS '${DATABASE_USER}'@'${host}' IDENTIFIED BY '${DATABASE_PASSWORD}';`,
    `GRANT ALL ON *.* TO '${DATABASE_USER}'@'${host}' WITH GRANT OPTION;`,
  ])
  .join('\n');

async function execute({ socket, user, password }: DatabaseCoordinates, statement: string): Promise<void> {
  const connection = await mysql.createConnection({ socketPath: socket, user, password });
  try {
    await connection.query(`SET SESSION lock_wait_timeout = ${LOCK_WAIT_SECONDS}`);
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
