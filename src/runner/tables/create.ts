import { sql, type CreateTableBuilder } from 'kysely';
import type { Dialect } from '../../core/database.ts';

/** With a key that counts up by itself. */
export function withId<Table extends string>(table: CreateTableBuilder<Table>, dialect: Dialect) {
  return table.addColumn('id', dialect === 'postgres' ? 'serial' : 'integer', (column) =>
    dialect === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
  );
}

/**
 * On MySQL: names that differ in capitals or accents alone are others, whatever the server's own default says. Of two such
 * jobs one would never run.
 */
export const exactly = 'collate utf8mb4_bin';

/** On MySQL: names are compared as the server likes. Some tables were released so; a later migration mends them. */
export const serversOwn = '';

/** Makes a table. A MySQL database's own default may be a character set that holds no Chinese: ours is utf8mb4. */
export async function create<Table extends string, Column extends string>(
  table: CreateTableBuilder<Table, Column>,
  dialect: Dialect,
  collation: typeof exactly | typeof serversOwn = exactly,
): Promise<void> {
  const ending = sql.raw(`default charset = utf8mb4 ${collation}`);
  await (dialect === 'mysql' ? table.modifyEnd(ending) : table).execute();
}
