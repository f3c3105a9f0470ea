import type { Transaction } from 'kysely';
import type { Database, Tables } from './database.ts';

/** A database in which very many rows may be altered. */
export interface BulkDatabase extends Database {
  readonly bulk: Bulk;
}

/**
 * How very many rows are altered beside a busy site: in batches, each a short transaction, and what the database needs
 * between two of them.
 */
export interface Bulk {
  /**
   * Runs a short write transaction whose locks reach no further than the rows it alters. One that loses against
   * somebody else's (a deadlock) is begun again, so that `work` may be called more than once.
   */
  readonly inBatch: <Result>(work: (transaction: Transaction<Tables>) => Promise<Result>) => Promise<Result>;
  /**
   * Keeps what the batches leave behind small: SQLite's write-ahead log, which a busy second writer lets grow without end.
   * Tells whether somebody is in whose way the batches are: SQLite has one lock for all who write, and those who wait
   * for it look again ever more seldom.
   */
  readonly betweenBatches: () => Promise<{ readonly isBusy: boolean }>;
  /** What it would take to give the space of deleted rows back, one piece of work for each table or for the whole file. */
  readonly spaceWork: (tables: readonly string[]) => Promise<readonly SpaceWork[]>;
}

/** One way to give space back, and its price. */
export interface SpaceWork {
  /** The verb and the thing, for the report: `vacuum`, `SQLite file /srv/blog.db`. */
  readonly what: string;
  readonly target: string;
  /** What it costs while it goes on, as a sentence. */
  readonly price: string;
  /** What the table or the file takes now; null where that is not known. */
  readonly sizeBytes: number | null;
  /** What lies free in it; null where that is not known. */
  readonly freeBytes: number | null;
  /** Why it cannot be done here, as a sentence; null where it can. */
  readonly refusal: string | null;
  /** Does it; answers what the table or the file takes then. */
  readonly run: () => Promise<number | null>;
}
