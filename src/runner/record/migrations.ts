import { Migrator, sql, type Kysely, type Migration } from 'kysely';
import { FailedError, messageOf } from '../../core/errors.ts';
import type { Dialect, OpenDatabase, Tables } from '../../core/database.ts';
import { migrationTable, newestMigration } from './names.ts';

/** Makes blogctl's own tables, or brings them up to date. Two hosts may do so at once: one waits for the other. */
export async function migrate(database: OpenDatabase): Promise<void> {
  const migrator = new Migrator({
    db: database.query,
    provider: { getMigrations: async () => migrationsFor(database.dialect) },
    migrationTableName: migrationTable,
    migrationLockTableName: `${migrationTable}_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  throw new FailedError(`blogctl's own tables could not be made in ${database.name}: ${messageOf(error)}`, {
    hint: isLocked(error)
      ? 'Somebody else holds a lock for too long. Try again later.'
      : 'Give its user the right to create tables, or name another database with state.database.',
    cause: error,
  });
}

function isLocked(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(BUSY|LOCKED)|^ER_LOCK_|^55P03$|^40P01$/.test(code);
}

// Numbered, applied in order, never edited once they were released.
function migrationsFor(dialect: Dialect): Record<string, Migration> {
  return { [newestMigration]: { up: (db: Kysely<Tables>) => createRuns(db, dialect) } };
}

async function createRuns(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const table = db.schema
    .createTable('blogctl_run')
    .addColumn('id', dialect === 'postgres' ? 'serial' : 'integer', (column) =>
      dialect === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('site', 'varchar(64)', (column) => column.notNull())
    .addColumn('job', 'varchar(64)', (column) => column.notNull())
    .addColumn('action', 'varchar(64)', (column) => column.notNull())
    .addColumn('started_by', 'varchar(16)', (column) => column.notNull())
    .addColumn('tick', 'varchar(24)')
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('started_at', 'varchar(24)', (column) => column.notNull())
    .addColumn('ended_at', 'varchar(24)')
    .addColumn('duration_ms', 'integer')
    .addColumn('host', 'varchar(255)', (column) => column.notNull())
    .addColumn('pid', 'integer', (column) => column.notNull())
    .addColumn('summary', 'text')
    .addColumn('counts', 'text')
    .addColumn('changes', 'integer')
    .addColumn('findings', 'text')
    .addColumn('error', 'text')
    .addColumn('log', 'text')
    .addUniqueConstraint('blogctl_run_tick', ['site', 'job', 'tick']);
  // A MySQL database's own default may be a character set that holds no Chinese.
  await (dialect === 'mysql' ? table.modifyEnd(sql`default charset = utf8mb4`) : table).execute();
  await db.schema.createIndex('blogctl_run_started_at').on('blogctl_run').column('started_at').execute();
  await db.schema.createIndex('blogctl_run_status').on('blogctl_run').columns(['status', 'site', 'action']).execute();
}
