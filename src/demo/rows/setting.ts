import type { Insertable } from 'kysely';
import type { BlogTables } from '../../blog/tables.ts';
import type { Random } from './random.ts';

/** A row to be inserted, with true and false and naive local times whatever the database. */
export type DemoRow<Table extends keyof BlogTables> = Insertable<BlogTables[Table]>;

/** Rows of some tables. */
export type DemoRowsOf<Table extends keyof BlogTables> = { readonly [Name in Table]: readonly DemoRow<Name>[] };

/** Rows of all tables. */
export type DemoRows = DemoRowsOf<keyof BlogTables>;

/** What every maker of rows goes by. */
export interface DemoSetting {
  /** The blog's clock in naive seconds (see `naive.ts`). */
  readonly now: number;
  readonly siteDomain: string;
  readonly random: Random;
}
