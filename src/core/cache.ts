/**
 * The values that the blog's cache can hold: what a Python pickle of plain data holds. A `Tuple` is a Python tuple, an
 * array a list, a `Map` a dict, a bigint an int beyond 2^53.
 */
export type CacheValue =
  null | boolean | number | bigint | string | readonly CacheValue[] | Tuple | ReadonlyMap<string, CacheValue>;

/** A Python tuple. The blog keeps an article as the tuple `(html, toc)`. */
export class Tuple {
  readonly items: readonly CacheValue[];

  constructor(...items: readonly CacheValue[]) {
    this.items = items;
  }
}

/** What stands under a key. */
export interface CacheEntry {
  readonly value: CacheValue;
  /** Seconds until it expires; null where it never does. */
  readonly secondsLeft: number | null;
}

/**
 * The blog's cache, as Django sees it: keys are Django's plain names (`article:markdown:1:20260318190502`), the prefix
 * and version (`:1:`) are added inside. Two kinds: Redis in django-redis's format, and Django's own database cache;
 * both live in `resources/cache`. Chosen by the configuration's `cache`.
 * Every method throws an UpstreamError that names the server when it cannot be reached or refuses.
 */
export interface Cache {
  /** For messages, without secrets: `redis 127.0.0.1:6379/0`, `table django_cache`. */
  readonly name: string;
  /** Those of the keys that are there and have not expired; asked for in one batch. */
  readonly present: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
  /** One entry, or null. Throws a FailedError where the bytes are no plain data. */
  readonly get: (key: string) => Promise<CacheEntry | null>;
  /** Stores a value for so many whole seconds. */
  readonly set: (key: string, value: CacheValue, expirySeconds: number) => Promise<void>;
  /** Removes keys; returns how many were there. */
  readonly remove: (keys: readonly string[]) => Promise<number>;
  /** All keys that begin with the prefix, in pages; a key may come twice. Never blocks the server (SCAN, not KEYS). */
  readonly keysWithPrefix: (prefix: string) => AsyncIterable<readonly string[]>;
  readonly close: () => Promise<void>;
}
