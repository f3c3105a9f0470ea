import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../core/database.ts';

/** Tables that are known by their names alone: what holds for several of them is said once. */
export type AnyTables = Record<string, Record<string, unknown>>;

/** The database for queries whose table is only known at run time. */
export function anyTable(query: Database['query'] | Transaction<never>): Kysely<AnyTables> {
  return query as unknown as Kysely<AnyTables>;
}
