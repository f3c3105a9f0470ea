import { sql, type Kysely } from 'kysely';
import { columnType } from './column.ts';
import { quoteName, type BlogDialect } from './dialect.ts';

/** The statements of `manage.py createcachetable` for a cache table of that name. */
export function cacheTableStatements(dialect: BlogDialect, name: string): [string, string] {
  const quote = (word: string) => quoteName(dialect, word);
  const columns = [
    `${quote('cache_key')} varchar(255) NOT NULL PRIMARY KEY`,
    `${quote('value')} ${columnType(dialect, 'text')} NOT NULL`,
    `${quote('expires')} ${columnType(dialect, 'datetime')} NOT NULL`,
  ];
  return [
    `CREATE TABLE ${quote(name)} (${columns.join(', ')})`,
    `CREATE INDEX ${quote(`${name}_expires`)} ON ${quote(name)} (${quote('expires')})`,
  ];
}

/** Makes the table of Django's database cache; as in Django, one that stands already is left alone. */
export async function createDjangoCacheTable<Tables>(
  db: Kysely<Tables>,
  dialect: BlogDialect,
  name: string,
): Promise<void> {
  const tables = await db.introspection.getTables();
  if (tables.some((table) => table.name === name)) return;
  for (const statement of cacheTableStatements(dialect, name)) await sql.raw(statement).execute(db);
}
