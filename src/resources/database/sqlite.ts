import { realpathSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  Kysely,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
} from 'kysely';
import type { OpenDatabase, Tables } from '../../core/database.ts';
import { messageOf, UpstreamError } from '../../core/errors.ts';
import { lockTimeoutMs } from './limits.ts';
import { sqliteBulk } from './sqlite-bulk.ts';
import { withExactIntegers } from './sqlite-integers.ts';
import { trySqliteLock } from './sqlite-lock.ts';
import { describeDatabase, type SqliteAddress } from './url.ts';
import { knowingItsErrors } from './whose-error.ts';

/** Opens an SQLite file that must be there: a missing one is an error and never a new, empty one. */
export function openSqlite(address: SqliteAddress, readOnly: boolean): OpenDatabase {
  const file = openFile(address.path, readOnly);
  const dialect = new StrictSqliteDialect({ database: withExactIntegers(file) });
  return wrap(address, file, new Kysely(knowingItsErrors(dialect, describeDatabase(address))));
}

function wrap(address: SqliteAddress, file: Sqlite.Database, query: Kysely<Tables>): OpenDatabase {
  return {
    dialect: 'sqlite',
    name: describeDatabase(address),
    query,
    bulk: sqliteBulk(address, file, query),
    // A link to the file is the same blog.
    tryLock: (name) => trySqliteLock(`${realpathSync(address.path)}-blogctl-${name}.lock`),
    close: () => query.destroy(),
  };
}

function openFile(path: string, readOnly: boolean): Sqlite.Database {
  try {
    if (statSync(path).isDirectory()) throw new UpstreamError(`${path} is a folder, not an SQLite file`);
    const file = new Sqlite(path, { fileMustExist: true, readonly: readOnly, timeout: lockTimeoutMs });
    // The first read tells whether the file is a database at all.
    file.pragma('schema_version');
    return file;
  } catch (error) {
    throw error instanceof UpstreamError ? error : openingError(path, error);
  }
}

function openingError(path: string, error: unknown): UpstreamError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new UpstreamError(`there is no SQLite file ${path}`, {
      hint: 'Check "database" and "state.database" in the configuration; blogctl never makes a new, empty one.',
    });
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new UpstreamError(`the SQLite file ${path} is locked by another program for too long`, {
      hint: 'Try again later.',
      cause: error,
    });
  }
  if (code === 'SQLITE_NOTADB') return new UpstreamError(`${path} is not an SQLite database`, { cause: error });
  if (code === 'SQLITE_CANTOPEN' || code === 'EACCES') {
    return new UpstreamError(
      `the SQLite file ${path} cannot be opened: this user may not read it or write its folder`,
      {
        cause: error,
      },
    );
  }
  if (code === 'ERR_DLOPEN_FAILED' || messageOf(error).includes('bindings file')) {
    return new UpstreamError('the native driver of SQLite is missing, or was built for another version of node', {
      hint: 'Run npm rebuild better-sqlite3 in the folder where blogctl is installed (it needs python3, make and g++).',
      cause: error,
    });
  }
  return new UpstreamError(`the SQLite file ${path} cannot be opened: ${messageOf(error)}`, { cause: error });
}

class StrictSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;

  constructor(config: { database: SqliteDatabase }) {
    super(config);
    this.#database = config.database;
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver({ database: this.#database });
  }
}

/**
 * A write transaction takes the write lock at once. A deferred one that reads first and writes after somebody else's
 * commit fails with SQLITE_BUSY_SNAPSHOT, however long it is willing to wait.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}
