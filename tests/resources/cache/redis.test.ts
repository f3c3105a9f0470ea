import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pickle } from '../../../src/content/pickle/writer.ts';
import { type Cache, type CacheValue, Tuple } from '../../../src/core/cache.ts';
import { FailedError } from '../../../src/core/errors.ts';
import { openRedisCache } from '../../../src/resources/cache/redis.ts';
import { python } from '../../helpers/python.ts';
import { describeWithServer } from '../../helpers/servers/availability.ts';
import { useRedis } from '../../helpers/servers/use.ts';
import { keysOf } from './keys.ts';

describeWithServer('redis', 'the cache in Redis', () => {
  const server = useRedis();
  let cache: Cache;
  let redis: Redis;

  beforeEach(async () => {
    redis = new Redis(server().url);
    await redis.flushall();
    cache = await openRedisCache({ url: server().url, readOnly: false });
  });

  afterEach(async () => {
    await cache.close();
    redis.disconnect();
  });

  test('says its name without secrets', () => {
    expect(cache.name).toBe(`redis 127.0.0.1:${server().port}/0`);
  });

  test.each<[string, CacheValue]>([
    ['an article', new Tuple('<p>中文</p>', '')],
    ['totals', new Map([['article', 36]])],
    ['an int', 42],
    ['a negative int', -7],
    ['an int beyond 2^53', 2n ** 70n],
    ['a float', 1.5],
    ['a bool', true],
    ['None', null],
    ['digits in a string', '42'],
    ['5 MB', 'x'.repeat(5_000_000)],
  ])('gives back %s', async (_, value) => {
    await cache.set('key', value, 100);

    const entry = await cache.get('key');
    expect(entry?.value).toEqual(value);
    expect(entry?.secondsLeft).toBeGreaterThan(0);
    expect(entry?.secondsLeft).toBeLessThanOrEqual(100);
  });

  test('stores as django-redis does: prefixed names, pickles, ints as text, an expiry', async () => {
    await cache.set('article:markdown:1:20260318190502', new Tuple('a', 'b'), 86_399);
    await cache.set('count', 42, 60);

    expect((await redis.keys('*')).sort()).toEqual([':1:article:markdown:1:20260318190502', ':1:count']);
    const bytes = await redis.getBuffer(':1:article:markdown:1:20260318190502');
    expect(bytes).toEqual(Buffer.from(pickle(new Tuple('a', 'b'))));
    expect(await redis.ttl(':1:article:markdown:1:20260318190502')).toBeGreaterThan(80_000);
    expect(await redis.get(':1:count')).toBe('42');
  });

  test('reads a key that never expires, and a plain int of whatever sign', async () => {
    await redis.mset(':1:forever', '5', ':1:plus', '+5', ':1:minus', '-5');

    expect(await cache.get('forever')).toEqual({ value: 5, secondsLeft: null });
    expect((await cache.get('plus'))?.value).toBe(5);
    expect((await cache.get('minus'))?.value).toBe(-5);
  });

  test('takes a fraction of a second for the expiry', async () => {
    await cache.set('short', 1, 90.5);

    expect(await redis.pttl(':1:short')).toBeGreaterThan(0);
    expect(await redis.pttl(':1:short')).toBeLessThanOrEqual(90_500);
  });

  test.each([0, -1, Number.NaN, Infinity])('takes no expiry of %d seconds', async (seconds) => {
    await expect(cache.set('key', 1, seconds)).rejects.toThrow(RangeError);
  });

  test('finds no key that is not there', async () => {
    expect(await cache.get('missing')).toBeNull();
    expect(await cache.present([])).toEqual(new Set());
    expect(await cache.remove([])).toBe(0);
    expect(await keysOf(cache, 'missing')).toEqual([]);
  });

  test('tells which of many keys are there', async () => {
    const keys = Array.from({ length: 1200 }, (_, index) => `key:${index}`);
    await Promise.all(keys.filter((_, index) => index % 3 === 0).map((key) => cache.set(key, 1, 100)));

    const found = await cache.present(keys);

    expect(found).toEqual(new Set(keys.filter((_, index) => index % 3 === 0)));
  });

  test('removes many keys and counts those that were there', async () => {
    const keys = Array.from({ length: 1200 }, (_, index) => `key:${index}`);
    await Promise.all(keys.map((key) => cache.set(key, 1, 100)));
    await cache.set('other', 1, 100);

    expect(await cache.remove([...keys, 'missing'])).toBe(1200);
    expect(await redis.keys('*')).toEqual([':1:other']);
  });

  test('lists the keys with a prefix by SCAN, never by KEYS', async () => {
    const keys = Array.from({ length: 3000 }, (_, index) => `article:${index}`);
    await Promise.all([...keys, 'articles', 'other'].map((key) => cache.set(key, 1, 100)));
    await redis.set('article:of somebody else', 1);
    await redis.config('RESETSTAT');

    const listed = new Set(await keysOf(cache, 'article:'));

    expect(listed).toEqual(new Set(keys));
    const statistics = await redis.info('commandstats');
    expect(statistics).toContain('cmdstat_scan:');
    expect(statistics).not.toContain('cmdstat_keys:');
  });

  test('takes the prefix literally, and names as UTF-8', async () => {
    for (const key of ['a*b', 'a?b', 'a[x]b', 'a\\b', 'axb', '文章:1']) await cache.set(key, 1, 100);
    await redis.set(Buffer.from(':1:a*\xff', 'latin1'), 1);

    expect(await keysOf(cache, 'a*')).toEqual(['a*b']);
    expect(await keysOf(cache, 'a?')).toEqual(['a?b']);
    expect(await keysOf(cache, 'a[x]')).toEqual(['a[x]b']);
    expect(await keysOf(cache, 'a\\')).toEqual(['a\\b']);
    expect(await keysOf(cache, '文章')).toEqual(['文章:1']);
  });

  test('keeps to its own prefix and version', async () => {
    const other = await openRedisCache({ url: server().url, prefix: 'blog', version: 2, readOnly: false });
    await other.set('key', 1, 100);
    await cache.set('key', 2, 100);

    expect((await redis.keys('*')).sort()).toEqual([':1:key', 'blog:2:key']);
    expect(await keysOf(other, '')).toEqual(['key']);
    expect((await other.get('key'))?.value).toBe(1);
    await other.close();
  });

  test('uses the database of its address', async () => {
    const third = await openRedisCache({ url: server().url.replace(/0$/, '3'), readOnly: false });
    await third.set('key', 1, 100);
    await third.close();

    expect(await redis.dbsize()).toBe(0);
    await redis.select(3);
    expect(await redis.keys('*')).toEqual([':1:key']);
  });

  test('refuses bytes that are no plain data, and says of which key', async () => {
    await redis.set(':1:hot', Buffer.from("cos\nsystem\n(S'true'\ntR."));

    const reading = cache.get('hot');

    await expect(reading).rejects.toThrow(FailedError);
    await expect(reading).rejects.toThrow(/cannot read the cache key "hot" in redis .*os\.system/);
  });
});

describeWithServer(['redis', 'python3'], 'the cache in Redis, to real Python', () => {
  const server = useRedis();

  test('holds what Python reads', async () => {
    const cache = await openRedisCache({ url: server().url, readOnly: false });
    await cache.set('key', new Tuple('<p>中文\0</p>', '\ud800'), 100);
    await cache.close();
    const redis = new Redis(server().url);
    const bytes = await redis.getBuffer(':1:key');
    redis.disconnect();

    const shown = await python('import pickle, sys; print(ascii(pickle.load(sys.stdin.buffer)))', bytes ?? '');

    expect(shown.trim()).toBe(String.raw`('<p>\u4e2d\u6587\x00</p>', '\ud800')`);
  });
});

describeWithServer('redis', 'a Redis with users, behind a socket', () => {
  const password = 'p@ss:w/rd%';
  // Redis removes it at its end.
  const socket = path.join(tmpdir(), `blogctl-test-${process.pid}.sock`);
  const server = useRedis({
    args: ['--unixsocket', socket, '--user', 'izone', 'on', `>${password}`, '~:1:*', '+@all', '-ping'],
  });

  test.each(['unix', 'redis+unix'])('is reached through %s', async (scheme) => {
    const url = `${scheme}://izone:${encodeURIComponent(password)}@${socket}?db=1`;
    const cache = await openRedisCache({ url, readOnly: false });
    await cache.set('key', 1, 100);

    expect(cache.name).toBe(`redis unix:${socket}?db=1`);
    expect((await cache.get('key'))?.value).toBe(1);
    await cache.close();
  });

  test('is reached over TCP as a user that may not even PING', async () => {
    const url = `redis://izone:${encodeURIComponent(password)}@127.0.0.1:${server().port}`;
    const cache = await openRedisCache({ url, readOnly: false });

    expect(await cache.present(['key'])).toEqual(new Set());
    await cache.close();
  });
});

describeWithServer('redis', 'a Redis that knows no UNLINK', () => {
  const server = useRedis({ args: ['--rename-command', 'UNLINK', ''] });

  test('is asked to DEL', async () => {
    const cache = await openRedisCache({ url: server().url, readOnly: false });
    await cache.set('key', 1, 100);

    expect(await cache.remove(['key', 'missing'])).toBe(1);
    await cache.close();
  });
});
