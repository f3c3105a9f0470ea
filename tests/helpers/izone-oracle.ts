import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import mysql from 'mysql2/promise';
import { Client, escapeIdentifier } from 'pg';
import type { Dialect } from '../../src/core/database.ts';

const folder = fileURLToPath(new URL('../../../shared/izone/', import.meta.url));

/** Why suites on the reference blog cannot run here, in words; null where they can. */
export function izoneMissing(): string | null {
  return existsSync(`${folder}before.sqlite.sql`) ? null : 'the reference blog is not here (../shared/izone)';
}

/** A file of the reference blog, such as `cache.json`. */
export function readIzone(name: string): string {
  return readFileSync(folder + name, 'utf8');
}

/** What izone wrote to its cache: key in Redis to seconds to live, and for some keys the pickle's bytes. */
export type IzoneCache = Readonly<Record<string, { readonly ttl: number; readonly pickle_hex?: string }>>;

/** Fills an empty database with the reference blog. */
export async function loadOracle(dialect: Dialect, url: string): Promise<void> {
  if (dialect === 'sqlite') loadSqlite(url.slice('sqlite:'.length));
  else if (dialect === 'mysql') await loadMysql(url);
  else await loadPostgres(url);
}

function loadSqlite(path: string): void {
  const file = new Sqlite(path);
  file.pragma('synchronous = off');
  file.exec(readIzone('before.sqlite.sql'));
  file.close();
}

async function loadMysql(url: string): Promise<void> {
  const connection = await mysql.createConnection({ uri: url, multipleStatements: true, charset: 'utf8mb4' });
  try {
    await connection.query(readIzone('schema.mysql.sql'));
    await connection.query("set foreign_key_checks = 0, sql_mode = 'STRICT_ALL_TABLES'");
    for (const { table, columns, rows } of oracleRows()) {
      if (rows.length === 0) continue;
      const values = rows.map((row) => columns.map((column) => row[column]));
      await connection.query('insert into ?? (??) values ?', [table, columns, values]);
    }
  } finally {
    await connection.end();
  }
}

async function loadPostgres(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(readIzone('schema.postgres.sql'));
    // The naive dates are those of the blog's zone; keys that point to other tables are checked at the end.
    await client.query("set time zone 'Asia/Shanghai'; begin; set constraints all deferred");
    for (const { table, rows } of oracleRows()) {
      const name = `public.${escapeIdentifier(table)}`;
      // By way of JSON every value takes the form of its column: 0 and 1 become booleans.
      const insert = `insert into ${name} select * from json_populate_recordset(null::${name}, $1)`;
      await client.query(insert, [JSON.stringify(rows)]);
      if (rows[0] !== undefined && 'id' in rows[0]) {
        await client.query(`select setval(pg_get_serial_sequence($1, 'id'), (select max(id) from ${name}))`, [name]);
      }
    }
    await client.query('commit');
  } finally {
    await client.end();
  }
}

interface OracleTable {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

function oracleRows(): OracleTable[] {
  const file = new Sqlite(':memory:');
  try {
    file.exec(readIzone('before.sqlite.sql'));
    const names = file
      .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
      .pluck()
      .all();
    return names.map((table) => {
      const all = file.prepare<[], Record<string, unknown>>(`select * from "${table}"`);
      return { table, columns: all.columns().map((column) => column.name), rows: all.all() };
    });
  } finally {
    file.close();
  }
}
