import type { BaseContext } from '../core/action.ts';
import type { Cache, CacheValue } from '../core/cache.ts';
import { totalsKey } from './cache-keys.ts';
import type { BlogTotals } from './totals.ts';

/**
 * Sets the blog's totals in its cache for so many seconds. Like the blog's own task this renews them before they expire;
 * not where they are the same and fresh, though. Returns whether they were set.
 */
export async function renewTotals(
  { change }: Pick<BaseContext<unknown>, 'change'>,
  cache: Cache,
  counted: BlogTotals,
  expirySeconds: number,
): Promise<boolean> {
  const totals = new Map<string, number>(Object.entries(counted));
  const entry = await cache.get(totalsKey).catch(() => null);
  const isFresh = entry !== null && (entry.secondsLeft ?? 0) > expirySeconds * 0.75;
  if (isFresh && isSame(entry.value, totals)) return false;
  await change({ what: 'set', target: totalsKey }, () => cache.set(totalsKey, totals, expirySeconds));
  return true;
}

function isSame(value: CacheValue, totals: ReadonlyMap<string, number>): boolean {
  if (!(value instanceof Map) || value.size !== totals.size) return false;
  return [...totals].every(([name, count]) => value.get(name) === count);
}
