/** The name of the newest migration: a database that has it is up to date. */
export const newestMigration = '0001_runs';

/** The table in which the migrations that were applied stand. */
export const migrationTable = 'blogctl_migration';
