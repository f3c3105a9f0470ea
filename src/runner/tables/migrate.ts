import { Migrator } from 'kysely';
import { FailedError, messageOf } from '../../core/errors.ts';
import type { OpenDatabase } from '../../core/database.ts';
import { migrationsFor } from './migrations.ts';
import { migrationTable } from './names.ts';

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
      : 'Give its user the right to create tables, have them made by one who may ("blogctl tables --sql"), or name another database with state.database.',
    cause: error,
  });
}

function isLocked(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(BUSY|LOCKED)|^ER_LOCK_|^55P03$|^40P01$/.test(code);
}
