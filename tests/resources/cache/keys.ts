import type { Cache } from '../../../src/core/cache.ts';

/** All pages of keys with a prefix, in one list. */
export async function keysOf(cache: Cache, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of cache.keysWithPrefix(prefix)) keys.push(...page);
  return keys;
}
