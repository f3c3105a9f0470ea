import { sql } from 'kysely';
import type { OpenDatabase } from '../../core/database.ts';
import { UpstreamError } from '../../core/errors.ts';
import { isMissingTable } from '../../resources/database/missing-table.ts';
import { migrationTable, newestMigration } from './names.ts';

/** Makes or updates blogctl's own tables where that is needed; not beside a blog that is none. */
export async function ensureTables(database: OpenDatabase, blog: OpenDatabase): Promise<void> {
  if (await isUpToDate(database)) return;
  // A database that is none of a blog's must not get tables of ours before anyone notices.
  await sql`select 1 from blog_article where 1 = 0`.execute(blog.query);
  await makeTables(database);
}

/** Whether blogctl's own tables are there, the newest among them. */
export async function isUpToDate(database: OpenDatabase): Promise<boolean> {
  return (await appliedMigrations(database)).includes(newestMigration);
}

/** The names of the migrations that the database has; none where nothing was made yet. */
export async function appliedMigrations(database: OpenDatabase): Promise<readonly string[]> {
  try {
    const { rows } = await sql<{ name: string }>`select name from ${sql.table(migrationTable)}`.execute(database.query);
    return rows.map((row) => row.name);
  } catch (error) {
    if (isMissingTable(error)) return [];
    throw error;
  }
}

const migrationWaitMs = 30_000;
const migrationPauseMs = 50;

// Of two processes that meet an empty database at the same moment one makes the tables, and the other waits for them:
// SQLite has no lock of its own for that.
async function makeTables(database: OpenDatabase): Promise<void> {
  const { migrate } = await import('./migrate.ts');
  for (let waited = 0; waited < migrationWaitMs; waited += migrationPauseMs) {
    const lock = await database.tryLock('tables');
    if (lock !== null) {
      try {
        if (!(await isUpToDate(database))) await migrate(database);
      } finally {
        await lock.release();
      }
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, migrationPauseMs));
  }
  throw new UpstreamError(`another process has been making blogctl's tables in ${database.name} for too long`, {
    hint: 'Try again later.',
  });
}
