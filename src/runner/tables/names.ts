/**
 * The numbered migrations of blogctl's own tables, oldest first; one is never edited once it was released. Their names
 * stand apart from what they do, because every run asks whether the newest is there and few need to apply one.
 */
export const migrationNames = [
  '0001_runs',
  '0002_publications',
  '0003_views',
  '0004_checks',
  '0005_pushes',
  '0006_messages',
  '0007_exact_names',
] as const;

export type MigrationName = (typeof migrationNames)[number];

/** A database that has this migration is up to date. */
export const newestMigration: MigrationName = '0007_exact_names';

/** The table in which the migrations that were applied stand. */
export const migrationTable = 'blogctl_migration';
