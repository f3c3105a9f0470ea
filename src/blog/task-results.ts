import { sql } from 'kysely';
import type { Expired } from './expired.ts';

/** The states in which Celery has nothing more to do with a task. */
export const finishedStatuses = ['SUCCESS', 'FAILURE', 'REVOKED'] as const;

/** What Celery kept of tasks up to a limit, it included, that have one of these states, or none of those. */
export function oldResults(
  limit: string,
  statuses: { readonly in: readonly string[] } | { readonly notIn: readonly string[] },
): Expired {
  const [operator, words] = 'in' in statuses ? (['in', statuses.in] as const) : (['not in', statuses.notIn] as const);
  return {
    table: 'django_celery_results_taskresult',
    key: 'id',
    date: 'date_done',
    isDateIndexed: true,
    limit,
    isLimitIncluded: true,
    // Hidden from SQLite, which would go by the index on the status, to which nearly all rows belong.
    ...(words.length === 0 ? {} : { only: (where) => where(sql<string>`coalesce(status, '')`, operator, words) }),
    children: [],
  };
}
