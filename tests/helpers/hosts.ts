import { createBlogTime } from '../../src/blog/time.ts';
import type { TestBlog } from './blog.ts';
import { blogZone, testNowMs } from './host.ts';

/** A host as a test wants it; by default it is watched. */
export interface TestHostRow {
  readonly id: number;
  readonly name?: string;
  /** Minutes before `testNowMs` at which it last reported, and 20 seconds more. */
  readonly silentMinutes?: number;
  /** The column's text, in place of that. */
  readonly updateDate?: string;
  readonly active?: boolean;
  readonly alarm?: boolean;
  readonly data?: string | null;
  readonly secretKey?: string | null;
}

/** A host that never stops: not all are silent where it is. */
export const alive = { id: 99, name: 'alive' };

const time = createBlogTime(blogZone, () => testNowMs);

/** Puts hosts into the blog, in place of those of the same id. */
export async function putHosts(blog: TestBlog, hosts: readonly TestHostRow[]): Promise<void> {
  const truth = (is: boolean): boolean | number => (blog.dialect === 'postgres' ? is : Number(is));
  for (const host of hosts) {
    const { id, name = `host-${id}`, active = true, alarm = true, data = '{"uptime":1}' } = host;
    const silentMs = (host.silentMinutes ?? 0) * 60_000 + 20_000;
    await blog.query.deleteFrom('monitor_monitorserver').where('id', '=', id).execute();
    await blog.query
      .insertInto('monitor_monitorserver')
      .values({
        id,
        name,
        interval: 5,
        sort_order: id,
        push_url: 'https://blog.example.test/monitor/push',
        username: `h${id}`,
        password: `p${id}`,
        secret_key: host.secretKey === undefined ? 'key' : host.secretKey,
        secret_value: 'value',
        data,
        create_date: '2026-01-01 00:00:00',
        update_date: host.updateDate ?? time.fromEpochMs(testNowMs - silentMs),
        active: truth(active),
        alarm: truth(alarm),
      })
      .execute();
  }
}

/** Lets a host report at a minute counted from `testNowMs`. */
export async function report(blog: TestBlog, id: number, minute: number): Promise<void> {
  const update_date = time.fromEpochMs(testNowMs + minute * 60_000 - 20_000);
  await blog.query.updateTable('monitor_monitorserver').set({ update_date }).where('id', '=', id).execute();
}
