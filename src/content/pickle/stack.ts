import { type CacheValue, Tuple } from '../../core/cache.ts';
import type { ByteSource } from './byte-source.ts';
import { PickleError } from './pickle-error.ts';

/** A value under construction: as a CacheValue, but lists and dicts can still grow. */
export type Item = null | boolean | number | bigint | string | Item[] | Tuple | Map<string, Item>;

/** The machine that a pickle is a program for: a stack of values with marks in it, and a memo. */
export class PickleStack {
  readonly source: ByteSource;
  readonly #items: Item[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, Item>();

  constructor(source: ByteSource) {
    this.source = source;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  mark(): void {
    this.#marks.push(this.#items.length);
  }

  /** Takes the top value off; those below the latest mark are out of reach. */
  pop(): Item {
    const item = this.#items.length > (this.#marks.at(-1) ?? 0) ? this.#items.pop() : undefined;
    if (item === undefined) throw this.#malformed('a value is missing');
    return item;
  }

  /** Takes off all values above the latest mark, and the mark. */
  popToMark(): Item[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw this.#malformed('a mark is missing');
    return this.#items.splice(mark);
  }

  top(): Item {
    const item = this.pop();
    this.push(item);
    return item;
  }

  topList(): Item[] {
    const list = this.top();
    if (!Array.isArray(list)) throw this.#malformed('it appends to something that is no list');
    return list;
  }

  /** Adds `key, value, key, value…` to the dict on top. Throws a PickleError at a key that is no string. */
  addToDict(pairs: readonly Item[]): void {
    const dict = this.top();
    if (!(dict instanceof Map)) throw this.#malformed('it sets a key of something that is no dict');
    for (let at = 0; at < pairs.length; at += 2) {
      const key = pairs[at];
      const value = pairs[at + 1];
      if (value === undefined) throw this.#malformed('a key has no value');
      if (typeof key !== 'string') throw new PickleError('the pickle holds a dict with a key that is no string');
      dict.set(key, value);
    }
  }

  memoize(index = this.#memo.size): void {
    this.#memo.set(index, this.top());
  }

  recall(index: number): void {
    const item = this.#memo.get(index);
    if (item === undefined) throw this.#malformed(`nothing was remembered as ${index}`);
    this.push(item);
  }

  /** The one value that is left at the end. */
  result(): CacheValue {
    const value = this.pop();
    if (this.#items.length > 0 || this.#marks.length > 0) throw this.#malformed('it ends with values left over');
    return value;
  }

  #malformed(why: string): PickleError {
    return new PickleError(`the pickle is malformed: ${why} (byte ${this.source.at})`);
  }
}
