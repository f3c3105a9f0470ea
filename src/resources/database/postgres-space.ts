import { sql, type Kysely } from 'kysely';
import type { SpaceWork } from '../../core/bulk.ts';
import type { Tables } from '../../core/database.ts';
import { statementTimeoutMs } from './limits.ts';

/** PostgreSQL frees the space for new rows of the table; its file keeps its size but for an empty end. */
export async function postgresSpaceWork(query: Kysely<Tables>, table: string): Promise<SpaceWork> {
  const { rows } = await sizeOf(query, table);
  return {
    what: 'vacuum',
    target: `table ${table}`,
    price:
      'the server reads the whole table; nobody waits, and the space is for new rows of the same table: the disk gets none of it back but the end of the file',
    sizeBytes: rows[0] === undefined ? null : Number(rows[0].size),
    freeBytes: null,
    // It would answer a warning that no driver shows, and do nothing.
    refusal: rows[0]?.may === false ? `only its owner may vacuum the table ${table}` : null,
    run: async () => {
      await query.connection().execute(async (connection) => {
        await sql`set statement_timeout = 0`.execute(connection);
        try {
          await sql`vacuum (analyze) ${sql.id(table)}`.execute(connection);
        } finally {
          await sql.raw(`set statement_timeout = ${statementTimeoutMs}`).execute(connection);
        }
      });
      const after = await sizeOf(query, table);
      return after.rows[0] === undefined ? null : Number(after.rows[0].size);
    },
  };
}

async function sizeOf(query: Kysely<Tables>, table: string) {
  return sql<{ size: number | string; may: boolean }>`
    select pg_total_relation_size(pg_class.oid) as size,
      pg_has_role(relowner, 'usage') or pg_has_role(datdba, 'usage') as may
    from pg_class, pg_database where datname = current_database() and pg_class.oid = ${`"${table}"`}::regclass`.execute(
    query,
  );
}
