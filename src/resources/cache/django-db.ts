import type { QueryExecutorProvider, QueryResult, RawBuilder } from 'kysely';
import { unpickle } from '../../content/pickle/reader.ts';
import { pickle } from '../../content/pickle/writer.ts';
import { inPieces, walkByKey } from '../../core/batches.ts';
import type { Cache, CacheEntry, CacheValue } from '../../core/cache.ts';
import type { Dialect } from '../../core/database.ts';
import { FailedError, messageOf, UpstreamError } from '../../core/errors.ts';
import { isMissingTable } from '../database/missing-table.ts';
import { type DjangoCacheRow, type DjangoCacheStatements, djangoCacheStatements } from './django-statements.ts';
import { isTableName } from './django-table.ts';
import { checkExpiry, RefusedWrite, unreadableEntry } from './entry.ts';

const batchSize = 500;
const pageSize = 1000;
/** What Django writes for an entry that never expires. */
const never = '9999-12-31';

/** Where the table is, and how its dates are told: always as `YYYY-MM-DD HH:MM:SS` in the form of its column. */
export interface DjangoDbCacheOptions {
  readonly db: QueryExecutorProvider;
  readonly dialect: Dialect;
  /** The database for messages, without secrets. */
  readonly databaseName: string;
  readonly table: string;
  /** A write throws an Error, and is not sent. */
  readonly readOnly: boolean;
  readonly now: () => string;
  /** The instant so many seconds from now. */
  readonly expiresAt: (seconds: number) => string;
  readonly secondsUntil: (expires: string) => number;
  readonly prefix?: string | undefined;
  readonly version?: number | undefined;
}

/** The options with what follows from them. */
interface Table extends DjangoDbCacheOptions {
  /** Django's `KEY_PREFIX:VERSION:`, which every key begins with. */
  readonly start: string;
  readonly statements: DjangoCacheStatements;
}

/**
 * Django's own cache in a table of the database: `value` is the base64 of a pickle, `expires` is to the second. An entry
 * is there while `expires` is later than now, as in Django's `has_key`; `keysWithPrefix` and `remove` meet expired ones
 * too, so that they get cleaned up. Throws a FailedError where the table is missing, an UpstreamError for any other error.
 */
export function openDjangoDbCache(options: DjangoDbCacheOptions): Cache {
  if (!isTableName(options.table)) throw new Error('expected the name of a cache table');
  const table: Table = {
    ...options,
    start: `${options.prefix ?? ''}:${options.version ?? 1}:`,
    statements: djangoCacheStatements(options.dialect, options.table),
  };
  return {
    name: `table ${options.table}`,
    present: (keys) => present(table, keys),
    get: (key) => get(table, key),
    set: (key, value, expirySeconds) => set(table, key, value, expirySeconds),
    remove: (keys) => remove(table, keys),
    keysWithPrefix: (prefix) => keysWithPrefix(table, prefix),
    // The database belongs to whoever opened it.
    close: () => Promise.resolve(),
  };
}

async function present(table: Table, keys: readonly string[]): Promise<Set<string>> {
  const { start, statements } = table;
  const found = new Set<string>();
  for (const piece of inPieces(keys, batchSize)) {
    const names = piece.map((key) => start + key);
    const { rows } = await ask(table, 'read', statements.present(names, table.now()));
    for (const row of rows) found.add(row.cache_key);
  }
  // Compared again, exactly: MySQL's collation takes `A` for `a`.
  return new Set(keys.filter((key) => found.has(start + key)));
}

async function get(table: Table, key: string): Promise<CacheEntry | null> {
  const name = table.start + key;
  const { rows } = await ask(table, 'read', table.statements.get(name, table.now()));
  const row = rows.find(({ cache_key }) => cache_key === name);
  if (row === undefined) return null;
  try {
    const value = unpickle(Buffer.from(row.value, 'base64'));
    return { value, secondsLeft: row.expires.startsWith(never) ? null : table.secondsUntil(row.expires) };
  } catch (error) {
    throw unreadableEntry(`table ${table.table}`, key, error);
  }
}

async function set(table: Table, key: string, value: CacheValue, expirySeconds: number): Promise<void> {
  if (table.readOnly) throw new RefusedWrite(`the insert into ${table.table}`);
  checkExpiry(expirySeconds);
  const row = {
    key: table.start + key,
    value: Buffer.from(pickle(value)).toString('base64'),
    // Django's column is to the second.
    expires: table.expiresAt(Math.ceil(expirySeconds)),
  };
  await ask(table, 'write', table.statements.put(row));
}

async function remove(table: Table, keys: readonly string[]): Promise<number> {
  if (table.readOnly) throw new RefusedWrite(`the delete from ${table.table}`);
  let removed = 0;
  for (const piece of inPieces([...new Set(keys)], batchSize)) {
    const names = piece.map((key) => table.start + key);
    const { numAffectedRows } = await ask(table, 'write', table.statements.remove(names));
    removed += Number(numAffectedRows ?? 0n);
  }
  return removed;
}

async function* keysWithPrefix(table: Table, prefix: string): AsyncGenerator<readonly string[]> {
  const start = table.start + prefix;
  const pages = walkByKey(
    pageSize,
    (row: Pick<DjangoCacheRow, 'cache_key'>) => row.cache_key,
    async (after: string | null, size) => {
      const { rows } = await ask(table, 'read', table.statements.page(start, after, size));
      return rows;
    },
  );
  for await (const rows of pages) {
    const names = rows.map((row) => row.cache_key).filter((name) => name.startsWith(start));
    if (names.length > 0) yield names.map((name) => name.slice(table.start.length));
    // SQLite goes on behind the prefix.
    if (table.dialect === 'sqlite' && names.length < rows.length) return;
  }
}

async function ask<Row>(table: Table, what: 'read' | 'write', statement: RawBuilder<Row>): Promise<QueryResult<Row>> {
  try {
    return await statement.execute(table.db);
  } catch (error) {
    if (isMissingTable(error)) {
      throw new FailedError(`there is no table ${table.table} for the cache in ${table.databaseName}`, {
        hint: "Django's `manage.py createcachetable` makes it, and so does blogctl where it may write.",
        cause: error,
      });
    }
    const where = `the table ${table.table} of ${table.databaseName}`;
    throw new UpstreamError(`cannot ${what} ${where}: ${messageOf(error)}`, { cause: error });
  }
}
