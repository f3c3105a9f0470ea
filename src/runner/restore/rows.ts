import { anyTable } from '../../blog/any-table.ts';
import { archivedTables, type ArchivedTable } from '../../blog/archived-tables.ts';
import { differences, rowFor, type Form } from '../../blog/archived-values.ts';
import type { ArchivedRow } from '../../core/archive.ts';
import type { BulkDatabase } from '../../core/bulk.ts';
import { messageOf } from '../../core/errors.ts';
import type { Finding } from '../../core/outcome.ts';
import { isRefusedRow } from '../../resources/database/refused-row.ts';

/** What became of archived rows. */
export interface RestoreCounts {
  restored: number;
  /** Were there already, as they were archived. */
  present: number;
  /** Are there with other values, which stay. */
  different: number;
  /** Could not go back: a row they belong to is gone, or what must stand once only is taken. */
  refused: number;
}

/** Rows of one table on their way back. */
export interface RowsToRestore {
  readonly table: string;
  readonly rows: readonly ArchivedRow[];
  readonly from: Form;
  readonly to: Form;
}

/** Takes notes of what becomes of rows, and in a dry run of those that others will want to belong to. */
export interface RestoreNotes {
  readonly counts: RestoreCounts;
  readonly finding: (finding: Finding) => void;
  /** `table id` of rows that a dry run would have put back. */
  readonly planned: Set<string>;
}

/** Puts rows of a table back that can go, unless it is a dry run; tells of the others. Returns how many went. */
export async function restoreRows(
  database: BulkDatabase,
  { table, rows, from, to }: RowsToRestore,
  notes: RestoreNotes,
  isDryRun: boolean,
): Promise<number> {
  const description = archivedTables[table];
  if (description === undefined) throw new Error(`${table} is no table that is archived`);
  const { key } = description;
  const refuse = (row: ArchivedRow, kind: string, message: string): void => {
    notes.counts.refused++;
    notes.finding({ kind, target: nameOf(table, key, row), message });
  };
  const converted: ArchivedRow[] = [];
  for (const row of rows) {
    const result = rowFor(row, description, from, to);
    if ('row' in result) converted.push(result.row);
    else refuse(row, 'bad-value', result.problem);
  }
  const missing = await withoutThoseThere(database, table, description, converted, to, notes);
  const fitting: ArchivedRow[] = [];
  const obstacles = await obstaclesOf(database, table, description, missing, notes.planned);
  for (const row of missing) {
    const obstacle = obstacles(row);
    if (obstacle === null) fitting.push(row);
    else refuse(row, obstacle.kind, obstacle.message);
  }
  const restored = isDryRun ? fitting.length : await insert(database, table, fitting, refuse);
  if (isDryRun) for (const row of fitting) notes.planned.add(`${table} ${textOf(row[key])}`);
  notes.counts.restored += restored;
  return restored;
}

// A file may have a row twice, where the database made a run begin a batch again.
async function withoutThoseThere(
  database: BulkDatabase,
  table: string,
  description: ArchivedTable,
  rows: readonly ArchivedRow[],
  to: Form,
  { counts, finding, planned }: RestoreNotes,
): Promise<readonly ArchivedRow[]> {
  const { key } = description;
  const unique = new Map(rows.map((row) => [textOf(row[key]), row]));
  counts.present += rows.length - unique.size;
  const found = await rowsWith(database, table, key, [...unique.values()]);
  const there = new Map(found.map((row) => [textOf(row[key]), row]));
  return [...unique].flatMap(([id, row]) => {
    const own = there.get(id);
    const isPlanned = planned.has(`${table} ${id}`);
    if (own === undefined && !isPlanned) return [row];
    const columns = own === undefined ? [] : differences(own, row, description, to);
    if (columns.length === 0) counts.present++;
    else {
      counts.different++;
      const message = `it is there with another ${columns.join(', ')}, and was left as it is`;
      finding({ kind: 'different', target: nameOf(table, key, row), message });
    }
    return [];
  });
}

type Obstacle = { readonly kind: string; readonly message: string } | null;

async function obstaclesOf(
  database: BulkDatabase,
  table: string,
  { references, uniques }: ArchivedTable,
  rows: readonly ArchivedRow[],
  planned: ReadonlySet<string>,
): Promise<(row: ArchivedRow) => Obstacle> {
  const parents = new Set<string>();
  for (const [column, parent] of Object.entries(references)) {
    const ids = rows.map((row) => ({ id: row[column] })).filter(({ id }) => id !== null);
    for (const { id } of await rowsWith(database, parent, 'id', ids, ['id'])) parents.add(`${parent} ${textOf(id)}`);
  }
  const taken = new Set<string>();
  for (const columns of uniques) {
    for (const row of await rowsWith(database, table, columns[0] ?? '', rows, columns))
      taken.add(valuesOf(columns, row));
  }
  return (row) => {
    for (const [column, parent] of Object.entries(references)) {
      const id = textOf(row[column]);
      const name = `${parent} ${id}`;
      if (row[column] === null || parents.has(name) || planned.has(name)) continue;
      return {
        kind: 'no-parent',
        message: `the row of ${parent} with id ${id}, to which it belongs, is gone`,
      };
    }
    const columns = uniques.find((some) => taken.has(valuesOf(some, row)));
    if (columns === undefined) return null;
    return { kind: 'taken', message: `another row has the same ${columns.join(' and ')}` };
  };
}

async function rowsWith(
  { query }: BulkDatabase,
  table: string,
  column: string,
  rows: readonly ArchivedRow[],
  columns?: readonly string[],
): Promise<readonly ArchivedRow[]> {
  const values = [...new Set(rows.map((row) => row[column]))];
  if (values.length === 0) return [];
  const found = anyTable(query).selectFrom(table).where(column, 'in', values);
  return (columns === undefined ? found.selectAll() : found.select(columns)).execute();
}

// All at once; where one of them is refused, one by one, so that the others go.
async function insert(
  { bulk }: BulkDatabase,
  table: string,
  rows: readonly ArchivedRow[],
  refuse: (row: ArchivedRow, kind: string, message: string) => void,
): Promise<number> {
  if (rows.length === 0) return 0;
  const put = (some: readonly ArchivedRow[]): Promise<unknown> =>
    bulk.inBatch((transaction) =>
      anyTable(transaction)
        .insertInto(table)
        .values([...some])
        .execute(),
    );
  try {
    await put(rows);
    return rows.length;
  } catch (error) {
    if (!isRefusedRow(error)) throw error;
    if (rows.length === 1) {
      refuse(rows[0] ?? {}, 'refused', `the database refuses it: ${messageOf(error)}`);
      return 0;
    }
  }
  let count = 0;
  for (const row of rows) count += await insert({ bulk } as BulkDatabase, table, [row], refuse);
  return count;
}

function nameOf(table: string, key: string, row: ArchivedRow): string {
  return `${table} ${textOf(row[key])}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function valuesOf(columns: readonly string[], row: ArchivedRow): string {
  return JSON.stringify([columns, ...columns.map((column) => textOf(row[column]))]);
}
