import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BlogctlError } from '../../../src/core/errors.ts';
import { connectRedis, type RedisClient } from '../../../src/resources/cache/redis-client.ts';
import { parseRedisUrl } from '../../../src/resources/cache/redis-url.ts';
import { openRedisCache } from '../../../src/resources/cache/redis.ts';
import { describeWithServer } from '../../helpers/servers/availability.ts';
import { useRedis } from '../../helpers/servers/use.ts';

describeWithServer('redis', 'a read-only Redis', () => {
  const server = useRedis({ password: 'secret' });
  let redis: Redis;
  let client: RedisClient;

  beforeEach(async () => {
    redis = new Redis(server().url);
    await redis.flushall();
    await redis.set(':1:key', 1, 'EX', 100);
    client = await connectRedis(parseRedisUrl(server().url), true);
    await redis.config('RESETSTAT');
  });

  afterEach(async () => {
    await client.close();
    redis.disconnect();
  });

  test('answers every question', async () => {
    const cache = await openRedisCache({ url: server().url, readOnly: true });
    const pages: (readonly string[])[] = [];
    for await (const page of cache.keysWithPrefix('k')) pages.push(page);

    expect(await cache.present(['key', 'other'])).toEqual(new Set(['key']));
    expect((await cache.get('key'))?.value).toBe(1);
    expect(pages).toEqual([['key']]);
    await cache.close();
  });

  test('lets no write of the cache out, and calls it a bug', async () => {
    const cache = await openRedisCache({ url: server().url, readOnly: true });

    const writing = cache.set('key', 2, 100);
    await expect(writing).rejects.toThrow('the cache is read-only in a dry run: SET was not sent');
    await expect(writing).rejects.not.toBeInstanceOf(BlogctlError);
    await expect(cache.remove(['key'])).rejects.toThrow('the cache is read-only in a dry run: UNLINK was not sent');
    expect(await redis.get(':1:key')).toBe('1');
    await cache.close();
  });

  test.each<[string, (redis: Redis) => Promise<unknown>]>([
    ['set', (it) => it.set('a', 1)],
    ['flushall', (it) => it.flushall()],
    ['eval', (it) => it.eval("return redis.call('set', 'a', 1)", 0)],
    ['config', (it) => it.config('SET', 'maxmemory', '1')],
    ['getdel', (it) => it.getdel(':1:key')],
    ['call', (it) => it.call('SeT', 'a', '1')],
    ['multi', (it) => it.multi().set('a', 1).exec()],
    ['pipeline', (it) => it.pipeline().get(':1:key').set('a', 1).exec()],
  ])('lets no %s out, whoever sends it', async (_, send) => {
    await expect((async () => send(client.redis))()).rejects.toThrow('was not sent');

    expect(await redis.keys('*')).toEqual([':1:key']);
    const statistics = await redis.info('commandstats');
    expect(statistics).not.toMatch(/cmdstat_(set|flushall|eval|getdel|multi|config\|set):/);
  });
});
