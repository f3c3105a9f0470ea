import type Sqlite from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

/**
 * SQLite's whole numbers have 64 bits, JavaScript's 53, and the driver would round. What does not fit comes back as text,
 * as it does from the other two databases.
 */
export function withExactIntegers(file: Sqlite.Database): SqliteDatabase {
  return {
    close: () => void file.close(),
    prepare: (text) => {
      const statement = file.prepare<unknown[], Record<string, unknown>>(text);
      if (!statement.reader) return { reader: false, ...methodsOf(statement) };
      return { reader: true, ...methodsOf(statement.safeIntegers(true)) };
    },
  };
}

function methodsOf(statement: Sqlite.Statement<unknown[], Record<string, unknown>>) {
  return {
    all: (parameters: readonly unknown[]) => statement.all(...parameters).map(toNumbers),
    run: (parameters: readonly unknown[]) => statement.run(...parameters),
    *iterate(parameters: readonly unknown[]) {
      for (const row of statement.iterate(...parameters)) yield toNumbers(row);
    },
  };
}

// In place: the row is nobody else's, and there are many.
function toNumbers(row: Record<string, unknown>): Record<string, unknown> {
  for (const name in row) {
    const value = row[name];
    if (typeof value !== 'bigint') continue;
    row[name] = Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  return row;
}
