import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Dialect, OpenDatabase } from '../../../src/core/database.ts';
import { describeBlog, dialects, demoBlog, useBlog, type BlogDump } from '../../helpers/blog.ts';
import { open, rejection } from './open-all.ts';

const refusal: Record<Dialect, string> = {
  sqlite: 'SQLITE_READONLY',
  mysql: 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
  postgres: '25006',
};

const everywhere = [
  "insert into blog_keyword (name) values ('x')",
  'update blog_article set views = views + 1',
  'delete from blog_friendlink',
  'create table extra (id integer)',
  'drop table blog_keyword',
  'alter table blog_keyword add column extra integer',
  'create index extra on blog_keyword (name)',
];

const ofDialect: Record<Dialect, readonly string[]> = {
  sqlite: [
    "insert into blog_keyword (name) values ('x') returning id",
    'vacuum',
    "replace into blog_keyword values (1, 'x')",
  ],
  mysql: ["replace into blog_keyword values (1, 'x')", 'truncate table blog_pageview', 'optimize table blog_keyword'],
  postgres: [
    'with d as (delete from blog_friendlink returning id) select * from d',
    'select * into extra from blog_keyword',
    "select setval('blog_keyword_id_seq', 1000)",
    'truncate blog_pageview',
    'select * from blog_article for update',
  ],
};

for (const dialect of dialects) {
  describeBlog(dialect, `a read-only session of ${dialect}`, () => {
    const blog = useBlog(() => demoBlog(dialect));
    let database: OpenDatabase;
    let before: BlogDump;

    beforeAll(async () => {
      before = await blog().dump();
      database = await open(blog().url, { readOnly: true });
    });
    afterAll(() => database.close());

    test.each([...everywhere, ...ofDialect[dialect]])('refuses: %s', async (statement) => {
      const error = await rejection(sql.raw(statement).execute(database.query));

      expect(error).toMatchObject({ code: refusal[dialect] });
      expect(await blog().dump()).toEqual(before);
    });

    test('refuses in a transaction, too', async () => {
      const writing = database.query
        .transaction()
        .execute((transaction) => transaction.deleteFrom('blog_friendlink').execute());

      expect(await rejection(writing)).toMatchObject({ code: refusal[dialect] });
      expect(await blog().dump()).toEqual(before);
    });

    test('refuses in each of its connections', async () => {
      const writes = Array.from({ length: 6 }, () => database.query.deleteFrom('blog_friendlink').execute());

      const results = await Promise.allSettled(writes);

      expect(results.map(({ status }) => status)).toEqual(Array(6).fill('rejected'));
    });

    test('reads all the same', async () => {
      const { rows } = await sql<{ n: unknown }>`select count(*) as n from blog_article`.execute(database.query);

      expect(rows).toEqual([{ n: before['blog_article']?.length }]);
    });

    test('is no obstacle to a session that writes', async () => {
      const writer = await open(blog().url);
      const result = await writer.query.updateTable('blog_keyword').set({ name: 'changed' }).executeTakeFirst();
      await writer.close();

      expect(Number(result.numUpdatedRows)).toBeGreaterThan(0);
      const { rows } = await sql<{ name: string }>`select distinct name from blog_keyword`.execute(database.query);
      expect(rows).toEqual([{ name: 'changed' }]);
    });
  });
}
