/** Where a Redis listens and who asks: read from an address, defaults filled in. */
export interface RedisAddress {
  readonly kind: 'redis';
  readonly endpoint:
    { readonly host: string; readonly port: number; readonly tls: boolean } | { readonly path: string };
  /** Null stands for Redis's own user `default`. */
  readonly username: string | null;
  readonly password: string | null;
  readonly database: number;
  /** For messages, without secrets: `redis 127.0.0.1:6379/0`. */
  readonly name: string;
}

interface Credentials {
  readonly username: string | null;
  readonly password: string | null;
}

const tcpForm = 'redis://[user:password@]host[:port][/database]';
const socketForm = 'unix://[user:password@]/path/to/redis.sock[?db=0]';

/**
 * Reads `redis://`, `rediss://` (TLS), `redis+unix://` and `unix://`. User and password are percent-decoded. Throws an
 * Error that says what was expected and repeats nothing of the address, since any part of it may be the password.
 */
export function parseRedisUrl(text: string): RedisAddress {
  return /^(redis\+unix|unix):/i.test(text) ? parseSocketUrl(text) : parseTcpUrl(text);
}

function parseTcpUrl(text: string): RedisAddress {
  // The URL parser's own error holds the whole address: it is dropped.
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^rediss?:\/\//i.test(text) || url.hostname === '' || url.hash !== '') throw notA(tcpForm);
  const tls = url.protocol === 'rediss:';
  const host = decode(url.hostname.replace(/^\[(.*)\]$/, '$1'), tcpForm);
  const port = url.port === '' ? 6379 : Number(url.port);
  const query = readQuery(url.searchParams, tcpForm);
  const database = /^\/?$/.test(url.pathname) ? query.database : databaseNumber(url.pathname.slice(1), tcpForm);
  const credentials = readCredentials(url.username, url.password, tcpForm);
  const name = `${tls ? 'rediss' : 'redis'} ${url.hostname}:${port}/${database}`;
  return { kind: 'redis', endpoint: { host, port, tls }, ...merged(credentials, query), database, name };
}

/** By hand, because a URL with a user and no host is none to the URL parser. */
function parseSocketUrl(text: string): RedisAddress {
  const form = /^[a-z+]+:\/\/(?:([^:@/]*)(?::([^@]*))?@)?(\/[^?#]+)(?:\?([^#]*))?$/i.exec(text);
  const [, username = '', password = '', encodedPath, search = ''] = form ?? [];
  if (encodedPath === undefined) throw notA(socketForm);
  const path = decode(encodedPath, socketForm);
  const query = readQuery(new URLSearchParams(search), socketForm);
  const credentials = readCredentials(username, password, socketForm);
  const name = `redis unix:${path}?db=${query.database}`;
  return { kind: 'redis', endpoint: { path }, ...merged(credentials, query), database: query.database, name };
}

/** The options that redis-py, and so Django, takes behind the question mark; the others have no meaning here. */
function readQuery(search: URLSearchParams, form: string): Credentials & { readonly database: number } {
  for (const name of search.keys()) {
    if (!['db', 'username', 'password'].includes(name)) throw notA(form, 'it has an option that is not known');
  }
  const database = databaseNumber(search.get('db') ?? '0', form);
  return { username: search.get('username'), password: search.get('password'), database };
}

function merged(credentials: Credentials, query: Credentials): Credentials {
  const username = credentials.username ?? query.username;
  const password = credentials.password ?? query.password;
  if (username !== null && password === null) throw new Error('the cache address names a user but no password');
  return { username, password };
}

function readCredentials(username: string, password: string, form: string): Credentials {
  return { username: decode(username, form) || null, password: decode(password, form) || null };
}

function databaseNumber(text: string, form: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw notA(form, 'its database is no number');
}

function decode(text: string, form: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notA(form, 'it has a % that encodes nothing');
  }
}

function notA(form: string, why?: string): Error {
  const detail = why === undefined ? '' : `; ${why}`;
  return new Error(`expected a cache address such as ${form}, user and password percent-encoded${detail}`);
}
