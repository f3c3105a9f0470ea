import Sqlite from 'better-sqlite3';
import mysql from 'mysql2/promise';
import { Client } from 'pg';

/** A connection for whole statements, without any limit on how long they may take. */
export interface Sql {
  readonly run: (statement: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Connects to an address as blogctl's configuration has it. */
export async function openSql(url: string): Promise<Sql> {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length));
  if (url.startsWith('mysql:')) {
    const connection = await mysql.createConnection({ uri: url, multipleStatements: true });
    // Who waits for one DELETE of a million rows waits longer than the server's usual patience.
    await connection.query('set session innodb_lock_wait_timeout = 3600');
    return { run: async (statement) => void (await connection.query(statement)), close: () => connection.end() };
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  return { run: async (statement) => void (await client.query(statement)), close: () => client.end() };
}

function openSqlite(path: string): Sql {
  const file = new Sqlite(path, { timeout: 120_000 });
  file.pragma('journal_mode = wal');
  // The worst case: a writer that leaves the log to others.
  file.pragma('wal_autocheckpoint = 0');
  return { run: async (statement) => void file.exec(statement), close: async () => void file.close() };
}
