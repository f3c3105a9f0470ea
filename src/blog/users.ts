import { walkByKey } from '../core/batches.ts';
import type { Database } from '../core/database.ts';
import { withDashes, dayOf } from './days.ts';
import { isMoment } from './time.ts';

const pageSize = 5000;

/**
 * The day on which each user joined (oauth_ouser.date_joined), as `YYYY-MM-DD`, in the order of the ids; `toLocal` turns a
 * column's text into the blog's local time. Users without a readable date are left out.
 */
export async function daysJoined({ query }: Database, toLocal: (text: string) => string): Promise<string[]> {
  const days: string[] = [];
  const pages = walkByKey<{ id: number; date_joined: string }, number>(
    pageSize,
    (user) => user.id,
    async (after, size) => {
      const users = query.selectFrom('oauth_ouser').select(['id', 'date_joined']).orderBy('id').limit(size);
      return (after === null ? users : users.where('id', '>', after)).execute();
    },
  );
  for await (const page of pages) {
    for (const { date_joined: joined } of page) {
      if (isMoment(joined)) days.push(withDashes(dayOf(toLocal(joined))));
    }
  }
  return days;
}
