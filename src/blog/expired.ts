import { sql, type ExpressionBuilder, type ExpressionWrapper, type SqlBool } from 'kysely';
import type { ArchivedRow, ArchivedRows } from '../core/archive.ts';
import { walkByKey } from '../core/batches.ts';
import type { BulkDatabase } from '../core/bulk.ts';
import type { Database } from '../core/database.ts';
import { anyTable, type AnyTables } from './any-table.ts';

/** A row's primary key. */
export type Key = string | number;

/** Rows of a table that have had their time, described so that all that follows can be asked of them. */
export interface Expired {
  readonly table: string;
  /** Its primary key. */
  readonly key: string;
  /** The column with the date that decides. */
  readonly date: string;
  /** Whether that column has an index, along which the rows are then found; without one they are found along their keys. */
  readonly isDateIndexed: boolean;
  /** In the database's form. */
  readonly limit: string;
  /** Whether a row exactly at the limit is one of them. */
  readonly isLimitIncluded: boolean;
  /** What else must hold of a row; it must not be of a form that the database would look for along an index. */
  readonly only?: (where: Where) => ExpressionWrapper<AnyTables, string, SqlBool>;
  /** Rows of other tables that belong to one of these, and go before it. */
  readonly children: readonly Children[];
  /** Behind the table's name where several such groups are of the same one: `with status FAILURE`. */
  readonly label?: string;
}

/** The rows of another table whose `column` holds the key. */
export interface Children {
  readonly table: string;
  readonly column: string;
}

/** kysely's maker of expressions, for tables known by name. */
export type Where = ExpressionBuilder<AnyTables, string>;

/** How many rows of each table, the rows' own first. */
export type TableCounts = ReadonlyMap<string, number>;

function isOver(expired: Expired) {
  return (where: Where) => {
    const isOld = where(expired.date, expired.isLimitIncluded ? '<=' : '<', expired.limit);
    return expired.only === undefined ? isOld : where.and([isOld, expired.only(where)]);
  };
}

/** How many of them there are, with their children. */
export async function countExpired({ query }: Database, expired: Expired): Promise<TableCounts> {
  const rows = anyTable(query).selectFrom(expired.table).where(isOver(expired));
  const own = await rows.select(counted).executeTakeFirst();
  const counts = new Map([[expired.table, Number(own?.rows ?? 0)]]);
  for (const { table, column } of expired.children) {
    const theirs = await anyTable(query)
      .selectFrom(table)
      .where(column, 'in', rows.select(expired.key))
      .select(counted)
      .executeTakeFirst();
    counts.set(table, Number(theirs?.rows ?? 0));
  }
  return counts;
}

/** How many rows a table has. */
export async function countRows({ query }: Database, table: string): Promise<number> {
  const row = await anyTable(query).selectFrom(table).select(counted).executeTakeFirst();
  return Number(row?.rows ?? 0);
}

const counted = sql<number | string>`count(*)`.as('rows');

/** Their keys, page by page: each page in the order of the keys, so that neighbours go together. */
export async function* expiredKeys(
  { query }: Database,
  expired: Expired,
  pageSize: number,
): AsyncGenerator<readonly Key[]> {
  const { table, key, date } = expired;
  const rows = anyTable(query).selectFrom(table).where(isOver(expired)).limit(pageSize);
  const pages = expired.isDateIndexed
    ? alongDates(pageSize, async (from, isPast) => {
        const page = from === null ? rows : rows.where(date, isPast ? '>' : '>=', from);
        const found = await page.select([key, date]).orderBy(date).execute();
        return found.map((row) => ({ key: row[key] as Key, date: row[date] }));
      })
    : walkByKey<Key, Key>(
        pageSize,
        (id) => id,
        async (after) => {
          const page = after === null ? rows : rows.where(key, '>', after);
          return (await page.select(key).orderBy(key).execute()).map((row) => row[key] as Key);
        },
      );
  for await (const page of pages) yield inOrder(page);
}

interface Dated {
  readonly key: Key;
  readonly date: unknown;
}

/**
 * Walks along the index of dates alone: an order by date and key would make PostgreSQL and SQLite sort all rows of a
 * date for each page, and a million may have the same. Each page begins at the date at which the last one ended; of
 * rows that are still there, those that were on it are left out, and where no others are, the walk leaves that date.
 */
async function* alongDates(
  pageSize: number,
  next: (from: unknown, isPast: boolean) => Promise<readonly Dated[]>,
): AsyncGenerator<readonly Key[]> {
  let from: unknown = null;
  let isPast = false;
  let seen: ReadonlySet<Key> = new Set();
  for (;;) {
    const page = await next(from, isPast);
    const fresh = page.filter((row) => !seen.has(row.key)).map((row) => row.key);
    if (fresh.length > 0) yield fresh;
    if (page.length < pageSize) return;
    from = page.at(-1)?.date;
    isPast = fresh.length === 0;
    seen = new Set(page.map((row) => row.key));
  }
}

function inOrder(keys: readonly Key[]): readonly Key[] {
  return [...keys].sort((a, b) => (a < b ? -1 : 1));
}

/**
 * Deletes those of the keys whose rows are still over, children first. Where `keep` is given, it gets the rows whole,
 * parents first, when nobody can alter them any more and before they go.
 */
export async function deleteExpired(
  database: BulkDatabase,
  expired: Expired,
  keys: readonly Key[],
  { begun, keep }: { readonly begun: () => void; readonly keep?: (batch: readonly ArchivedRows[]) => Promise<void> },
): Promise<TableCounts> {
  return database.bulk.inBatch(async (transaction) => {
    begun();
    const query = anyTable(transaction);
    const isSimple = keep === undefined && expired.children.length === 0;
    const rows = isSimple ? [] : await lockedRows(query, database, expired, keys, keep !== undefined);
    const going = isSimple ? keys : rows.map((row) => row[expired.key] as Key);
    const counts = new Map<string, number>([[expired.table, 0]]);
    if (going.length === 0) return counts;
    if (keep !== undefined) await keep([{ table: expired.table, rows }, ...(await childrenOf(query, expired, going))]);
    for (const { table, column } of expired.children) {
      const deleted = await query.deleteFrom(table).where(column, 'in', going).executeTakeFirst();
      counts.set(table, Number(deleted.numDeletedRows));
    }
    const own = query.deleteFrom(expired.table).where(expired.key, 'in', going).where(isOver(expired));
    counts.set(expired.table, Number((await own.executeTakeFirst()).numDeletedRows));
    return counts;
  });
}

type AnyQuery = ReturnType<typeof anyTable>;

async function lockedRows(
  query: AnyQuery,
  { dialect }: Database,
  expired: Expired,
  keys: readonly Key[],
  isWhole: boolean,
): Promise<readonly ArchivedRow[]> {
  const rows = query.selectFrom(expired.table).where(expired.key, 'in', keys).where(isOver(expired));
  const chosen = isWhole ? rows.selectAll() : rows.select(expired.key);
  // SQLite knows no locks of rows: there the transaction holds the whole file.
  return (dialect === 'sqlite' ? chosen : chosen.forUpdate()).orderBy(expired.key).execute();
}

async function childrenOf(query: AnyQuery, expired: Expired, keys: readonly Key[]): Promise<readonly ArchivedRows[]> {
  const found: ArchivedRows[] = [];
  for (const { table, column } of expired.children) {
    found.push({ table, rows: await query.selectFrom(table).where(column, 'in', keys).selectAll().execute() });
  }
  return found;
}

/** The columns of tables, by table. Throws nothing where one is missing: it has none then. */
export async function columnsOf(
  { query }: Database,
  tables: readonly string[],
): Promise<Readonly<Record<string, readonly string[]>>> {
  const known = await query.introspection.getTables();
  return Object.fromEntries(
    tables.map((name) => [
      name,
      known.find((table) => table.name === name)?.columns.map((column) => column.name) ?? [],
    ]),
  );
}
