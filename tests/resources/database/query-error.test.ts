import { sql, type RawBuilder } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FailedError, UpstreamError } from '../../../src/core/errors.ts';
import type { Dialect, OpenDatabase } from '../../../src/core/database.ts';
import { explainQueryError } from '../../../src/resources/database/query-error.ts';
import { describeBlog, dialects, emptyBlog, useBlog } from '../../helpers/blog.ts';
import { open, rejection } from './open-all.ts';

/** A session in which a statement may only take a moment, and one that takes longer. */
const slow: Record<'mysql' | 'postgres', readonly [string, string]> = {
  mysql: ['set session max_statement_time = 0.05', 'select sleep(5)'],
  postgres: ["set statement_timeout = '50ms'", 'select pg_sleep(5)'],
};

const impatient: Record<'mysql' | 'postgres', string> = {
  mysql: 'set session innodb_lock_wait_timeout = 1',
  postgres: "set lock_timeout = '50ms'",
};

const hangUp: Record<'mysql' | 'postgres', string> = {
  mysql: 'kill connection_id()',
  postgres: 'select pg_terminate_backend(pg_backend_pid())',
};

for (const dialect of dialects) {
  describeBlog(dialect, `a statement that fails in ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));
    let database: OpenDatabase;

    beforeAll(async () => {
      database = await open(blog().url);
    });
    afterAll(() => database.close());

    async function explain(statement: RawBuilder<unknown>): Promise<Error | null> {
      return explainQueryError(await rejection(statement.execute(database.query)), database.name);
    }

    test("says which of the blog's tables is missing, and whose it is", async () => {
      const error = await explain(sql`select * from blog_articles`);

      expect(error).toBeInstanceOf(FailedError);
      expect(error?.message).toBe(
        `the table blog_articles is missing in ${database.name}; it is one of the blog's own, which Django's migrations make`,
      );
    });

    test('says which table of our own is missing', async () => {
      const error = await explain(sql`delete from blogctl_run`);

      expect(error?.message).toBe(`the table blogctl_run is missing in ${database.name}; it is one of blogctl's own`);
    });

    test('says which column is missing', async () => {
      const error = await explain(sql`select subtitle from blog_article`);

      expect(error).toBeInstanceOf(FailedError);
      expect(error?.message).toBe(`the column subtitle is missing in ${database.name}`);
    });

    test('says which database refused a row, in the words of the driver', async () => {
      await database.query.insertInto('blog_tag').values({ id: 1, name: 'a', slug: 'a', description: '' }).execute();

      const error = await explain(sql`insert into blog_tag (id, name, slug, description) values (1, 'b', 'b', '')`);

      expect(error).toBeInstanceOf(UpstreamError);
      expect(error?.message.startsWith(`${database.name}: `)).toBe(true);
    });

    test('is told of the database that it failed in, whichever the caller had in mind', async () => {
      const failure = await rejection(sql`select * from blogctl_check`.execute(database.query));

      const error = explainQueryError(failure, 'MySQL database other on 127.0.0.1:3306 as blog');

      expect(error?.message).toContain(` is missing in ${database.name}; `);
    });

    test('is no reason to explain a bug away', () => {
      expect(explainQueryError(new TypeError('x is not a function'), database.name)).toBeNull();
      expect(explainQueryError('text', database.name)).toBeNull();
    });

    if (isServer(dialect)) {
      const [limit, statement] = slow[dialect];

      test('says that it took too long', async () => {
        const error = await database.query.connection().execute(async (connection) => {
          await sql.raw(limit).execute(connection);
          return explainQueryError(await rejection(sql.raw(statement).execute(connection)), database.name);
        });

        expect(error).toBeInstanceOf(UpstreamError);
        expect(error?.message).toBe(`${database.name}: a statement took too long`);
      });

      test('says that somebody else holds a lock', async () => {
        await blog().query.insertInto('blog_keyword').values({ id: 1, name: 'a' }).execute();
        const other = await open(blog().url);

        const error = await blog()
          .query.transaction()
          .execute(async (transaction) => {
            await transaction.updateTable('blog_keyword').set({ name: 'b' }).execute();
            return other.query.connection().execute(async (connection) => {
              await sql.raw(impatient[dialect]).execute(connection);
              const waiting = connection.updateTable('blog_keyword').set({ name: 'c' }).execute();
              return explainQueryError(await rejection(waiting), other.name);
            });
          });
        await other.close();

        expect(error).toBeInstanceOf(UpstreamError);
        expect(error?.message).toBe(`${database.name}: somebody else holds a lock for too long`);
      });

      test('says that the connection was lost', async () => {
        const error = await explain(sql.raw(hangUp[dialect]));

        expect(error).toBeInstanceOf(UpstreamError);
        expect(error?.message).toBe(`${database.name}: the connection was lost`);
      });
    }
  });
}

describe('an error of no driver', () => {
  test('that was foreseen passes as it is', () => {
    const error = new FailedError('there is no such article');

    expect(explainQueryError(error, 'a database')).toBe(error);
  });
});

function isServer(dialect: Dialect): dialect is 'mysql' | 'postgres' {
  return dialect !== 'sqlite';
}
