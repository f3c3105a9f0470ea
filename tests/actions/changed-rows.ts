import type { BlogDump, TestBlog } from '../helpers/blog.ts';
import { readIzone } from '../helpers/izone-oracle.ts';

type Keys = Record<string, string[]>;

const keyOf: Readonly<Record<string, string>> = { django_session: 'session_key' };

/** The keys of rows that are in one dump and not in the other, by table; throws where a row has another value. */
export function deletedKeys(before: BlogDump, after: BlogDump): Keys {
  const gone: Keys = {};
  for (const [table, rows] of Object.entries(before)) {
    // SQLite's own list of counters names our tables, too.
    if (table === 'sqlite_sequence') continue;
    const left = new Set((after[table] ?? []).map((row) => JSON.stringify(row)));
    const keys = rows.filter((row) => !left.has(JSON.stringify(row))).map((row) => keyIn(row, table));
    if (left.size + keys.length !== rows.length) throw new Error(`rows of ${table} were added or altered`);
    if (keys.length > 0) gone[table] = keys.sort();
  }
  return gone;
}

/** What izone's own task deleted. */
export function izoneDeleted(task: string): Keys {
  const { changes } = JSON.parse(readIzone(`after/${task}.json`)) as { changes: Record<string, { deleted: string[] }> };
  return Object.fromEntries(Object.entries(changes).map(([table, { deleted }]) => [table, [...deleted].sort()]));
}

/** The keys of a table's rows, sorted as texts. */
export async function keysOf(blog: TestBlog, table: string): Promise<string[]> {
  return (await blog.rows(`select * from ${table}`)).map((row) => keyIn(row, table)).sort();
}

function keyIn(row: unknown, table: string): string {
  return String((row as Record<string, unknown>)[keyOf[table] ?? 'id']);
}
