import { Socket } from 'node:net';
import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { OpenDatabase, Tables } from '../../core/database.ts';
import { serverBulk } from './server-bulk.ts';
import { postgresSpaceWork } from './postgres-space.ts';
import { connectTimeoutMs, lockTimeoutMs, statementTimeoutMs } from './limits.ts';
import { connectionError } from './connection-error.ts';
import { lockNumber, trySessionLock, type SessionLockStatements } from './session-lock.ts';
import { describeDatabase, type ServerAddress } from './url.ts';
import { knowingItsErrors } from './whose-error.ts';

/** Opens a PostgreSQL database with strict sessions whose dates are shown in `zone`. */
export async function openPostgres(address: ServerAddress, readOnly: boolean, zone: string): Promise<OpenDatabase> {
  const sockets: Socket[] = [];
  const pool = new pg.Pool({
    stream: () => {
      const socket = new Socket();
      sockets.push(socket);
      return socket;
    },
    host: address.socket ?? address.host,
    port: address.port,
    user: address.user,
    ...(address.password === null ? {} : { password: address.password }),
    database: address.database,
    max: 4,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    application_name: 'blogctl',
    types: { getTypeParser },
  });
  // A server that goes away while a connection idles is told by the next query, not by an unhandled event.
  pool.on('error', () => undefined);
  // Nor one that is in use, such as a lock's: while no statement runs on it, nobody else listens.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const dialect = new PostgresDialect({
    pool,
    onCreateConnection: async (connection) => {
      for (const statement of sessionStatements(readOnly, zone)) {
        await connection.executeQuery(CompiledQuery.raw(statement));
      }
    },
  });
  const query = new Kysely<Tables>(knowingItsErrors(dialect, describeDatabase(address)));
  try {
    await sql`select 1`.execute(query);
  } catch (error) {
    await query.destroy().catch(() => undefined);
    // Where the driver gives up by itself, such as without a password, it leaves its socket open: for a minute, until the
    // server has had enough, that would keep this process alive.
    for (const socket of sockets) socket.destroy();
    throw connectionError(address, error);
  }
  return wrap(address, query);
}

function wrap(address: ServerAddress, query: Kysely<Tables>): OpenDatabase {
  return {
    dialect: 'postgres',
    name: describeDatabase(address),
    query,
    bulk: serverBulk(query, postgresSpaceWork),
    tryLock: (name) => trySessionLock(query, String(lockNumber(name)), lockStatements),
    close: () => query.destroy(),
  };
}

const lockStatements: SessionLockStatements = {
  take: (key) => sql<{ held: boolean }>`select pg_try_advisory_lock(${key}::bigint) as held`,
  give: (key) => sql`select pg_advisory_unlock(${key}::bigint)`,
};

function sessionStatements(readOnly: boolean, zone: string): string[] {
  const statements = [`set time zone '${zone.replaceAll("'", "''")}'`, "set datestyle to 'ISO, YMD'"];
  if (readOnly) statements.push('set default_transaction_read_only to on');
  return statements;
}

const dateTypes = new Set([1082, 1083, 1114, 1184, 1266]);
const dateArrayTypes = new Set([1182, 1183, 1115, 1185, 1270]);
const textArrayType: number = 1009;
const bigintType = 20;

// Dates stay text, as the server writes them. Counts are numbers; beyond 2^53 they stay text rather than be rounded.
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (dateTypes.has(oid)) return (value) => value;
  if (dateArrayTypes.has(oid)) return pg.types.getTypeParser(textArrayType, format);
  if (oid === bigintType) return (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value);
  return pg.types.getTypeParser(oid, format);
}
