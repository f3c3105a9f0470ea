import { sql } from 'kysely';
import { pickle } from '../../../src/content/pickle/writer.ts';
import type { CacheValue } from '../../../src/core/cache.ts';
import type { OpenDatabase } from '../../../src/core/database.ts';

/** An instant as `YYYY-MM-DD HH:MM:SS`. */
export function textOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** A value as the column `value` holds it. */
export function base64(value: CacheValue): string {
  return Buffer.from(pickle(value)).toString('base64');
}

/** Puts a row there, past the cache. */
export async function insertRow(db: OpenDatabase['query'], key: string, value: string, expires: string): Promise<void> {
  await sql`insert into django_cache (cache_key, ${sql.id('value')}, expires) values (${key}, ${value}, ${expires})`.execute(
    db,
  );
}

/** The rows as they stand there; the zone that PostgreSQL adds to a date, and fractions of zero, cut off. */
export async function rowsOf(
  db: OpenDatabase['query'],
): Promise<{ cache_key: string; value: string; expires: string }[]> {
  const { rows } = await sql<{
    cache_key: string;
    value: string;
    expires: string;
  }>`select * from django_cache order by cache_key`.execute(db);
  return rows.map((row) => ({ ...row, expires: row.expires.replace(/(\.0+)?(\+\d\d)?$/, '') }));
}
