import { parseRedisUrl, type RedisAddress } from './redis-url.ts';
import { isTableName } from './django-table.ts';

/** A cache in a table of the blog's own database. */
export interface DjangoDbAddress {
  readonly kind: 'django-db';
  readonly table: string;
}

/**
 * Reads the configuration's `cache`: a Redis address, or `django-db:` and the name of a table. Throws an Error of one
 * sentence that says what was expected and repeats nothing that may be a password.
 */
export function parseCacheUrl(text: string): RedisAddress | DjangoDbAddress {
  if (/^(rediss?|redis\+unix|unix):/i.test(text)) return parseRedisUrl(text);
  const table = /^django-db:(.*)$/s.exec(text)?.[1];
  if (table === undefined) {
    throw new Error(
      'expected a cache address: redis://host:6379/0, rediss://…, unix:///path/to/redis.sock or django-db:table',
    );
  }
  if (isTableName(table)) return { kind: 'django-db', table };
  throw new Error('expected the name of a table behind django-db:, made of letters, digits, _, $ and -');
}

/** The cache for messages, without secrets: `redis 127.0.0.1:6379/0`, `table django_cache`. Never throws. */
export function describeCacheUrl(text: string): string {
  try {
    const address = parseCacheUrl(text);
    return address.kind === 'redis' ? address.name : `table ${address.table}`;
  } catch {
    return 'a cache whose address cannot be read';
  }
}
