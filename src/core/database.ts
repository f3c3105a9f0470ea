import type { Kysely } from 'kysely';
import type { BlogTables } from '../blog/tables.ts';
import type { BulkDatabase } from './bulk.ts';
import type { StateTables } from './state-tables.ts';

/** The blog's tables, and blogctl's own beside them (or in a database of their own). */
export interface Tables extends BlogTables, StateTables {}

/** The three kinds of database, equals. */
export type Dialect = 'sqlite' | 'mysql' | 'postgres';

/**
 * The blog's database: opened once a run, strict (see resources/database), in a dry run unable to write.
 * Queries live in `blog/`, by subject; actions call those.
 */
export interface Database {
  readonly dialect: Dialect;
  /** For messages, without secrets: `MySQL database izone on 127.0.0.1:3306 as blog`. */
  readonly name: string;
  readonly query: Kysely<Tables>;
}

/** The database of blogctl's own tables. */
export interface StateDatabase extends Database {
  /** False where the tables were not made yet, which is so only in a dry run: then there is nothing in them. */
  readonly isReady: boolean;
}

/** A database with what the machine around the actions needs of it. */
export interface OpenDatabase extends BulkDatabase {
  /**
   * Takes a lock that nobody else on this database can hold at the same time, on whatever host; null where another
   * holds it. It is gone as soon as this process is, however it dies.
   */
  readonly tryLock: (name: string) => Promise<Lock | null>;
  readonly close: () => Promise<void>;
}

/** A lock that is held. */
export interface Lock {
  /** Aborted, with an UpstreamError as its reason, where the lock is found to be lost: somebody else may hold it now. */
  readonly lost: AbortSignal;
  readonly release: () => Promise<void>;
}
