import { sql, type Kysely, type Transaction } from 'kysely';
import type { BlogTables } from '../blog/tables.ts';
import { demoRows } from './rows/all.ts';
import { naiveSeconds } from './rows/naive.ts';
import { createRandom } from './rows/random.ts';
import { blogTableNames } from './schema.ts';
import { parseColumns, type Column } from './schema/column.ts';
import type { BlogDialect } from './schema/dialect.ts';
import { tableColumns } from './schema/tables.ts';

/** What the demo blog goes by: the same options give the same rows, to the byte. */
export interface DemoOptions {
  /** The blog's clock: naive local time of its zone, `YYYY-MM-DD HH:MM:SS`. */
  readonly now: string;
  /** The blog's own host name, without protocol. */
  readonly siteDomain: string;
  /** Any whole number. */
  readonly seed: number;
  /** The blog's zone; PostgreSQL's columns need it to place a naive time. */
  readonly timezone?: string;
}

/** How many rows each table was given. */
export type DemoCounts = Readonly<Record<keyof BlogTables, number>>;

// Small enough for every limit on parameters (SQLite 32,766, PostgreSQL 65,535), large enough to be quick.
const batchSize = 250;

/** Fills an empty blog schema with a demo blog, in one transaction. */
export async function seedDemoBlog(
  db: Kysely<BlogTables>,
  dialect: BlogDialect,
  options: DemoOptions,
): Promise<DemoCounts> {
  const { siteDomain, seed, timezone = 'Asia/Shanghai' } = options;
  const rows = demoRows({ now: naiveSeconds(options.now), siteDomain, random: createRandom(seed) });
  await db.transaction().execute(async (transaction) => {
    for (const table of blogTableNames) {
      const columns = parseColumns(tableColumns[table]);
      const values = rows[table].map((row) => toDriverForm(row, columns, dialect, timezone));
      await insertBatches(transaction, table, values);
      if (dialect === 'postgres') await advanceSequence(transaction, table, columns);
    }
  });
  return Object.fromEntries(blogTableNames.map((table) => [table, rows[table].length])) as DemoCounts;
}

/** Truth as 0 and 1 (better-sqlite3 binds no booleans, the other two understand numbers), dates with their zone. */
function toDriverForm(row: object, columns: readonly Column[], dialect: BlogDialect, timezone: string): object {
  const dates = new Set(columns.filter((column) => column.type === 'datetime').map((column) => column.name));
  return Object.fromEntries(
    Object.entries(row).map(([name, value]: [string, unknown]) => {
      if (typeof value === 'boolean' && dialect !== 'postgres') return [name, value ? 1 : 0];
      // Named in the value, the zone holds whatever zone the session has.
      if (typeof value === 'string' && dates.has(name) && dialect === 'postgres') return [name, `${value} ${timezone}`];
      return [name, value];
    }),
  );
}

async function insertBatches(
  transaction: Transaction<BlogTables>,
  table: keyof BlogTables,
  rows: readonly object[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += batchSize) {
    // The rows' makers are typed table by table; here all tables are alike.
    await transaction
      .insertInto(table)
      .values(rows.slice(start, start + batchSize))
      .execute();
  }
}

/** Rows with ids of our own leave PostgreSQL's sequence behind; the blog's next insert would meet a taken id. */
async function advanceSequence(
  transaction: Transaction<BlogTables>,
  table: keyof BlogTables,
  columns: readonly Column[],
): Promise<void> {
  if (!columns.some((column) => column.type === 'serial')) return;
  const highest = sql`(select coalesce(max(id), 1) from ${sql.table(table)})`;
  await sql`select setval(pg_get_serial_sequence(${table}, 'id'), ${highest})`.execute(transaction);
}
