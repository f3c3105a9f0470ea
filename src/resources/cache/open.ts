import { sql } from 'kysely';
import type { BlogTime } from '../../blog/time.ts';
import type { BaseContext } from '../../core/action.ts';
import type { Cache } from '../../core/cache.ts';
import type { Database } from '../../core/database.ts';
import { FailedError, messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { isMissingTable } from '../database/missing-table.ts';
import { parseCacheUrl } from './url.ts';

/** How the blog's cache is to be opened. */
export interface CacheOptions {
  /** As the configuration has it, secrets filled in. */
  readonly url: string;
  /** Holds the table of a `django-db:` cache; not opened for Redis. */
  readonly database: () => Promise<Database>;
  readonly readOnly: boolean;
  readonly time: BlogTime;
  readonly change: BaseContext<unknown>['change'];
  readonly log: Log;
}

/** Opens the cache of either kind; only the client in question is loaded. */
export async function openCache(options: CacheOptions): Promise<Cache> {
  const address = parseCacheUrl(options.url);
  if (address.kind === 'redis') {
    const { openRedisCache } = await import('./redis.ts');
    return openRedisCache({ url: options.url, readOnly: options.readOnly });
  }
  return openTableCache(address.table, options);
}

async function openTableCache(table: string, options: CacheOptions): Promise<Cache> {
  const { openDjangoDbCache } = await import('./django-db.ts');
  const { time, readOnly } = options;
  const database = await options.database();
  const isThere = await hasTable(database, table);
  if (!isThere) await createTable(database, table, options);
  if (!isThere && readOnly) return emptyCache(table);
  return openDjangoDbCache({
    db: database.query,
    dialect: database.dialect,
    databaseName: database.name,
    table,
    readOnly,
    now: time.now,
    expiresAt: (seconds) => time.fromEpochMs(time.toEpochMs(time.now()) + seconds * 1000),
    secondsUntil: (expires) => (time.toEpochMs(expires) - time.toEpochMs(time.now())) / 1000,
  });
}

async function hasTable(database: Database, table: string): Promise<boolean> {
  try {
    await sql`select 1 from ${sql.table(table)} where 1 = 0`.execute(database.query);
    return true;
  } catch (error) {
    if (isMissingTable(error)) return false;
    throw error;
  }
}

/** Where nobody names another. */
const usualTable = 'django_cache';

// The embedded default needs no preparation: the table is made as Django's own `manage.py createcachetable` makes it.
async function createTable(database: Database, table: string, { change, log }: CacheOptions): Promise<void> {
  const { createDjangoCacheTableSql } = await import('./django-table.ts');
  await change({ what: 'create', target: `table ${table}` }, async () => {
    try {
      for (const statement of createDjangoCacheTableSql(database.dialect, table)) {
        await sql.raw(statement).execute(database.query);
      }
    } catch (error) {
      throw new FailedError(
        `the cache table ${table} is missing in ${database.name} and could not be made: ${messageOf(error)}`,
        {
          hint: 'Make it with Django\'s "manage.py createcachetable", or name another cache in the configuration.',
          cause: error,
        },
      );
    }
    // A name that somebody wrote may be mistyped: then the blog would never look there.
    const tell = table === usualTable ? log.info : log.warn;
    tell('made the cache table; the blog reads it once its CACHES setting names it', { table });
  });
}

// What a dry run sees of a table that a real run would make.
function emptyCache(table: string): Cache {
  const refuse = async (): Promise<never> => {
    throw new Error(`a dry run cannot write to the table ${table}`);
  };
  return {
    name: `table ${table}`,
    present: async () => new Set(),
    get: async () => null,
    set: refuse,
    remove: refuse,
    keysWithPrefix: async function* () {},
    close: async () => undefined,
  };
}
