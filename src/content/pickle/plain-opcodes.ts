import { Tuple } from '../../core/cache.ts';
import { decodeLong, narrowInt } from './integers.ts';
import { opcode } from './opcodes.ts';
import { PickleError } from './pickle-error.ts';
import type { Item, PickleStack } from './stack.ts';
import { decodeRawUnicodeEscape, decodeText } from './text.ts';

/** Reading a longer int would take a time that grows with the square of its length. */
const longestInt = { digits: 5000, bytes: 2048 };
/** A Tuple takes its items as arguments, and V8 takes only so many of those. */
const longestTuple = 10_000;

type Step = (stack: PickleStack) => void;

/** What each allowed opcode does: plain data, its containers and the memo. All others are refused. */
export const plainSteps: ReadonlyMap<number, Step> = new Map<number, Step>([
  [opcode.frame, ({ source }) => source.expect(source.uint64())],
  [opcode.mark, (stack) => stack.mark()],

  [opcode.none, (stack) => stack.push(null)],
  [opcode.newTrue, (stack) => stack.push(true)],
  [opcode.newFalse, (stack) => stack.push(false)],

  [opcode.int, (stack) => stack.push(intOfLine(stack.source.line()))],
  [opcode.long, (stack) => stack.push(intOfDigits(stack.source.line().replace(/L$/, '')))],
  [opcode.binInt, (stack) => stack.push(stack.source.int32())],
  [opcode.binInt1, (stack) => stack.push(stack.source.uint8())],
  [opcode.binInt2, (stack) => stack.push(stack.source.uint16())],
  [opcode.long1, (stack) => pushLong(stack, stack.source.uint8())],
  [opcode.long4, (stack) => pushLong(stack, stack.source.int32())],
  [opcode.float, (stack) => stack.push(floatOfLine(stack.source.line()))],
  [opcode.binFloat, (stack) => stack.push(stack.source.float64())],

  [opcode.unicode, (stack) => stack.push(decodeRawUnicodeEscape(stack.source.line()))],
  [opcode.shortBinUnicode, (stack) => pushText(stack, stack.source.uint8())],
  [opcode.binUnicode, (stack) => pushText(stack, stack.source.uint32())],
  [opcode.binUnicode8, (stack) => pushText(stack, stack.source.uint64())],

  [opcode.emptyTuple, (stack) => stack.push(new Tuple())],
  [opcode.tuple, (stack) => stack.push(tupleOf(stack.popToMark()))],
  [opcode.tuple1, (stack) => pushTuple(stack, 1)],
  [opcode.tuple2, (stack) => pushTuple(stack, 2)],
  [opcode.tuple3, (stack) => pushTuple(stack, 3)],

  [opcode.emptyList, (stack) => stack.push([])],
  [opcode.list, (stack) => stack.push(stack.popToMark())],
  [opcode.append, (stack) => append(stack, [stack.pop()])],
  [opcode.appends, (stack) => append(stack, stack.popToMark())],

  [opcode.emptyDict, (stack) => stack.push(new Map())],
  [opcode.dict, (stack) => pushDict(stack, stack.popToMark())],
  [opcode.setItem, (stack) => stack.addToDict([stack.pop(), stack.pop()].reverse())],
  [opcode.setItems, (stack) => stack.addToDict(stack.popToMark())],

  [opcode.memoize, (stack) => stack.memoize()],
  [opcode.put, (stack) => stack.memoize(indexOfLine(stack.source.line()))],
  [opcode.binPut, (stack) => stack.memoize(stack.source.uint8())],
  [opcode.longBinPut, (stack) => stack.memoize(stack.source.uint32())],
  [opcode.get, (stack) => stack.recall(indexOfLine(stack.source.line()))],
  [opcode.binGet, (stack) => stack.recall(stack.source.uint8())],
  [opcode.longBinGet, (stack) => stack.recall(stack.source.uint32())],
]);

function append(stack: PickleStack, items: readonly Item[]): void {
  const list = stack.topList();
  for (const item of items) list.push(item);
}

function pushTuple(stack: PickleStack, count: number): void {
  const items = Array.from({ length: count }, () => stack.pop());
  stack.push(tupleOf(items.reverse()));
}

function tupleOf(items: readonly Item[]): Tuple {
  if (items.length <= longestTuple) return new Tuple(...items);
  throw new PickleError(`the pickle holds a tuple of ${items.length} items, more than ${longestTuple}`);
}

function pushDict(stack: PickleStack, pairs: readonly Item[]): void {
  stack.push(new Map());
  stack.addToDict(pairs);
}

function pushText(stack: PickleStack, sizeBytes: number): void {
  stack.push(decodeText(stack.source.bytes(sizeBytes)));
}

function pushLong(stack: PickleStack, sizeBytes: number): void {
  if (sizeBytes < 0) throw new PickleError('the pickle is malformed: it holds an int of a negative length');
  if (sizeBytes > longestInt.bytes)
    throw new PickleError(`the pickle holds an int of ${sizeBytes} bytes, too long to read`);
  stack.push(narrowInt(decodeLong(stack.source.bytes(sizeBytes))));
}

/** Protocols 0 and 1 write True as `I01` and False as `I00`. */
function intOfLine(line: string): Item {
  if (line === '01') return true;
  if (line === '00') return false;
  return intOfDigits(line);
}

function intOfDigits(text: string): number | bigint {
  if (text.length > longestInt.digits) throw new PickleError('the pickle holds an int that is too long to read');
  if (!/^[+-]?\d+$/.test(text)) throw new PickleError(`the pickle is malformed: an int reads ${JSON.stringify(text)}`);
  return narrowInt(BigInt(text));
}

function floatOfLine(line: string): number {
  const special = new Map([
    ['inf', Infinity],
    ['-inf', -Infinity],
    ['nan', Number.NaN],
  ]).get(line);
  if (special !== undefined) return special;
  if (/^-?\d+(\.\d*)?(e[+-]?\d+)?$/i.test(line)) return Number(line);
  throw new PickleError('the pickle is malformed: a float is no number');
}

function indexOfLine(line: string): number {
  if (/^\d{1,10}$/.test(line)) return Number(line);
  throw new PickleError('the pickle is malformed: a place in the memo is no number');
}
