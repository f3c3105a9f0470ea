import type { Selectable } from 'kysely';
import type { Database } from '../core/database.ts';
import type { AlertTable } from '../core/web-tables.ts';

/** A job of cron's that has failed since: a row of blogctl_alert. */
export type Alert = Readonly<Selectable<AlertTable>>;

/** The alert of a job; null where it works. */
export async function alertOf({ query }: Database, site: string, job: string): Promise<Alert | null> {
  const row = await query
    .selectFrom('blogctl_alert')
    .selectAll()
    .where('site', '=', site)
    .where('job', '=', job)
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps a job's alert in place of the one before. */
export async function keepAlert({ query, dialect }: Database, alert: Alert): Promise<void> {
  const { site, job, ...values } = alert;
  // That a job died is found by whichever runs next: two may write of it at the same time.
  const insert = query.insertInto('blogctl_alert').values(alert);
  const added = dialect === 'mysql' ? insert.ignore() : insert.onConflict((conflict) => conflict.doNothing());
  const { numInsertedOrUpdatedRows = 0n } = await added.executeTakeFirst();
  if (numInsertedOrUpdatedRows > 0n) return;
  await query.updateTable('blogctl_alert').set(values).where('site', '=', site).where('job', '=', job).execute();
}

/** Forgets a job's alert: it works again. */
export async function endAlert({ query }: Database, { site, job }: Pick<Alert, 'site' | 'job'>): Promise<void> {
  await query.deleteFrom('blogctl_alert').where('site', '=', site).where('job', '=', job).execute();
}
