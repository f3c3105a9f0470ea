import { type CacheValue, Tuple } from '../../core/cache.ts';
import { FramedBytes } from './frames.ts';
import { encodeLong, isPythonInt } from './integers.ts';
import { opcode } from './opcodes.ts';
import { maxDepth, PickleError } from './pickle-error.ts';
import { encodeText } from './text.ts';

/** How many items one APPENDS or SETITEMS takes. */
const batchSize = 1000;

/**
 * A value as a Python pickle, protocol 4: what every Python from 3.4 on reads. Plain data comes out byte for byte as
 * CPython's `pickle.dumps(value, 4)` writes it (source: Modules/_pickle.c); equal strings count as the same object.
 * A whole number becomes an int, any other number a float. Throws a PickleError where the value nests too deep.
 */
export function pickle(value: CacheValue): Uint8Array {
  const writer = new Writer();
  return writer.pickle(value);
}

class Writer {
  readonly #out = new FramedBytes();
  /** Strings by their text, containers by identity: what was written already is only pointed at. */
  readonly #memo = new Map<CacheValue, number>();

  pickle(value: CacheValue): Uint8Array {
    this.#out.write(opcode.proto, 4);
    this.#out.startFraming();
    this.#save(value, 0);
    this.#out.write(opcode.stop);
    return this.#out.finish();
  }

  #save(value: CacheValue, depth: number): void {
    if (depth > maxDepth) throw new PickleError(`cannot pickle a value that nests more than ${maxDepth} levels deep`);
    this.#out.boundary();
    if (value === null) this.#out.write(opcode.none);
    else if (typeof value === 'boolean') this.#out.write(value ? opcode.newTrue : opcode.newFalse);
    else if (isPythonInt(value)) this.#saveInt(value);
    else if (typeof value === 'number') this.#out.write(opcode.binFloat, ...bytesOf(8, (v) => v.setFloat64(0, value)));
    else if (!this.#recall(value)) this.#saveObject(value, depth);
  }

  #saveObject(value: CacheValue, depth: number): void {
    if (typeof value === 'string') this.#saveText(value);
    else if (value instanceof Tuple) this.#saveTuple(value, depth + 1);
    else if (isList(value)) this.#saveList(value, depth + 1);
    else if (isDict(value)) this.#saveDict(value, depth + 1);
    else throw new PickleError(`cannot pickle a value of type ${typeof value}`);
  }

  #saveInt(value: number | bigint): void {
    const isSmall = value >= -0x80000000 && value <= 0x7fffffff;
    const small = isSmall ? Number(value) : 0;
    if (!isSmall) this.#saveLong(BigInt(value));
    else if (small >= 0 && small <= 0xff) this.#out.write(opcode.binInt1, small);
    else if (small >= 0 && small <= 0xffff) this.#out.write(opcode.binInt2, small & 0xff, small >> 8);
    else this.#out.write(opcode.binInt, ...bytesOf(4, (view) => view.setInt32(0, small, true)));
  }

  #saveLong(value: bigint): void {
    const bytes = encodeLong(value);
    if (bytes.length < 0x100) this.#out.write(opcode.long1, bytes.length, ...bytes);
    else this.#out.writeCounted(counted(opcode.long4, 4, bytes.length), bytes);
  }

  #saveText(text: string): void {
    const bytes = encodeText(text);
    if (bytes.length < 0x100) this.#out.writeCounted(counted(opcode.shortBinUnicode, 1, bytes.length), bytes);
    else if (bytes.length <= 0xffffffff) this.#out.writeCounted(counted(opcode.binUnicode, 4, bytes.length), bytes);
    else throw new PickleError('cannot pickle a string of more than 4 GiB');
    this.#memoize(text);
  }

  #saveTuple(tuple: Tuple, depth: number): void {
    const { items } = tuple;
    if (items.length === 0) return this.#out.write(opcode.emptyTuple);
    if (items.length > 3) this.#out.write(opcode.mark);
    for (const item of items) this.#save(item, depth);
    this.#out.write([opcode.tuple, opcode.tuple1, opcode.tuple2, opcode.tuple3][items.length] ?? opcode.tuple);
    this.#memoize(tuple);
  }

  #saveList(list: readonly CacheValue[], depth: number): void {
    this.#out.write(opcode.emptyList);
    this.#memoize(list);
    if (list.length === 1) {
      for (const item of list) this.#save(item, depth);
      return this.#out.write(opcode.append);
    }
    for (let start = 0; start < list.length; start += batchSize) {
      this.#out.write(opcode.mark);
      for (const item of list.slice(start, start + batchSize)) this.#save(item, depth);
      this.#out.write(opcode.appends);
    }
  }

  #saveDict(dict: ReadonlyMap<string, CacheValue>, depth: number): void {
    this.#out.write(opcode.emptyDict);
    this.#memoize(dict);
    const entries = [...dict];
    if (entries.length > 1) this.#out.write(opcode.mark);
    entries.forEach(([key, value], index) => {
      this.#save(key, depth);
      this.#save(value, depth);
      // CPython looks for more only after the batch: a full last one is followed by an empty one.
      if ((index + 1) % batchSize === 0) this.#out.write(opcode.setItems, opcode.mark);
    });
    if (entries.length > 0) this.#out.write(entries.length === 1 ? opcode.setItem : opcode.setItems);
  }

  #memoize(value: CacheValue): void {
    this.#memo.set(value, this.#memo.size);
    this.#out.write(opcode.memoize);
  }

  #recall(value: CacheValue): boolean {
    const index = this.#memo.get(value);
    if (index === undefined) return false;
    if (index < 0x100) this.#out.write(opcode.binGet, index);
    else this.#out.writeCounted(counted(opcode.longBinGet, 4, index), new Uint8Array());
    return true;
  }
}

function isList(value: CacheValue): value is readonly CacheValue[] {
  return Array.isArray(value);
}

function isDict(value: CacheValue): value is ReadonlyMap<string, CacheValue> {
  return value instanceof Map;
}

function counted(code: number, width: 1 | 4, count: number): Uint8Array {
  if (width === 1) return Uint8Array.of(code, count);
  return Uint8Array.of(code, ...bytesOf(4, (view) => view.setUint32(0, count, true)));
}

function bytesOf(size: number, fill: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size);
  fill(new DataView(bytes.buffer));
  return bytes;
}
