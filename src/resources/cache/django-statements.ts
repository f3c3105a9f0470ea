import { sql, type RawBuilder } from 'kysely';
import type { Dialect } from '../../core/database.ts';

/** One row as it is read: `expires` as `YYYY-MM-DD HH:MM:SS` in the session's zone, whatever the driver. */
export interface DjangoCacheRow {
  readonly cache_key: string;
  readonly value: string;
  readonly expires: string;
}

/** One row as it is written. */
export type NewDjangoCacheRow = Readonly<Record<'key' | 'value' | 'expires', string>>;

/** The statements on one table, in its database's words. */
export interface DjangoCacheStatements {
  readonly present: (keys: readonly string[], now: string) => RawBuilder<Pick<DjangoCacheRow, 'cache_key'>>;
  readonly get: (key: string, now: string) => RawBuilder<DjangoCacheRow>;
  readonly put: (row: NewDjangoCacheRow) => RawBuilder<unknown>;
  readonly remove: (keys: readonly string[]) => RawBuilder<unknown>;
  /** The keys from the prefix on, after `after`, in the order of the index. */
  readonly page: (prefix: string, after: string | null, size: number) => RawBuilder<Pick<DjangoCacheRow, 'cache_key'>>;
}

/** `expires` to the second: SQLite holds it as text, where `…09` sorts before `…09.000000`. */
const comparableExpires: Record<Dialect, RawBuilder<string>> = {
  sqlite: sql`substr(expires, 1, 19)`,
  mysql: sql`expires`,
  postgres: sql`expires`,
};

const readableExpires: Record<Dialect, RawBuilder<string>> = {
  sqlite: sql`substr(expires, 1, 19)`,
  mysql: sql`date_format(expires, '%Y-%m-%d %H:%i:%s')`,
  postgres: sql`to_char(expires, 'YYYY-MM-DD HH24:MI:SS')`,
};

/** Everything that is asked of the table, each in one statement. */
export function djangoCacheStatements(dialect: Dialect, tableName: string): DjangoCacheStatements {
  const table = sql.id(tableName);
  const value = sql.id('value');
  const isAlive = (now: string): RawBuilder<boolean> => sql`${comparableExpires[dialect]} > ${now}`;
  // MySQL's collation takes `A` for `a`: what is deleted has to be the very same bytes.
  const exactKey = dialect === 'mysql' ? sql`cast(convert(cache_key using utf8mb4) as binary)` : sql`cache_key`;
  return {
    present: (keys, now) =>
      sql`select cache_key from ${table} where cache_key in (${sql.join(keys)}) and ${isAlive(now)}`,
    get: (key, now) =>
      sql`select cache_key, ${value}, ${readableExpires[dialect]} as expires from ${table} where cache_key = ${key} and ${isAlive(now)}`,
    put: (row) =>
      sql`insert into ${table} (cache_key, ${value}, expires) values (${row.key}, ${row.value}, ${row.expires}) ${onConflict[dialect]}`,
    remove: (keys) =>
      sql`delete from ${table} where cache_key in (${sql.join(keys)}) and ${exactKey} in (${sql.join(keys)})`,
    page: (prefix, after, size) =>
      sql`select cache_key from ${table} where ${startsLike(dialect, prefix)}${after === null ? sql`` : sql` and cache_key > ${after}`} order by cache_key limit ${size}`,
  };
}

// MySQL counts `A` and `a` as the same key: the row then takes the new name, or nobody would find the value.
const onConflict: Record<Dialect, RawBuilder<unknown>> = {
  sqlite: sql`on conflict (cache_key) do update set value = excluded.value, expires = excluded.expires`,
  mysql: sql`on duplicate key update cache_key = values(cache_key), \`value\` = values(\`value\`), expires = values(expires)`,
  postgres: sql`on conflict (cache_key) do update set value = excluded.value, expires = excluded.expires`,
};

/**
 * A condition that the index answers. SQLite's LIKE ignores case and the index, but its order is that of the bytes, so
 * that the keys with the prefix come first from it on. Elsewhere the order is the collation's, and LIKE knows that.
 */
function startsLike(dialect: Dialect, prefix: string): RawBuilder<boolean> {
  if (dialect === 'sqlite') return sql`cache_key >= ${prefix}`;
  return sql`cache_key like ${`${prefix.replace(/[!%_]/g, '!$&')}%`} escape '!'`;
}
