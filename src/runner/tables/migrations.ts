import { sql, type CreateTableBuilder, type Kysely, type Migration } from 'kysely';
import type { Dialect, Tables } from '../../core/database.ts';
import type { MigrationName } from './names.ts';

type Schema = Kysely<Tables>;

/** What each migration does, in a dialect. The tables' columns are explained in core/state-tables.ts. */
export function migrationsFor(dialect: Dialect): Record<MigrationName, Migration> {
  return {
    '0001_runs': { up: (db: Schema) => createRuns(db, dialect) },
    '0002_publications': { up: (db: Schema) => createPublications(db, dialect) },
    '0003_views': { up: (db: Schema) => createViews(db, dialect) },
    '0004_checks': { up: (db: Schema) => createChecks(db, dialect) },
    '0005_pushes': { up: (db: Schema) => createPushes(db, dialect) },
    '0006_messages': { up: (db: Schema) => createMessages(db, dialect) },
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
  await create(table, dialect);
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
  await create(table, dialect);
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
  await create(counts, dialect);
  const aside = withId(db.schema.createTable('blogctl_view_aside'), dialect)
    .addColumn('site', 'varchar(64)', (column) => column.notNull())
    .addColumn('date', 'varchar(10)', (column) => column.notNull())
    // MySQL's text ends at 64 KB; the blog's own column is a longtext.
    .addColumn('body', dialect === 'mysql' ? sql`longtext` : 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('kept_at', 'varchar(24)', (column) => column.notNull());
  await create(aside, dialect);
}

async function createChecks(db: Schema, dialect: Dialect): Promise<void> {
  const checks = db.schema
    .createTable('blogctl_check')
    .addColumn('site', 'varchar(64)', (column) => column.notNull())
    .addColumn('kind', 'varchar(8)', (column) => column.notNull())
    .addColumn('target_id', 'integer', (column) => column.notNull())
    .addColumn('link', 'text', (column) => column.notNull())
    .addColumn('state', 'varchar(16)', (column) => column.notNull())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('successes', 'integer', (column) => column.notNull())
    .addColumn('failing_since', 'varchar(24)')
    .addColumn('checked_at', 'varchar(24)', (column) => column.notNull())
    .addColumn('ok_at', 'varchar(24)')
    .addColumn('due_at', 'varchar(24)')
    .addColumn('data', 'text')
    .addPrimaryKeyConstraint('blogctl_check_key', ['site', 'kind', 'target_id']);
  await create(checks, dialect);
  const evidence = withId(db.schema.createTable('blogctl_evidence'), dialect)
    .addColumn('site', 'varchar(64)', (column) => column.notNull())
    .addColumn('kind', 'varchar(8)', (column) => column.notNull())
    .addColumn('target_id', 'integer', (column) => column.notNull())
    .addColumn('at', 'varchar(24)', (column) => column.notNull())
    .addColumn('result', 'varchar(24)', (column) => column.notNull())
    .addColumn('verdict', 'varchar(16)', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('done', 'varchar(16)');
  await create(evidence, dialect);
  await db.schema
    .createIndex('blogctl_evidence_target')
    .on('blogctl_evidence')
    .columns(['site', 'kind', 'target_id', 'at'])
    .execute();
  await db.schema.createIndex('blogctl_evidence_at').on('blogctl_evidence').column('at').execute();
}

async function createPushes(db: Schema, dialect: Dialect): Promise<void> {
  const pushes = db.schema
    .createTable('blogctl_push')
    .addColumn('site', 'varchar(64)', (column) => column.notNull())
    .addColumn('engine', 'varchar(16)', (column) => column.notNull())
    .addColumn('url_hash', 'varchar(64)', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('article_id', 'integer')
    .addColumn('version', 'varchar(24)', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('accepted_at', 'varchar(24)')
    .addColumn('tried_at', 'varchar(24)')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('note', 'text')
    .addPrimaryKeyConstraint('blogctl_push_key', ['site', 'engine', 'url_hash']);
  await create(pushes, dialect);
  const engines = db.schema
    .createTable('blogctl_push_engine')
    .addColumn('site', 'varchar(64)', (column) => column.notNull())
    .addColumn('engine', 'varchar(16)', (column) => column.notNull())
    .addColumn('origin', 'varchar(255)', (column) => column.notNull())
    .addColumn('closed_until', 'varchar(24)')
    .addColumn('closed_because', 'varchar(16)')
    .addColumn('reason', 'text')
    .addColumn('remain', 'integer')
    .addColumn('remain_day', 'varchar(10)')
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('settings', 'varchar(16)', (column) => column.notNull())
    .addColumn('pending_settings', 'varchar(16)')
    .addPrimaryKeyConstraint('blogctl_push_engine_key', ['site', 'engine']);
  await create(engines, dialect);
}

async function createMessages(db: Schema, dialect: Dialect): Promise<void> {
  const messages = withId(db.schema.createTable('blogctl_message'), dialect)
    .addColumn('site', 'varchar(64)', (column) => column.notNull())
    .addColumn('about', 'varchar(80)', (column) => column.notNull())
    .addColumn('channel', 'varchar(255)', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'varchar(24)', (column) => column.notNull())
    .addColumn('ended_at', 'varchar(24)')
    .addColumn('last_failure', 'text');
  await create(messages, dialect);
  await db.schema
    .createIndex('blogctl_message_due')
    .on('blogctl_message')
    .columns(['status', 'site', 'channel'])
    .execute();
  const channels = db.schema
    .createTable('blogctl_channel')
    .addColumn('site', 'varchar(64)', (column) => column.notNull())
    .addColumn('channel', 'varchar(255)', (column) => column.notNull())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('closed_until', 'varchar(24)')
    .addColumn('last_failure', 'text')
    .addColumn('claimed_by', 'varchar(36)')
    .addColumn('claimed_at', 'varchar(24)')
    .addPrimaryKeyConstraint('blogctl_channel_key', ['site', 'channel']);
  await create(channels, dialect);
  const outages = withId(db.schema.createTable('blogctl_outage'), dialect)
    .addColumn('site', 'varchar(64)', (column) => column.notNull())
    .addColumn('host_id', 'integer', (column) => column.notNull())
    .addColumn('open_id', 'integer')
    .addColumn('host_name', 'varchar(255)', (column) => column.notNull())
    .addColumn('began_at', 'varchar(24)', (column) => column.notNull())
    .addColumn('looked_at', 'varchar(24)', (column) => column.notNull())
    .addColumn('step', 'integer', (column) => column.notNull())
    .addColumn('told_step', 'integer', (column) => column.notNull())
    .addColumn('told_at', 'varchar(24)')
    .addColumn('ended_at', 'varchar(24)')
    .addColumn('is_settled', 'integer', (column) => column.notNull())
    // One open outage for each host: NULLs are never equal in any of the three databases.
    .addUniqueConstraint('blogctl_outage_open', ['site', 'open_id']);
  await create(outages, dialect);
  await db.schema
    .createIndex('blogctl_outage_settled')
    .on('blogctl_outage')
    .columns(['site', 'is_settled', 'ended_at'])
    .execute();
  const alerts = db.schema
    .createTable('blogctl_alert')
    .addColumn('site', 'varchar(64)', (column) => column.notNull())
    .addColumn('job', 'varchar(64)', (column) => column.notNull())
    .addColumn('began_at', 'varchar(24)', (column) => column.notNull())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('times_told', 'integer', (column) => column.notNull())
    .addColumn('told_at', 'varchar(24)', (column) => column.notNull())
    .addPrimaryKeyConstraint('blogctl_alert_key', ['site', 'job']);
  await create(alerts, dialect);
}

function withId<Table extends string>(table: CreateTableBuilder<Table>, dialect: Dialect) {
  return table.addColumn('id', dialect === 'postgres' ? 'serial' : 'integer', (column) =>
    dialect === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
  );
}

// A MySQL database's own default may be a character set that holds no Chinese, or a collation to which names that differ
// in capitals or accents alone are the same: of two such jobs one would never run.
async function create<Table extends string, Column extends string>(
  table: CreateTableBuilder<Table, Column>,
  dialect: Dialect,
): Promise<void> {
  const ending = sql`default charset = utf8mb4 collate utf8mb4_bin`;
  await (dialect === 'mysql' ? table.modifyEnd(ending) : table).execute();
}
