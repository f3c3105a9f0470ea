import { unpickle } from '../../content/pickle/reader.ts';
import { isPythonInt, narrowInt } from '../../content/pickle/integers.ts';
import { pickle } from '../../content/pickle/writer.ts';
import type { CacheValue } from '../../core/cache.ts';

/** A value as django-redis stores it: an int as decimal text, so that INCR works on it; all else as a pickle. */
export function toRedisBytes(value: CacheValue): Buffer {
  return isPythonInt(value) ? Buffer.from(String(value)) : Buffer.from(pickle(value));
}

/** The value of bytes that django-redis stored. Throws a PickleError where they are no plain data. */
export function fromRedisBytes(bytes: Buffer): CacheValue {
  // Python reads no longer text as an int.
  const text = bytes.length <= 4300 ? bytes.toString('latin1') : '';
  return /^[+-]?\d+$/.test(text) ? narrowInt(BigInt(text)) : unpickle(bytes);
}
