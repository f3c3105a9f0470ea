import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { UpstreamError } from '../../../src/core/errors.ts';
import { trySessionLock, type SessionLockStatements } from '../../../src/resources/database/session-lock.ts';
import { describeBlog, emptyBlog, useBlog } from '../../helpers/blog.ts';
import { open } from './open-all.ts';

const take: Record<'mysql' | 'postgres', SessionLockStatements> = {
  mysql: {
    take: (key) => sql<{ held: number | null }>`select get_lock(${key}, 0) as held`,
    give: (key) => sql`select release_lock(${key})`,
  },
  postgres: {
    take: (key) => sql<{ held: boolean }>`select pg_try_advisory_lock(${key}::bigint) as held`,
    give: (key) => sql`select pg_advisory_unlock(${key}::bigint)`,
  },
};

for (const dialect of ['mysql', 'postgres'] as const) {
  describeBlog(dialect, `a lock whose connection the server ends, in ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));

    test('is told to be lost, for a reason that can be read, and may still be given back', async () => {
      const holder = await open(blog().url);
      const killer = await open(blog().url);
      const lock = await trySessionLock(holder.query, '4711', take[dialect], 20);
      expect(lock?.lost.aborted).toBe(false);

      for (const session of await others(dialect, killer)) await end(dialect, killer, session);

      await expect.poll(() => lock?.lost.aborted, { timeout: 10_000 }).toBe(true);
      expect(lock?.lost.reason).toBeInstanceOf(UpstreamError);
      expect(String(lock?.lost.reason)).toContain('the connection that held the lock was lost');
      await lock?.release();
      await holder.close();
      await killer.close();
    });
  });
}

type Open = Awaited<ReturnType<typeof open>>;

async function others(dialect: 'mysql' | 'postgres', { query }: Open): Promise<number[]> {
  const sessions =
    dialect === 'mysql'
      ? sql<{
          id: number;
        }>`select id from information_schema.processlist where db = database() and id <> connection_id()`
      : sql<{
          id: number;
        }>`select pid as id from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name = 'blogctl'`;
  return (await sessions.execute(query)).rows.map((row) => row.id);
}

async function end(dialect: 'mysql' | 'postgres', { query }: Open, session: number): Promise<void> {
  const statement =
    dialect === 'mysql' ? sql`kill ${sql.lit(session)}` : sql`select pg_terminate_backend(${session}::int)`;
  await statement.execute(query).catch(() => undefined);
}
