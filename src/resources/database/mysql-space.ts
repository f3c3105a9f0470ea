import { sql, type Kysely } from 'kysely';
import type { SpaceWork } from '../../core/bulk.ts';
import type { Tables } from '../../core/database.ts';
import { FailedError } from '../../core/errors.ts';
import { sizeInWords } from '../../core/size.ts';
import { statementTimeoutMs } from './limits.ts';

/** MySQL and MariaDB rebuild the table: the blog reads and writes it meanwhile. */
export async function mysqlSpaceWork(query: Kysely<Tables>, table: string): Promise<SpaceWork> {
  const size = await sizeOf(query, table);
  const room = size === null ? "the table's own size" : sizeInWords(size.takenBytes);
  return {
    what: 'optimize',
    target: `table ${table}`,
    price: `the server rebuilds the table, needs about ${room} more on its disk for it, and makes writers wait at the start and at the end`,
    sizeBytes: size === null ? null : size.takenBytes + size.freeBytes,
    freeBytes: size?.freeBytes ?? null,
    refusal: null,
    run: async () => {
      await optimize(query, table);
      const after = await sizeOf(query, table);
      return after === null ? null : after.takenBytes + after.freeBytes;
    },
  };
}

interface Size {
  readonly takenBytes: number;
  readonly freeBytes: number;
}

async function sizeOf(query: Kysely<Tables>, table: string): Promise<Size | null> {
  return query.connection().execute(async (connection) => {
    // MySQL 8 answers out of a cache that is a day old; MariaDB has neither the cache nor the switch.
    await sql`set session sql_mode = @@sql_mode /*!80000 , information_schema_stats_expiry = 0 */`.execute(connection);
    const { rows } = await sql<{ taken: number | string | null; free: number | string | null }>`
      select data_length + index_length as taken, data_free as free
      from information_schema.tables where table_schema = database() and table_name = ${table}`.execute(connection);
    const [row] = rows;
    if (row === undefined || row.taken === null) return null;
    return { takenBytes: Number(row.taken), freeBytes: Number(row.free ?? 0) };
  });
}

interface Message {
  readonly Msg_type: string;
  readonly Msg_text: string;
}

async function optimize(query: Kysely<Tables>, table: string): Promise<void> {
  await query.connection().execute(async (connection) => {
    // MariaDB's limit is on every statement, MySQL's on reading alone.
    await sql.raw('set session sql_mode = @@sql_mode /*M! , max_statement_time = 0 */').execute(connection);
    try {
      const { rows } = await sql<Message>`optimize table ${sql.id(table)}`.execute(connection);
      const failure = rows.find((row) => /^error$/i.test(row.Msg_type));
      if (failure !== undefined)
        throw new FailedError(`the table ${table} could not be optimized: ${failure.Msg_text}`);
    } finally {
      const seconds = statementTimeoutMs / 1000;
      await sql.raw(`set session sql_mode = @@sql_mode /*M! , max_statement_time = ${seconds} */`).execute(connection);
    }
  });
}
