import type { Kysely } from 'kysely';
import type { Dialect, Tables } from '../../core/database.ts';
import { create, withId } from './create.ts';

type Schema = Kysely<Tables>;

/** Makes blogctl_check and blogctl_evidence: core/web-tables.ts explains their columns. */
export async function createChecks(db: Schema, dialect: Dialect): Promise<void> {
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

/** Makes blogctl_push and blogctl_push_engine: core/web-tables.ts explains their columns. */
export async function createPushes(db: Schema, dialect: Dialect): Promise<void> {
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

/** Makes blogctl_message, blogctl_channel, blogctl_outage and blogctl_alert: core/web-tables.ts explains their columns. */
export async function createMessages(db: Schema, dialect: Dialect): Promise<void> {
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
