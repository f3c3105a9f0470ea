import type { Dialect } from '../../core/database.ts';

const columnTypes: Record<Dialect, { readonly value: string; readonly expires: string }> = {
  sqlite: { value: 'text', expires: 'datetime' },
  mysql: { value: 'longtext', expires: 'datetime(6)' },
  postgres: { value: 'text', expires: 'timestamp with time zone' },
};

/** Whether it may name a cache table: 63 characters, which is what PostgreSQL keeps of a name; no schema before it. */
export function isTableName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_$-]{0,62}$/.test(text);
}

/**
 * The statements that make a table for Django's database cache, as `manage.py createcachetable` makes it. They fail where
 * the table is there already. Throws an Error where the name is none.
 */
export function createDjangoCacheTableSql(dialect: Dialect, table: string): string[] {
  if (!isTableName(table)) throw new Error('expected a table name made of letters, digits, _, $ and -');
  const quote = (name: string): string => (dialect === 'mysql' ? `\`${name}\`` : `"${name}"`);
  const types = columnTypes[dialect];
  const columns = [
    `${quote('cache_key')} varchar(255) NOT NULL PRIMARY KEY`,
    `${quote('value')} ${types.value} NOT NULL`,
    `${quote('expires')} ${types.expires} NOT NULL`,
  ];
  return [
    `CREATE TABLE ${quote(table)} (${columns.join(', ')})`,
    // A name that is too long is cut by PostgreSQL and refused by MySQL.
    `CREATE INDEX ${quote(`${table.slice(0, 55)}_expires`)} ON ${quote(table)} (${quote('expires')})`,
  ];
}
