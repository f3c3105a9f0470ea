import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenDatabase } from '../../../src/core/database.ts';
import { describeBlog, emptyBlog, useBlog } from '../../helpers/blog.ts';
import { open } from './open-all.ts';

describeBlog('mysql', "a session of MariaDB's", () => {
  const blog = useBlog(() => emptyBlog('mysql'));
  let database: OpenDatabase;

  beforeAll(async () => {
    // A server that is as lax as can be: what holds then is the session's own doing.
    await blog().rows(
      'create table narrow (id integer primary key, reason varchar(50) charset utf8mb3 null, moment datetime(6) null, small tinyint null)',
    );
    await blog().rows("create table lax engine = MyISAM as select 1 as id, cast('' as char(50)) as reason");
    database = await open(blog().url);
  });
  afterAll(() => database.close());

  async function variable(name: string): Promise<unknown> {
    const { rows } = await sql<{ Value: unknown }>`show session variables where variable_name = ${name}`.execute(
      database.query,
    );
    return rows[0]?.Value;
  }

  describe('refuses what a lax one would bend', () => {
    test.each([
      ['51 characters for varchar(50)', 'reason', '长'.repeat(51), 'ER_DATA_TOO_LONG'],
      ['an emoji for a column that cannot hold it', 'reason', '😀', 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD'],
      ['a date that is none', 'moment', '2026-02-30 00:00:00', 'ER_TRUNCATED_WRONG_VALUE'],
      ['a text for a date', 'moment', 'yesterday', 'ER_TRUNCATED_WRONG_VALUE'],
      ['the zero date', 'moment', '0000-00-00 00:00:00', 'ER_TRUNCATED_WRONG_VALUE'],
      ['a date with a zero month', 'moment', '2026-00-10 00:00:00', 'ER_TRUNCATED_WRONG_VALUE'],
      ['a number that does not fit', 'small', 1000, 'ER_WARN_DATA_OUT_OF_RANGE'],
    ])('%s', async (_, column, value, code) => {
      const inserting = sql`insert into narrow (id, ${sql.id(column)}) values (1, ${value})`.execute(database.query);

      await expect(inserting).rejects.toMatchObject({ code });
      expect(await blog().rows('select * from narrow')).toEqual([]);
    });

    test('in tables without transactions, too', async () => {
      const inserting = sql`insert into lax (id, reason) values (2, ${'x'.repeat(51)})`.execute(database.query);

      await expect(inserting).rejects.toMatchObject({ code: 'ER_DATA_TOO_LONG' });
    });
  });

  test('takes 50 characters of three bytes into varchar(50)', async () => {
    await sql`insert into narrow (id, reason) values (2, ${'长'.repeat(50)})`.execute(database.query);

    expect(await blog().rows('select reason from narrow where id = 2')).toEqual([{ reason: '长'.repeat(50) }]);
    await blog().rows('delete from narrow');
  });

  test.each([
    ['lock_wait_timeout', '10'],
    ['innodb_lock_wait_timeout', '10'],
    ['max_statement_time', '120.000000'],
    ['character_set_client', 'utf8mb4'],
    ['character_set_connection', 'utf8mb4'],
    ['character_set_results', 'utf8mb4'],
  ])('has %s set to %s', async (name, value) => {
    expect(await variable(name)).toBe(value);
  });

  test('has its strict sql_mode, and nothing that would change how statements are read', async () => {
    const modes = String(await variable('sql_mode')).split(',');

    expect(modes.sort()).toEqual([
      'ERROR_FOR_DIVISION_BY_ZERO',
      'NO_ENGINE_SUBSTITUTION',
      'NO_ZERO_DATE',
      'NO_ZERO_IN_DATE',
      'STRICT_ALL_TABLES',
    ]);
  });

  test('is strict in each of its connections', async () => {
    const asked = Array.from({ length: 4 }, () =>
      sql<{ id: number; mode: string }>`select connection_id() as id, @@sql_mode as mode, sleep(0.5)`.execute(
        database.query,
      ),
    );
    const rows = (await Promise.all(asked)).flatMap((result) => result.rows);

    expect(new Set(rows.map((row) => row.id)).size).toBe(4);
    for (const { mode } of rows) expect(mode).toContain('STRICT_ALL_TABLES');
  });

  test('goes on with new sessions, as strict, where the server ended the idle ones', async () => {
    const other = await open(blog().url);
    const ids = await sql<{ id: number }>`select connection_id() as id`.execute(other.query);
    await blog().rows(`kill ${ids.rows[0]?.id}`);
    // The driver hears of it on its socket.
    await new Promise((resolve) => setTimeout(resolve, 500));

    const { rows } = await sql<{ mode: string }>`select @@sql_mode as mode`.execute(other.query);
    await other.close();

    expect(rows[0]?.mode).toContain('STRICT_ALL_TABLES');
  });

  test('takes no second statement behind the first', async () => {
    await expect(sql.raw('select 1; select 2').execute(database.query)).rejects.toMatchObject({
      code: 'ER_PARSE_ERROR',
    });
  });
});
