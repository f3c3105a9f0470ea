import { basename, isAbsolute, resolve } from 'node:path';

/** An SQLite file. */
export interface SqliteAddress {
  readonly dialect: 'sqlite';
  /** Absolute. */
  readonly path: string;
}

/** A database on a MySQL, MariaDB or PostgreSQL server. */
export interface ServerAddress {
  readonly dialect: 'mysql' | 'postgres';
  readonly host: string;
  readonly port: number;
  /** MySQL: the socket's file. PostgreSQL: the socket's folder. Null for TCP. */
  readonly socket: string | null;
  readonly user: string;
  readonly password: string | null;
  readonly database: string;
}

export type DatabaseAddress = SqliteAddress | ServerAddress;

const forms = 'sqlite:/path/blog.db, mysql://user:password@host:3306/name or postgres://user:password@host:5432/name';
const serverUrl =
  /^(mysql|mariadb|postgres|postgresql):\/\/(?:([^:/?#]*)(?::(.*))?@)?(\[[^\]]*\]|[^:/?#@]*)(?::(\d+))?(?:\/([^/?#]*))?(?:\?([^#]*))?$/s;

/**
 * Reads the address of a database. A relative SQLite path is meant from `folder`. Throws an Error with one sentence
 * that never holds the password.
 */
export function parseDatabaseUrl(text: string, folder: string): DatabaseAddress {
  if (text.startsWith('sqlite:')) return parseSqlite(text, folder);
  const parts = serverUrl.exec(text);
  if (parts === null) {
    const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(text)?.[0];
    throw new Error(`expected ${forms}${scheme === undefined ? '' : `, got another form of "${scheme}…"`}`);
  }
  const [, scheme = '', user = '', password, host = '', port, name = '', query = ''] = parts;
  const dialect = scheme.startsWith('postgres') ? 'postgres' : 'mysql';
  const options = new URLSearchParams(query);
  const socketOption = dialect === 'mysql' ? 'socket' : 'host';
  for (const key of options.keys()) {
    if (key !== socketOption && !(key === 'port' && dialect === 'postgres')) {
      throw new Error(`"${key}" behind the ? of the address is not known; known is ${socketOption}=/path`);
    }
  }
  const socket = options.get(socketOption);
  if (socket !== null && !isAbsolute(socket)) throw new Error(`the socket must be an absolute path, got "${socket}"`);
  if (user === '') throw new Error(`the address names no user; expected ${scheme}://user:password@host/name`);
  if (name === '') throw new Error(`the address names no database; expected ${scheme}://user:password@host/name`);
  return {
    dialect,
    host: host === '' ? 'localhost' : host.replace(/^\[|\]$/g, ''),
    port: readPort(port ?? options.get('port') ?? (dialect === 'mysql' ? '3306' : '5432')),
    socket,
    user: decode(user, 'user'),
    password: password === undefined ? null : decode(password, 'password'),
    database: decode(name, 'name of the database'),
  };
}

/** For messages, without the password: `SQLite file /srv/blog.db`, `MySQL database izone on 127.0.0.1:3306 as blog`. */
export function describeDatabase(address: DatabaseAddress): string {
  if (address.dialect === 'sqlite') return `SQLite file ${address.path}`;
  const kind = address.dialect === 'mysql' ? 'MySQL' : 'PostgreSQL';
  return `${kind} database ${address.database} on ${describeServer(address)} as ${address.user}`;
}

/** `127.0.0.1:3306` or the socket's path. */
export function describeServer(address: ServerAddress): string {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return address.socket ?? `${host}:${address.port}`;
}

/** The default name of the blog: the database's name, the file's name without its ending. */
export function databaseName(address: DatabaseAddress): string {
  return address.dialect === 'sqlite' ? basename(address.path).replace(/\.[^.]+$/, '') : address.database;
}

function parseSqlite(text: string, folder: string): SqliteAddress {
  const path = text.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
  if (path === '' || path.startsWith('//'))
    throw new Error(`expected a path behind sqlite:, such as sqlite:/srv/blog/blog.db`);
  if (path === ':memory:') throw new Error('a database in memory holds no blog; expected sqlite:/path/blog.db');
  return { dialect: 'sqlite', path: resolve(folder, path) };
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new Error('a port is a number from 1 to 65535');
  return port;
}

function decode(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error(`the ${part} in the address has a % that is no percent-encoding; write a % as %25`);
  }
}
