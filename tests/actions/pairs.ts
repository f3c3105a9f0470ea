import { afterAll, beforeAll } from 'vitest';
import type { Dialect } from '../../src/core/database.ts';
import type { TestBlog } from '../helpers/blog.ts';
import { redisCache, tableCache, type TestCache } from '../helpers/cache.ts';
import { startRedis, type RedisServer } from '../helpers/servers/redis.ts';
import type { ServerKind } from '../helpers/servers/availability.ts';

/** A database and a cache that belong together. */
export interface Pair {
  readonly name: string;
  readonly dialect: Dialect;
  readonly cache: TestCache['kind'];
  /** What the cache needs beside the database. */
  readonly servers: readonly ServerKind[];
}

/** The pairs that blogs run on. */
export const pairs: readonly Pair[] = [
  { name: 'SQLite and its table', dialect: 'sqlite', cache: 'table', servers: [] },
  { name: 'MariaDB and Redis', dialect: 'mysql', cache: 'redis', servers: ['redis'] },
  { name: 'PostgreSQL and Redis', dialect: 'postgres', cache: 'redis', servers: ['redis'] },
  { name: 'MariaDB and its table', dialect: 'mysql', cache: 'table', servers: [] },
  { name: 'PostgreSQL and its table', dialect: 'postgres', cache: 'table', servers: [] },
];

/** A blog and its cache. */
export interface Site {
  readonly blog: TestBlog;
  readonly store: TestCache;
}

/** Gives the suite a blog and a cache, and takes both away after. */
export function useSite(pair: Pair, make: (dialect: Dialect) => Promise<TestBlog>): () => Site {
  let blog: TestBlog | undefined;
  let redis: RedisServer | undefined;
  let store: TestCache | undefined;
  beforeAll(async () => {
    blog = await make(pair.dialect);
    if (pair.cache === 'redis') redis = await startRedis();
    store = redis === undefined ? tableCache(blog) : redisCache(redis.url);
  });
  afterAll(async () => {
    await store?.close();
    await redis?.stop();
    await blog?.close();
  });
  return () => {
    if (blog === undefined || store === undefined)
      throw new Error('the suite has not begun: ask in a hook or in a test');
    return { blog, store };
  };
}
