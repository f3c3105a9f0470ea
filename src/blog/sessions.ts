import type { Expired } from './expired.ts';

/** The sessions that are over, as Django's `clearsessions` sees it: `expire_date` lies before now. */
export function expiredSessions(now: string): Expired {
  return {
    table: 'django_session',
    key: 'session_key',
    date: 'expire_date',
    isDateIndexed: true,
    limit: now,
    isLimitIncluded: false,
    children: [],
  };
}
