import { Redis } from 'ioredis';
import type { TestBlog } from '../helpers/blog.ts';
import { python } from '../helpers/python.ts';

/** A cache's entries by their keys in full: seconds to live, and the pickle in base64. */
export type Entries = Readonly<Record<string, { readonly ttl: number; readonly pickle: string }>>;

/** All of Redis. */
export async function redisEntries(url: string): Promise<Entries> {
  const redis = new Redis(url);
  try {
    const keys = await redis.keys('*');
    const read = async (key: string) => {
      const [bytes, ttl] = await Promise.all([redis.getBuffer(key), redis.ttl(key)]);
      return [key, { ttl, pickle: bytes?.toString('base64') ?? '' }] as const;
    };
    return Object.fromEntries(await Promise.all(keys.map(read)));
  } finally {
    await redis.quit();
  }
}

/** All of Django's cache table, whose times are those of Shanghai. */
export async function tableEntries(blog: TestBlog, nowMs: number): Promise<Entries> {
  const rows = await blog.rows<{ cache_key: string; value: string; expires: string }>('select * from django_cache');
  const entry = ({ cache_key: key, value, expires }: (typeof rows)[number]) => {
    const expiresMs = Date.parse(`${expires.slice(0, 19).replace(' ', 'T')}+08:00`);
    return [key, { ttl: (expiresMs - nowMs) / 1000, pickle: value }] as const;
  };
  return Object.fromEntries(rows.map(entry));
}

// An article's value is told by its form alone: what stands in it is the business of other tests.
const UNPICKLE = `
import base64, json, pickle, sys
def told(value):
    if isinstance(value, tuple) and [type(part) for part in value] == [str, str]: return 'tuple of 2 texts'
    return value
entries = json.load(sys.stdin)
print(json.dumps({key: told(pickle.loads(base64.b64decode(entry['pickle']))) for key, entry in entries.items()}))`;

/** What Python makes of each value. */
export async function unpickled(entries: Entries): Promise<Record<string, unknown>> {
  return JSON.parse(await python(UNPICKLE, JSON.stringify(entries))) as Record<string, unknown>;
}
