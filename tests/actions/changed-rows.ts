import type { BlogDump, TestBlog } from '../helpers/blog.ts';
import { readIzone } from '../helpers/izone-oracle.ts';
import { keyOf, rowChanges, type Row } from '../helpers/row-changes.ts';

type Keys = Record<string, string[]>;

/** The keys of rows that are in one dump and not in the other, by table; throws where a row came or has another value. */
export function deletedKeys(before: BlogDump, after: BlogDump): Keys {
  const changes = Object.entries(rowChanges(before, after));
  return Object.fromEntries(
    changes.map(([table, { deleted = [], inserted, updated }]) => {
      if (inserted !== undefined || updated !== undefined) throw new Error(`rows of ${table} were added or altered`);
      return [table, deleted.toSorted()];
    }),
  );
}

/** What izone's own task deleted. */
export function izoneDeleted(task: string): Keys {
  const { changes } = JSON.parse(readIzone(`after/${task}.json`)) as { changes: Record<string, { deleted: string[] }> };
  return Object.fromEntries(Object.entries(changes).map(([table, { deleted }]) => [table, [...deleted].sort()]));
}

/** The keys of a table's rows, sorted as texts. */
export async function keysOf(blog: TestBlog, table: string): Promise<string[]> {
  return (await blog.rows(`select * from ${table}`)).map((row) => String(keyOf(row as Row))).sort();
}
