import { FailedError, messageOf } from '../../core/errors.ts';

/** A write that was tried in a dry run: a change that went past `change()`, so a bug and no failure. */
export class RefusedWrite extends Error {
  constructor(what: string) {
    super(`the cache is read-only in a dry run: ${what} was not sent`);
    this.name = 'RefusedWrite';
  }
}

/** A cache that expires nothing, or expires at once, is a slip of the caller. Throws a RangeError. */
export function checkExpiry(seconds: number): void {
  if (Number.isFinite(seconds) && seconds > 0) return;
  throw new RangeError(`expected an expiry of more than 0 seconds, got ${seconds}`);
}

/** The failure for an entry whose bytes are no plain data, such as a compressed value or a Python object. */
export function unreadableEntry(cache: string, key: string, error: unknown): FailedError {
  return new FailedError(`cannot read the cache key ${JSON.stringify(key)} in ${cache}: ${messageOf(error)}`, {
    cause: error,
  });
}
