import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createBlogTime } from '../../../src/blog/time.ts';
import { describeBlog, emptyBlog, useBlog } from '../../helpers/blog.ts';
import { open } from './open-all.ts';

describeBlog('postgres', "a session of PostgreSQL's", () => {
  const blog = useBlog(() => emptyBlog('postgres'));
  const moment = Date.parse('2026-03-18T14:05:09.050+08:00');

  async function ask(expression: string, zone: string): Promise<unknown> {
    const database = await open(blog().url, { zone });
    const { rows } = await sql.raw<{ value: unknown }>(`select ${expression} as value`).execute(database.query);
    await database.close();
    return rows[0]?.value;
  }

  test.each([
    // USE_TZ off: the zone of the blog. USE_TZ on: UTC.
    ['Asia/Shanghai', '2026-03-18 14:05:09.050081+08'],
    ['UTC', '2026-03-18 06:05:09.050081+00'],
    ['Asia/Kathmandu', '2026-03-18 11:50:09.050081+05:45'],
    ['America/St_Johns', '2026-03-18 03:35:09.050081-02:30'],
  ])('shows dates in the zone %s, and blog/time.ts reads them', async (zone, text) => {
    const shown = await ask("timestamptz '2026-03-18 14:05:09.050081+08'", zone);

    expect(shown).toBe(text);
    expect(createBlogTime(zone, () => 0).toEpochMs(String(shown))).toBe(moment);
  });

  test.each(['Asia/Shanghai', 'UTC', 'Australia/Lord_Howe'])('takes naive dates as those of %s', async (zone) => {
    const naive = createBlogTime(zone, () => 0).fromEpochMs(moment);

    expect(await ask(`extract(epoch from timestamptz '${naive}')::text`, zone)).toMatch(/^1773813909\.05/);
  });

  test.each([
    "timestamptz '2026-03-18 14:05:09+08'",
    "timestamp '2026-03-18 14:05:09'",
    "date '2026-03-18'",
    "time '14:05:09'",
    "timetz '14:05:09+08'",
    "array[timestamptz '2026-03-18 14:05:09+08']",
    "array[timestamp '2026-03-18 14:05:09', null]",
    "array[date '2026-03-18']",
    "timestamptz 'infinity'",
    "timestamptz '0044-03-15 12:00:00 BC'",
  ])('never makes a Date of %s', async (expression) => {
    const value = await ask(expression, 'UTC');

    const items = Array.isArray(value) ? (value as unknown[]) : [value];
    for (const item of items) if (item !== null) expect(item).toBeTypeOf('string');
  });

  test.each([
    ['statement_timeout', '2min'],
    ['lock_timeout', '10s'],
    ['idle_in_transaction_session_timeout', '2min'],
    ['client_encoding', 'UTF8'],
    ['application_name', 'blogctl'],
    ['default_transaction_read_only', 'off'],
    ['DateStyle', 'ISO, YMD'],
  ])('has %s set to %s, in each of its connections', async (name, value) => {
    const database = await open(blog().url);
    const asked = Array.from({ length: 4 }, () =>
      sql<{ pid: number; value: string }>`
        select pg_backend_pid() as pid, current_setting(${name}) as value, pg_sleep(0.5)`.execute(database.query),
    );
    const rows = (await Promise.all(asked)).flatMap((result) => result.rows);
    await database.close();

    expect(new Set(rows.map((row) => row.pid)).size).toBe(4);
    expect(rows.map((row) => row.value)).toEqual(Array(4).fill(value));
  });

  test('goes on with new sessions, as strict, where the server ended the idle ones', async () => {
    const database = await open(blog().url, { zone: 'Asia/Kathmandu' });
    await blog().rows(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    // The driver hears of it on its socket.
    await new Promise((resolve) => setTimeout(resolve, 500));

    const { rows } = await sql<{ zone: string }>`select current_setting('TimeZone') as zone`.execute(database.query);
    await database.close();

    expect(rows).toEqual([{ zone: 'Asia/Kathmandu' }]);
  });
});
