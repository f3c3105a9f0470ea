/** What putting rows back into a table has to know of it. */
export interface ArchivedTable {
  /** Its primary key. */
  readonly key: string;
  readonly dates: readonly string[];
  /** Columns with the id of a row of another table. */
  readonly references: Readonly<Record<string, string>>;
  /** Groups of columns, beside the key, whose values stand once only. */
  readonly uniques: readonly (readonly string[])[];
}

/** The tables whose rows are archived before they are deleted; no others are ever put back. */
export const archivedTables: Readonly<Record<string, ArchivedTable>> = {
  django_session: { key: 'session_key', dates: ['expire_date'], references: {}, uniques: [] },
  django_celery_results_taskresult: {
    key: 'id',
    dates: ['date_done', 'date_created'],
    references: {},
    uniques: [['task_id']],
  },
  comment_notification: {
    key: 'id',
    dates: ['create_date'],
    references: { comment_id: 'comment_articlecomment', create_p_id: 'oauth_ouser', get_p_id: 'oauth_ouser' },
    uniques: [],
  },
  comment_systemnotification: { key: 'id', dates: ['create_date'], references: {}, uniques: [] },
  comment_systemnotification_get_p: {
    key: 'id',
    dates: [],
    references: { systemnotification_id: 'comment_systemnotification', ouser_id: 'oauth_ouser' },
    uniques: [['systemnotification_id', 'ouser_id']],
  },
};
