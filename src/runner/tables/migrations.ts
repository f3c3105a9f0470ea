import { sql, type Kysely, type Migration } from 'kysely';
import type { Dialect, Tables } from '../../core/database.ts';
import { create, exactly, serversOwn, withId } from './create.ts';
import type { MigrationName } from './names.ts';
import { createChecks, createMessages, createPushes } from './web-migrations.ts';

type Schema = Kysely<Tables>;

/** What each migration does, in a dialect. The tables' columns are explained in core/state-tables.ts and core/web-tables.ts. */
export function migrationsFor(dialect: Dialect): Record<MigrationName, Migration> {
  return {
    '0001_runs': { up: (db: Schema) => createRuns(db, dialect) },
    '0002_publications': { up: (db: Schema) => createPublications(db, dialect) },
    '0003_views': { up: (db: Schema) => createViews(db, dialect) },
    '0004_checks': { up: (db: Schema) => createChecks(db, dialect) },
    '0005_pushes': { up: (db: Schema) => createPushes(db, dialect) },
    '0006_messages': { up: (db: Schema) => createMessages(db, dialect) },
    '0007_exact_names': { up: (db: Schema) => compareExactly(db, dialect) },
  };
}

async function createRuns(db: Schema, dialect: Dialect): Promise<void> {
  const table = withId(db.schema.createTable('blogctl_run'), dialect)
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
  await create(table, dialect, serversOwn);
  await db.schema.createIndex('blogctl_run_started_at').on('blogctl_run').column('started_at').execute();
  await db.schema.createIndex('blogctl_run_status').on('blogctl_run').columns(['status', 'site', 'action']).execute();
}

async function createPublications(db: Schema, dialect: Dialect): Promise<void> {
  const table = withId(db.schema.createTable('blogctl_publication'), dialect)
    .addColumn('site', 'varchar(64)', (column) => column.notNull())
    .addColumn('article_id', 'integer', (column) => column.notNull())
    .addColumn('waiting_id', 'integer')
    .addColumn('due_at', 'varchar(24)', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('claimed_by', 'varchar(64)')
    .addColumn('hook_attempts', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'varchar(24)', (column) => column.notNull())
    .addColumn('ended_at', 'varchar(24)')
    .addColumn('note', 'text')
    // One waiting entry for each article: NULLs are never equal in any of the three databases.
    .addUniqueConstraint('blogctl_publication_waiting', ['site', 'waiting_id']);
  await create(table, dialect, serversOwn);
  await db.schema
    .createIndex('blogctl_publication_due')
    .on('blogctl_publication')
    .columns(['status', 'site', 'due_at'])
    .execute();
}

async function createViews(db: Schema, dialect: Dialect): Promise<void> {
  const item = (name: 'blogctl_view_hour' | 'blogctl_view_total') =>
    db.schema
      .createTable(name)
      .addColumn('site', 'varchar(64)', (column) => column.notNull())
      .addColumn('kind', 'varchar(8)', (column) => column.notNull())
      .addColumn('item', 'varchar(255)', (column) => column.notNull())
      .addColumn('views', 'integer', (column) => column.notNull());
  const hours = item('blogctl_view_hour')
    .addColumn('hour', 'integer', (column) => column.notNull())
    .addColumn('is_estimated', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('blogctl_view_hour_key', ['site', 'hour', 'kind', 'item']);
  await create(hours, dialect);
  const totals = item('blogctl_view_total').addPrimaryKeyConstraint('blogctl_view_total_key', ['site', 'kind', 'item']);
  await create(totals, dialect);
  const counts = db.schema
    .createTable('blogctl_view_count')
    .addColumn('site', 'varchar(64)', (column) => column.notNull().primaryKey())
    .addColumn('counted_at', 'varchar(24)', (column) => column.notNull());
  await create(counts, dialect, serversOwn);
  const aside = withId(db.schema.createTable('blogctl_view_aside'), dialect)
    .addColumn('site', 'varchar(64)', (column) => column.notNull())
    .addColumn('date', 'varchar(10)', (column) => column.notNull())
    // MySQL's text ends at 64 KB; the blog's own column is a longtext.
    .addColumn('body', dialect === 'mysql' ? sql`longtext` : 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('kept_at', 'varchar(24)', (column) => column.notNull());
  await create(aside, dialect, serversOwn);
}

async function compareExactly(db: Schema, dialect: Dialect): Promise<void> {
  if (dialect !== 'mysql') return;
  for (const name of ['blogctl_run', 'blogctl_publication', 'blogctl_view_count', 'blogctl_view_aside']) {
    const ending = sql.raw(`convert to character set utf8mb4 ${exactly}`);
    await sql`alter table ${sql.table(name)} ${ending}`.execute(db);
  }
}
