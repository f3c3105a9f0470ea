import { isUtf8 } from 'node:buffer';
import { inPieces } from '../../core/batches.ts';
import type { Cache, CacheEntry, CacheValue } from '../../core/cache.ts';
import { ConfigurationError, messageOf } from '../../core/errors.ts';
import { checkExpiry, unreadableEntry } from './entry.ts';
import { connectRedis, type RedisClient } from './redis-client.ts';
import { parseRedisUrl, type RedisAddress } from './redis-url.ts';
import { fromRedisBytes, toRedisBytes } from './redis-value.ts';

const batchSize = 500;
const scanCount = 1000;

/** How the blog's Redis is reached, and Django's KEY_PREFIX and VERSION where they are not the defaults. */
export interface RedisCacheOptions {
  /** `redis://`, `rediss://`, `unix://` or `redis+unix://`. */
  readonly url: string;
  readonly prefix?: string | undefined;
  readonly version?: number | undefined;
  /** Lets nothing through but reading commands: a write throws an Error, and is not sent. */
  readonly readOnly: boolean;
}

/**
 * The blog's cache in Redis, in the format of django-redis: keys `prefix:version:name`, values as pickles, ints as text,
 * expiry by Redis. Throws an UpstreamError that says which server, which user, which step failed and why; a server that
 * never answers does so within 8 seconds. Throws a ConfigurationError where the address is none.
 */
export async function openRedisCache(options: RedisCacheOptions): Promise<Cache> {
  const address = addressOf(options.url);
  const client = await connectRedis(address, options.readOnly);
  const start = `${options.prefix ?? ''}:${options.version ?? 1}:`;
  return {
    name: address.name,
    present: (keys) => present(client, start, keys),
    get: (key) => get(client, start, key, address.name),
    set: (key, value, expirySeconds) => set(client, start + key, value, expirySeconds),
    remove: (keys) => remove(client, start, keys),
    keysWithPrefix: (prefix) => keysWithPrefix(client, start, prefix),
    close: client.close,
  };
}

function addressOf(url: string): RedisAddress {
  try {
    return parseRedisUrl(url);
  } catch (error) {
    throw new ConfigurationError(messageOf(error));
  }
}

async function present({ redis, attempt }: RedisClient, start: string, keys: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const piece of inPieces(keys, batchSize)) {
    const replies = await attempt('read from', () =>
      execute(redis.pipeline(piece.map((key) => ['exists', start + key]))),
    );
    piece.forEach((key, index) => {
      if (replies[index] === 1) found.add(key);
    });
  }
  return found;
}

async function get(
  { redis, attempt }: RedisClient,
  start: string,
  key: string,
  name: string,
): Promise<CacheEntry | null> {
  const [bytes, leftMs] = await attempt('read from', () =>
    Promise.all([redis.getBuffer(start + key), redis.pttl(start + key)]),
  );
  if (bytes === null) return null;
  // -1 stands for a key that never expires, -2 for one that has gone in between.
  if (leftMs === -2) return null;
  try {
    return { value: fromRedisBytes(bytes), secondsLeft: leftMs < 0 ? null : Math.ceil(leftMs / 1000) };
  } catch (error) {
    throw unreadableEntry(name, key, error);
  }
}

async function set(
  { redis, attempt }: RedisClient,
  key: string,
  value: CacheValue,
  expirySeconds: number,
): Promise<void> {
  checkExpiry(expirySeconds);
  const bytes = toRedisBytes(value);
  await attempt('write to', () =>
    Number.isInteger(expirySeconds)
      ? redis.set(key, bytes, 'EX', expirySeconds)
      : redis.set(key, bytes, 'PX', Math.ceil(expirySeconds * 1000)),
  );
}

async function remove({ redis, attempt }: RedisClient, start: string, keys: readonly string[]): Promise<number> {
  let removed = 0;
  for (const piece of inPieces(keys, batchSize)) {
    const names = piece.map((key) => start + key);
    removed += await attempt('write to', () =>
      redis.unlink(names).catch((error: unknown) => {
        // Redis before 4.0, and some that only speak its language.
        if (/^ERR unknown command/i.test(messageOf(error))) return redis.del(names);
        throw error;
      }),
    );
  }
  return removed;
}

async function* keysWithPrefix(
  { redis, attempt }: RedisClient,
  start: string,
  prefix: string,
): AsyncGenerator<readonly string[]> {
  const pattern = `${(start + prefix).replace(/[\\*?[\]]/g, '\\$&')}*`;
  let cursor = '0';
  do {
    const [next, names] = await attempt('read from', () =>
      redis.scanBuffer(cursor, 'MATCH', pattern, 'COUNT', scanCount),
    );
    cursor = next.toString();
    // A name that is no UTF-8 is none of Django's.
    const keys = names.filter(isUtf8).map((name) => name.toString('utf8').slice(start.length));
    if (keys.length > 0) yield keys;
  } while (cursor !== '0');
}

/** The replies of a pipeline in order; the first error of one of them is thrown. */
async function execute(pipeline: ReturnType<RedisClient['redis']['pipeline']>): Promise<unknown[]> {
  const replies = (await pipeline.exec()) ?? [];
  return replies.map(([error, reply]) => {
    if (error !== null) throw error;
    return reply;
  });
}
