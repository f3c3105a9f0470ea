import { Redis } from 'ioredis';
import type { CacheValue } from '../../src/core/cache.ts';
import { pickle } from '../../src/content/pickle/writer.ts';
import type { TestBlog } from './blog.ts';
import { python } from './python.ts';

/** What stands under a key, as bytes that Python reads. */
export interface StoredEntry {
  readonly pickle: Buffer;
  /** Seconds until it expires; null where it never does. */
  readonly secondsLeft: number | null;
}

/** A cache as a test looks at it: past our own cache, straight at the server or the table. */
export interface TestCache {
  readonly kind: 'redis' | 'table';
  /** As a user writes it into the configuration. */
  readonly url: string;
  /** All that is there, by Django's plain keys. */
  entries(): Promise<ReadonlyMap<string, StoredEntry>>;
  /** Puts something there, past our own cache. */
  put(key: string, value: CacheValue, secondsLeft?: number): Promise<void>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

const prefix = ':1:';

/** A Redis of that address. */
export function redisCache(url: string): TestCache {
  const redis = new Redis(url);
  return {
    kind: 'redis',
    url,
    entries: async () => {
      const entries = new Map<string, StoredEntry>();
      for (const key of (await redis.keys('*')).sort()) {
        const ttl = await redis.ttl(key);
        const bytes = (await redis.getBuffer(key)) ?? Buffer.alloc(0);
        entries.set(plainKey(key), { pickle: bytes, secondsLeft: ttl < 0 ? null : ttl });
      }
      return entries;
    },
    put: async (key, value, secondsLeft = 1000) => {
      await redis.set(prefix + key, Buffer.from(pickle(value)), 'EX', secondsLeft);
    },
    clear: async () => void (await redis.flushall()),
    close: async () => void redis.disconnect(),
  };
}

/** Django's database cache in a table of the blog; seconds are counted from the clock of the tests. */
export function tableCache(blog: TestBlog, table = 'django_cache'): TestCache {
  const nowAsUtcMs = Date.parse('2026-03-18T14:05:09Z');
  const isThere = async (): Promise<boolean> => (await blog.tables()).includes(table);
  return {
    kind: 'table',
    url: `django-db:${table}`,
    entries: async () => {
      if (!(await isThere())) return new Map();
      const rows = await blog.rows<Record<'cache_key' | 'value' | 'expires', string>>(
        `select * from ${table} order by cache_key`,
      );
      return new Map(
        rows.map((row) => {
          const expiresAsUtcMs = Date.parse(`${row.expires.slice(0, 19).replace(' ', 'T')}Z`);
          const secondsLeft = (expiresAsUtcMs - nowAsUtcMs) / 1000;
          return [plainKey(row.cache_key), { pickle: Buffer.from(row.value, 'base64'), secondsLeft }];
        }),
      );
    },
    put: async (key, value, secondsLeft = 1000) => {
      const expires = new Date(nowAsUtcMs + secondsLeft * 1000).toISOString().slice(0, 19).replace('T', ' ');
      const base64 = Buffer.from(pickle(value)).toString('base64');
      await blog.rows(`delete from ${table} where cache_key = '${prefix}${key}'`);
      await blog.rows(`insert into ${table} values ('${prefix}${key}', '${base64}', '${expires}')`);
    },
    clear: async () => {
      if (await isThere()) await blog.rows(`delete from ${table}`);
    },
    close: async () => undefined,
  };
}

/** How real Python reads the pickles: `["tuple", ["str", "str"], ["<p>…", ""]]`, or a dict's type and itself. */
export async function readByPython(pickles: readonly Buffer[]): Promise<PythonValue[]> {
  const script = `
import json, pickle, sys
def told(value):
    items = [type(item).__name__ for item in value] if isinstance(value, (tuple, list)) else []
    first = value[0] if items else None
    return {"type": type(value).__name__, "items": items, "value": value, "first": first}
print(json.dumps([told(pickle.loads(bytes.fromhex(text))) for text in json.load(sys.stdin)]))`;
  const input = JSON.stringify(pickles.map((bytes) => bytes.toString('hex')));
  return JSON.parse(await python(script, input)) as PythonValue[];
}

/** A value as Python has it. */
export interface PythonValue {
  readonly type: string;
  /** Of a tuple or a list: the types of its items. */
  readonly items: readonly string[];
  readonly value: unknown;
  /** Of a tuple or a list: its first item, such as an article's HTML. */
  readonly first: unknown;
}

function plainKey(key: string): string {
  return key.startsWith(prefix) ? key.slice(prefix.length) : key;
}
