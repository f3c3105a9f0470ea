import type { Dialect } from '../../src/core/database.ts';
import type { TestBlog } from './blog.ts';

/** A row that a database is to refuse to write. */
export interface RefusedRow {
  readonly table: string;
  readonly key: string;
  readonly id: number;
  readonly when?: 'insert' | 'update';
}

/** Lets the database refuse to change a row, or to take it. Returns what lifts that again. */
export async function refuseRow(
  blog: TestBlog,
  { table, key, id, when = 'update' }: RefusedRow,
): Promise<() => Promise<unknown>> {
  const on = `create trigger refusing_${table} before ${when} on ${table} for each row`;
  const statements: Record<Dialect, readonly string[]> = {
    sqlite: [`${on} when new.${key} = ${id} begin select raise(abort, 'not this one'); end`],
    mysql: [`${on} if new.${key} = ${id} then signal sqlstate '45000' set message_text = 'not this one'; end if`],
    postgres: [
      "create or replace function refuse() returns trigger as $$ begin raise exception 'not this one'; end $$ language plpgsql",
      `${on} when (new.${key} = ${id}) execute function refuse()`,
    ],
  };
  for (const statement of statements[blog.dialect]) await blog.rows(statement);
  return () => blog.rows(`drop trigger refusing_${table}${blog.dialect === 'postgres' ? ` on ${table}` : ''}`);
}
