import type { Expired } from './expired.ts';

/**
 * The notifications up to a limit, it included: "you were answered", and the blog's own messages with their receivers,
 * whose foreign key has no ON DELETE CASCADE. Neither table has an index on its dates.
 */
export function oldNotifications(limit: string, options: { readonly unreadToo: boolean }): Expired[] {
  const common = { key: 'id', date: 'create_date', isDateIndexed: false, limit, isLimitIncluded: true } as const;
  const only: Pick<Expired, 'only'> = options.unreadToo
    ? {}
    : { only: (where) => where('is_read', '=', where.lit(true)) };
  const receivers = { table: 'comment_systemnotification_get_p', column: 'systemnotification_id' };
  return [
    { table: 'comment_notification', ...common, ...only, children: [] },
    { table: 'comment_systemnotification', ...common, ...only, children: [receivers] },
  ];
}
