import { sql, type Kysely } from 'kysely';
import type { BlogTables } from '../blog/tables.ts';
import { tableStatements } from './schema/ddl.ts';
import type { BlogDialect } from './schema/dialect.ts';
import { tableColumns } from './schema/tables.ts';

export type { BlogDialect } from './schema/dialect.ts';
export { createDjangoCacheTable } from './schema/cache-table.ts';

/** The names of the tables that `createBlogSchema` makes, parents before children. */
export const blogTableNames = Object.keys(tableColumns) as readonly (keyof BlogTables)[];

/** Every statement of the schema, in an order that any of the databases accepts. */
export function blogSchemaStatements(dialect: BlogDialect): string[] {
  return blogTableNames.flatMap((table) => tableStatements(dialect, table));
}

/** Makes the blog's tables as Django's migrations would, in an empty database. Fails where one of them stands already. */
export async function createBlogSchema<Tables>(db: Kysely<Tables>, dialect: BlogDialect): Promise<void> {
  // One transaction: SQLite writes to the disk once, and a failure leaves nothing behind (but on MySQL, which commits DDL).
  await db.transaction().execute(async (transaction) => {
    for (const statement of blogSchemaStatements(dialect)) await sql.raw(statement).execute(transaction);
  });
}
