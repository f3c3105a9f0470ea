import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import warmCache from '../../src/actions/warm-cache.ts';
import type { Dialect } from '../../src/core/database.ts';
import { addArticles } from '../helpers/articles.ts';
import { describeBlog, dialects, emptyBlog, useBlog } from '../helpers/blog.ts';
import { python } from '../helpers/python.ts';
import { runAction } from '../helpers/run.ts';
import { describeWithServer } from '../helpers/servers/availability.ts';
import { freePort } from '../helpers/servers/free-port.ts';
import { startRedis } from '../helpers/servers/redis.ts';
import { useRedis } from '../helpers/servers/use.ts';

/** An update_date that its column holds and that is no moment, put there past all strictness. */
const unreadable: Record<Dialect, string> = {
  sqlite: "update blog_article set update_date = 'yesterday' where id = 2",
  mysql: "update blog_article set update_date = '0000-00-00 00:00:00' where id = 2",
  postgres: "update blog_article set update_date = 'infinity' where id = 2",
};

for (const dialect of dialects) {
  describeBlog(dialect, `warm-cache on a broken blog in ${dialect}`, () => {
    test.each(['blog_article', 'comment_articlecomment'])('says that %s is missing, and whose it is', async (table) => {
      const blog = await emptyBlog(dialect);
      await blog.rows(`alter table ${table} rename to elsewhere`);

      const run = await runAction(warmCache, { blog });
      await blog.close();

      expect(run.status).toBe('failed');
      expect(run.error?.kind).toBe('failed');
      expect(run.error?.message).toMatch(
        new RegExp(
          `^the table ${table} is missing in .*; it is one of the blog's own, which Django's migrations make$`,
        ),
      );
    });

    test('reports an article whose date is none, and does the others', async () => {
      const blog = await emptyBlog(dialect);
      await addArticles(blog, [{ id: 1 }, { id: 2 }, { id: 3 }]);
      await blog.query.connection().execute(async (connection) => {
        if (dialect === 'mysql') await sql`set session sql_mode = ''`.execute(connection);
        await sql.raw(unreadable[dialect]).execute(connection);
      });

      const run = await runAction(warmCache, { blog });
      const again = await runAction(warmCache, { blog });
      await blog.close();

      expect(run).toMatchObject({ status: 'succeeded', counts: { set: 2, failed: 1, totals: 1 } });
      expect(run.findings).toEqual([
        {
          kind: 'bad-date',
          target: 'article 2 (article-2)',
          message: expect.stringContaining('is not a date') as string,
        },
      ]);
      expect(again.counts).toMatchObject({ set: 0, present: 2, failed: 1 });
    });

    test('makes the cache table that is missing, where it may', async () => {
      const blog = await emptyBlog(dialect);
      await addArticles(blog, [{ id: 1 }]);

      const dry = await runAction(warmCache, { blog, cache: 'django-db:my_cache', dryRun: true });
      const tables = await blog.tables();
      const real = await runAction(warmCache, { blog, cache: 'django-db:my_cache' });
      const [row] = await blog.rows<{ n: number }>('select count(*) as n from my_cache');
      await blog.close();

      expect(tables).not.toContain('my_cache');
      expect(dry.changes[0]).toEqual({ what: 'create', target: 'table my_cache' });
      expect(real.changes).toEqual(dry.changes);
      expect(row?.n).toBe(2);
    });
  });
}

describeWithServer('python3', "the cache table in Python's hands", () => {
  const blog = useBlog(() => emptyBlog('sqlite'));

  test("is read as Django's DatabaseCache reads it", async () => {
    await addArticles(blog(), [{ id: 1, body: '中文😀' }]);
    await runAction(warmCache, { blog: blog() });

    // Django 3.2, django/core/cache/backends/db.py: get_many, with the converter of SQLite's datetimes.
    const shown = await python(`
import base64, datetime, pickle, sqlite3
connection = sqlite3.connect(${JSON.stringify(blog().url.slice('sqlite:'.length))})
rows = connection.execute('SELECT "cache_key", "value", "expires" FROM "django_cache" WHERE "cache_key" IN (?, ?) ORDER BY 1',
    [':1:article:markdown:1:20260301100000', ':1:blog:blog_info:sum']).fetchall()
first = lambda value: value[0] if isinstance(value, tuple) else value
for key, value, expires in rows:
    moment = datetime.datetime.strptime(expires, '%Y-%m-%d %H:%M:%S')
    print(key, moment.isoformat(), ascii(first(pickle.loads(base64.b64decode(value.encode())))))`);

    expect(shown.trim().split('\n')).toEqual([
      String.raw`:1:article:markdown:1:20260301100000 2026-03-19T14:05:09 '<p>\u4e2d\u6587\U0001f600</p>'`,
      ":1:blog:blog_info:sum 2026-03-18T16:05:09 {'article': 1, 'subject': 0, 'tag': 0, 'comment': 0}",
    ]);
  });
});

describe('a cache that cannot be used', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));
  beforeEach(async () => {
    const there = await blog().query.selectFrom('blog_article').select('id').execute();
    if (there.length === 0) await addArticles(blog(), [{ id: 1 }, { id: 2 }]);
  });

  test('is down: the run fails, says which server, and is recorded', async () => {
    const port = await freePort();

    const run = await runAction(warmCache, { blog: blog(), cache: `redis://127.0.0.1:${port}/0`, job: 'down' });

    expect(run).toMatchObject({ status: 'failed', counts: {}, error: { kind: 'upstream' } });
    expect(run.error?.message).toContain(`127.0.0.1:${port}`);
    expect(await blog().rows("select status from blogctl_run where job = 'down'")).toEqual([{ status: 'failed' }]);
  });

  describeWithServer('redis', 'though it is there', () => {
    const redis = useRedis({ password: 'p@ss:w/rd' });

    test('refuses the password, which is told nowhere', async () => {
      const cache = redis().url.replace('p%40ss%3Aw%2Frd', 's3cret-wrong');

      const run = await runAction(warmCache, { blog: blog(), cache, verbose: true });

      expect(run).toMatchObject({ status: 'failed', error: { kind: 'upstream' } });
      expect(run.error?.message).toContain(`127.0.0.1:${redis().port}`);
      expect(inspect(run, { depth: 10, showHidden: true })).not.toContain('s3cret-wrong');
      expect(JSON.stringify(await blog().dump())).not.toContain('s3cret-wrong');
    });

    test('is read-only: a dry run tells its plan, a real one fails and says why', async () => {
      const replica = await startRedis({
        args: ['--replicaof', '127.0.0.1', '1', '--replica-serve-stale-data', 'yes'],
      });

      const dry = await runAction(warmCache, { blog: blog(), cache: replica.url, dryRun: true });
      const real = await runAction(warmCache, { blog: blog(), cache: replica.url });
      await replica.stop();

      expect(dry).toMatchObject({ status: 'succeeded', counts: { set: 2, totals: 1 } });
      expect(real).toMatchObject({ status: 'failed', error: { kind: 'upstream' }, changes: [] });
      expect(real.error?.message).toMatch(/read-?only/i);
    });

    test('goes away in the middle: what was set stays told, the rest is done by the next run', async () => {
      await addArticles(
        blog(),
        Array.from({ length: 300 }, (_, index) => ({ id: 100 + index })),
      );
      const mortal = await startRedis();
      const client = new Redis(mortal.url);
      const dying = (async () => {
        while ((await client.dbsize()) < 5) await new Promise((resolve) => setImmediate(resolve));
        await mortal.kill();
      })();
      client.on('error', () => undefined);

      const run = await runAction(warmCache, { blog: blog(), cache: mortal.url, settings: { concurrency: 1 } });
      await dying;
      client.disconnect();
      await mortal.stop();

      expect(run).toMatchObject({ status: 'failed', error: { kind: 'upstream' } });
      expect(run.changes.length).toBeGreaterThanOrEqual(4);
      expect(run.changes.length).toBeLessThan(303);
    });
  });
});
