import { Kysely, MysqlDialect, PostgresDialect } from 'kysely';
import { createPool } from 'mysql2';
import { Pool } from 'pg';
import { afterEach, expect, test } from 'vitest';
import type { BlogTables } from '../../src/blog/tables.ts';
import { createBlogSchema } from '../../src/demo/schema.ts';
import { seedDemoBlog } from '../../src/demo/seed.ts';
import { describeWithServer } from '../helpers/servers/availability.ts';
import { startMariadb } from '../helpers/servers/mariadb.ts';
import { startPostgres } from '../helpers/servers/postgres.ts';
import { useRedis } from '../helpers/servers/use.ts';
import { openSite } from './site.ts';
import { useSlowRedis } from './slow-redis.ts';

const name = 'blog';
const options = { now: '2026-03-18 14:05:09', siteDomain: 'blog.example.test', seed: 7 };

for (const dialect of ['mysql', 'postgres'] as const) {
  describeWithServer(dialect === 'mysql' ? ['mariadb', 'redis'] : ['postgres', 'redis'], `a run on ${dialect}`, () => {
    const line = useSlowRedis(useRedis());
    let stop = async (): Promise<void> => undefined;
    afterEach(async () => stop());

    const serverWithBlog = async () => {
      const server = await (dialect === 'mysql' ? startMariadb() : startPostgres());
      stop = () => server.stop();
      await server.createDatabase(name);
      const url = server.url(name);
      const db = new Kysely<BlogTables>({
        dialect:
          dialect === 'mysql'
            ? new MysqlDialect({ pool: createPool({ uri: url }) })
            : new PostgresDialect({ pool: new Pool({ connectionString: url }) }),
      });
      await createBlogSchema(db, dialect);
      await seedDemoBlog(db, dialect, options);
      await db.destroy();
      return { server, url };
    };

    // Stopping PostgreSQL's first process leaves those that serve us running.
    test.runIf(dialect === 'mysql')('ends with 124 at its time-out though the database has frozen', async () => {
      const { server, url } = await serverWithBlog();
      const site = await openSite({ database: url, cache: line().url });
      line().slowDown();
      const run = site.start(['warm-cache', '--force', '--concurrency', '1', '--timeout', '5s']);
      await line().reached();

      server.pause();
      line().letGo();
      const ended = await run.ended;

      server.resume();
      expect(ended).toMatchObject({ code: 124, signal: null });
      expect(ended.stderr).toContain('the run took longer than its time-out of 5s');
    });

    test('says that the connection was lost where the database dies, and calls it no bug', async () => {
      const { server, url } = await serverWithBlog();
      const site = await openSite({ database: url, cache: line().url });
      line().slowDown();
      const run = site.start(['warm-cache', '--force', '--concurrency', '1']);
      await line().reached();

      await server.kill();
      line().letGo();
      const ended = await run.ended;

      expect(ended.code).toBe(1);
      expect(ended.stderr).toMatch(/blogctl: (warm-cache failed: .*the connection was lost|ended without a result)/);
      expect(ended.stderr).not.toContain('bug');
    });
  });
}
