import type { BlogDump } from './blog.ts';

/** What became of a table's rows: keys that went, rows that came, columns that are other. The form of the oracle's files. */
export interface TableChanges {
  readonly deleted?: readonly string[];
  readonly inserted?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly updated?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A row as a dump has it. */
export type Row = Readonly<Record<string, unknown>>;

/** Compares two dumps of a blog; blogctl's own tables are left out. Tables without a change do not appear. */
export function rowChanges(before: BlogDump, after: BlogDump): Record<string, TableChanges> {
  const tables = Object.keys({ ...before, ...after }).filter((table) => !/^(blogctl|sqlite)_/.test(table));
  const changes = tables.map((table) => [table, changesOf(byKey(before[table]), byKey(after[table]))] as const);
  return Object.fromEntries(changes.filter(([, change]) => Object.keys(change).length > 0));
}

function changesOf(before: ReadonlyMap<string, Row>, after: ReadonlyMap<string, Row>): TableChanges {
  const deleted = [...before.keys()].filter((key) => !after.has(key));
  const inserted = [...after].filter(([key]) => !before.has(key));
  const updated = [...after].flatMap(([key, row]) => {
    const old = before.get(key);
    const other = old === undefined ? [] : Object.entries(row).filter(([column, value]) => value !== old[column]);
    return other.length === 0 ? [] : [[key, Object.fromEntries(other)] as const];
  });
  return {
    ...(deleted.length === 0 ? {} : { deleted }),
    ...(inserted.length === 0 ? {} : { inserted: Object.fromEntries(inserted) }),
    ...(updated.length === 0 ? {} : { updated: Object.fromEntries(updated) }),
  };
}

function byKey(rows: readonly unknown[] | undefined): ReadonlyMap<string, Row> {
  return new Map((rows ?? []).map((row) => [String(keyOf(row as Row)), row as Row]));
}

/** What tells a row from the others of its table. */
export function keyOf(row: Row): unknown {
  return row['id'] ?? row['session_key'] ?? row['cache_key'] ?? JSON.stringify(row);
}
