import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Dialect } from '../../src/core/database.ts';
import { createDjangoCacheTable } from '../../src/demo/schema.ts';
import { demoBlog, describeBlog, describeIzone, izoneBlog, type TestBlog } from '../helpers/blog.ts';
import { useRedis } from '../helpers/servers/use.ts';
import { openWorld, registry, type World } from './dry-run-stage.ts';

const articleKey = ':1:article:markdown:1:20200101000000';
const otherKey = ':1:someone:else';
const expires = '2036-01-01 00:00:00';

/** What every action must hold to on this blog; `redis` gives the address of a cache, null stands for the database's. */
function describeDryRun(open: () => Promise<TestBlog>, redis: (() => string) | null): void {
  let blog: TestBlog;
  let world: World;

  beforeAll(async () => {
    blog = await open();
    if (redis === null) {
      // Old enough to be removed by whoever warms the cache.
      await createDjangoCacheTable(blog.query, blog.dialect, 'django_cache');
      for (const key of [articleKey, otherKey]) {
        await blog.rows(
          `insert into django_cache (cache_key, value, expires) values ('${key}', 'gAUpLg==', '${expires}')`,
        );
      }
    } else {
      const client = new Redis(redis());
      await client.set(articleKey, 'gAUpLg==', 'EX', 100_000);
      await client.set(otherKey, 'x');
      client.disconnect();
    }
    world = await openWorld(blog, redis?.() ?? null);
  });
  afterAll(async () => {
    await world?.close();
    await blog?.close();
  });

  test.each(registry.actionNames())('%s finds something to do and does none of it', async (name) => {
    const before = await world.state();
    const asked = world.web.requests.length;

    const report = await world.blogctl(name, '--dry-run');

    expect(report).toMatchObject({ action: name, dryRun: true, status: 'succeeded', error: null });
    expect(report.changes).not.toEqual([]);
    expect(await world.state()).toEqual(before);
    const methods = world.web.requests.slice(asked).map((request) => request.method);
    expect(methods.filter((method) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
  });

  test.each(registry.actionNames())('%s as a job of the configuration does none of it either', async (name) => {
    const before = await world.state();

    const report = await world.blogctl('run', name, '--dry-run');

    expect(report).toMatchObject({ job: name, dryRun: true, status: 'succeeded' });
    expect(await world.state()).toEqual(before);
  });

  // Last, since it alters what the others look at: proof that the looking sees.
  test('a run that is not dry alters what was looked at', async () => {
    const before = await world.state();

    const { changes } = await world.blogctl('warm-cache');

    const after = (await world.state()) as { rows: Record<string, unknown>; keys: unknown };
    expect(changes.map(({ what, target }) => `${what} ${target}`)).toContain(
      `remove ${articleKey.slice(':1:'.length)}`,
    );
    expect(after).not.toEqual(before);
    expect(after.rows).toHaveProperty('blogctl_run');
    expect(JSON.stringify(redis === null ? after.rows['django_cache'] : after.keys)).not.toContain(articleKey);
    expect(JSON.stringify(redis === null ? after.rows['django_cache'] : after.keys)).toContain(otherKey);
  });
}

for (const dialect of ['sqlite', 'postgres'] satisfies Dialect[]) {
  describeBlog(dialect, `a dry run on the demo blog, ${dialect} with the database's cache`, () => {
    describeDryRun(() => demoBlog(dialect), null);
  });
}

describeBlog(
  'mysql',
  'a dry run on the demo blog, MariaDB with Redis',
  () => {
    const redis = useRedis();
    describeDryRun(
      () => demoBlog('mysql'),
      () => redis().url,
    );
  },
  ['redis'],
);

describeIzone('sqlite', "a dry run on the reference blog, SQLite with the database's cache", () => {
  describeDryRun(() => izoneBlog('sqlite'), null);
});

describeIzone(
  'mysql',
  'a dry run on the reference blog, MariaDB with Redis',
  () => {
    const redis = useRedis();
    describeDryRun(
      () => izoneBlog('mysql'),
      () => redis().url,
    );
  },
  ['redis'],
);
