import { type CacheValue, Tuple } from '../../core/cache.ts';
import { ByteSource } from './byte-source.ts';
import { opcode } from './opcodes.ts';
import { maxDepth, PickleError } from './pickle-error.ts';
import { plainSteps } from './plain-opcodes.ts';
import { refusalOf } from './refused-opcodes.ts';
import { PickleStack } from './stack.ts';

const highestProtocol = 5;
const maxBytes = 64 * 1024 * 1024;
const maxElements = 1_000_000;
/** An element takes up to five opcodes: itself, its place in the memo, its container's mark and end. */
const maxSteps = 5 * maxElements;

/**
 * The plain data in a Python pickle of protocol 0 to 5; an int beyond 2^53 comes as a bigint. Nothing is looked up or run:
 * a pickle that holds anything but plain data is refused with its name, and so is one that is cut off, followed by
 * other bytes, larger than 64 MiB, deeper than 200 levels or of more than a million elements. Throws a PickleError.
 */
export function unpickle(bytes: Uint8Array): CacheValue {
  if (bytes.length > maxBytes) throw new PickleError(`the pickle has ${bytes.length} bytes, more than ${maxBytes}`);
  const source = new ByteSource(bytes);
  const stack = new PickleStack(source);
  readProtocol(source, bytes[0]);
  let steps = 0;
  for (let code = source.uint8(); code !== opcode.stop; code = source.uint8()) {
    if (++steps > maxSteps) throw tooManyElements();
    const step = plainSteps.get(code);
    if (step === undefined) throw refusalOf(code, stack);
    step(stack);
  }
  if (source.left > 0) throw new PickleError(`the pickle is followed by ${source.left} bytes that do not belong to it`);
  const value = stack.result();
  countElements(value, 0, 0);
  return value;
}

/** Protocols 0 and 1 have no header: they begin with their first value. */
function readProtocol(source: ByteSource, first: number | undefined): void {
  if (first !== opcode.proto) return;
  source.uint8();
  const protocol = source.uint8();
  if (protocol > highestProtocol) throw new PickleError(`the pickle is of protocol ${protocol}, which is not known`);
}

/**
 * Counts the elements as a walk over the value would meet them. What a few bytes can make through the memo, a list that
 * holds itself or one that doubles at each level, would keep such a walk busy for ever: it ends here.
 */
function countElements(value: CacheValue, depth: number, before: number): number {
  if (depth > maxDepth) throw new PickleError(`the pickle nests more than ${maxDepth} levels deep`);
  let count = before + 1;
  if (count > maxElements) throw tooManyElements();
  for (const child of childrenOf(value)) count = countElements(child, depth + 1, count);
  return count;
}

function childrenOf(value: CacheValue): Iterable<CacheValue> {
  if (value === null || typeof value !== 'object') return [];
  if (value instanceof Tuple) return value.items;
  return value instanceof Map ? value.values() : value;
}

function tooManyElements(): PickleError {
  return new PickleError(`the pickle has more than ${maxElements} elements`);
}
