import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Lock, Tables } from '../../core/database.ts';
import { UpstreamError } from '../../core/errors.ts';

// A server drops connections that say nothing for long; a firewall between may do so after minutes.
const usualHeartbeatMs = 60_000;

/** How one kind of server takes and gives back a lock that belongs to the session. */
export interface SessionLockStatements {
  /** Answers one row with `held`: 1 or true where the lock was taken. */
  readonly take: (key: string) => ReturnType<typeof sql<{ held: number | boolean | null }>>;
  readonly give: (key: string) => ReturnType<typeof sql>;
}

/**
 * Takes a lock of the database's session and keeps its connection until the release. The server frees it as soon as
 * the connection is gone, so a killed process leaves nothing behind.
 */
export async function trySessionLock(
  query: Kysely<Tables>,
  key: string,
  statements: SessionLockStatements,
  heartbeatMs: number = usualHeartbeatMs,
): Promise<Lock | null> {
  const lost = new AbortController();
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let answer = (_held: boolean): void => undefined;
  let fail = (_error: unknown): void => undefined;
  const answered = new Promise<boolean>((resolve, reject) => ([answer, fail] = [resolve, reject]));
  const done = query.connection().execute(async (connection) => {
    const { rows } = await statements.take(key).execute(connection);
    const held = Boolean(rows[0]?.held);
    answer(held);
    if (!held) return;
    const lose = (cause: unknown): void => {
      const message = 'the connection that held the lock was lost, so somebody else may be running; stopped';
      lost.abort(new UpstreamError(message, { cause }));
    };
    const heartbeat = setInterval(() => void sql`select 1`.execute(connection).catch(lose), heartbeatMs);
    heartbeat.unref();
    await released;
    clearInterval(heartbeat);
    // Where the connection is lost the lock is gone with it: it was to be given up, and it is.
    await statements
      .give(key)
      .execute(connection)
      .catch(() => undefined);
  });
  done.catch(fail);
  if (!(await answered)) return null;
  return {
    lost: lost.signal,
    release: async () => {
      release();
      await done;
    },
  };
}

/** A short key for a lock of this name in this database: names of locks are limited, and shared by a whole server. */
export function lockKey(database: string, name: string): string {
  return `blogctl:${createHash('sha256').update(`${database}\0${name}`).digest('hex').slice(0, 40)}`;
}

/** The same as a signed 64-bit number, which is what PostgreSQL's advisory locks take. */
export function lockNumber(name: string): bigint {
  return createHash('sha256').update(`blogctl\0${name}`).digest().readBigInt64BE(0);
}
