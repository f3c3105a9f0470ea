import { CompiledQuery, Kysely, MysqlDialect, sql } from 'kysely';
import { createPool } from 'mysql2';
import type { OpenDatabase, Tables } from '../../core/database.ts';
import { serverBulk } from './server-bulk.ts';
import { mysqlSpaceWork } from './mysql-space.ts';
import { connectTimeoutMs, lockTimeoutMs, statementTimeoutMs } from './limits.ts';
import { connectionError } from './connection-error.ts';
import { lockKey, trySessionLock, type SessionLockStatements } from './session-lock.ts';
import { describeDatabase, type ServerAddress } from './url.ts';
import { knowingItsErrors } from './whose-error.ts';

/** Opens a database of a MySQL or MariaDB server with strict sessions. */
export async function openMysql(address: ServerAddress, readOnly: boolean): Promise<OpenDatabase> {
  const pool = createPool({
    ...(address.socket === null ? { host: address.host, port: address.port } : { socketPath: address.socket }),
    user: address.user,
    ...(address.password === null ? {} : { password: address.password }),
    database: address.database,
    charset: 'utf8mb4',
    connectionLimit: 4,
    connectTimeout: connectTimeoutMs,
    dateStrings: true,
    supportBigNumbers: true,
    multipleStatements: false,
  });
  const dialect = new MysqlDialect({
    pool,
    onCreateConnection: async (connection) => {
      for (const statement of sessionStatements(readOnly)) await connection.executeQuery(CompiledQuery.raw(statement));
    },
  });
  const query = new Kysely<Tables>(knowingItsErrors(dialect, describeDatabase(address)));
  try {
    await sql`select 1`.execute(query);
  } catch (error) {
    await query.destroy().catch(() => undefined);
    throw connectionError(address, error);
  }
  return wrap(address, query);
}

function wrap(address: ServerAddress, query: Kysely<Tables>): OpenDatabase {
  return {
    dialect: 'mysql',
    name: describeDatabase(address),
    query,
    bulk: serverBulk(query, mysqlSpaceWork),
    tryLock: (name) => trySessionLock(query, lockKey(address.database, name), lockStatements),
    close: () => query.destroy(),
  };
}

const lockStatements: SessionLockStatements = {
  take: (key) => sql<{ held: number | null }>`select get_lock(${key}, 0) as held`,
  give: (key) => sql`select release_lock(${key})`,
};

const sqlMode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

function sessionStatements(readOnly: boolean): string[] {
  const lockSeconds = lockTimeoutMs / 1000;
  const statements = [
    // The limit on a statement has two names: the first comment is for MariaDB alone, the second for MySQL alone.
    `set session sql_mode = '${sqlMode}', lock_wait_timeout = ${lockSeconds}, innodb_lock_wait_timeout = ${lockSeconds}` +
      ` /*M! , max_statement_time = ${statementTimeoutMs / 1000} */ /*!50708 , max_execution_time = ${statementTimeoutMs} */`,
  ];
  if (readOnly) statements.push('set session transaction read only');
  return statements;
}
