import { opcode } from './opcodes.ts';
import { PickleError } from './pickle-error.ts';
import type { PickleStack } from './stack.ts';

/** Opcodes of real pickles that hold no plain data, each with what it would make. */
const refusals: ReadonlyMap<number, string> = new Map([
  [opcode.binBytes, 'Python bytes'],
  [opcode.shortBinBytes, 'Python bytes'],
  [opcode.binBytes8, 'Python bytes'],
  [opcode.byteArray8, 'a Python bytearray'],
  [opcode.nextBuffer, 'an out-of-band buffer'],
  [opcode.readonlyBuffer, 'an out-of-band buffer'],
  [opcode.string, 'a Python 2 string'],
  [opcode.binString, 'a Python 2 string'],
  [opcode.shortBinString, 'a Python 2 string'],
  [opcode.emptySet, 'a Python set'],
  [opcode.addItems, 'a Python set'],
  [opcode.frozenSet, 'a Python frozenset'],
  [opcode.persId, 'a persistent id'],
  [opcode.binPersId, 'a persistent id'],
  [opcode.ext1, 'an object of a registered extension'],
  [opcode.ext2, 'an object of a registered extension'],
  [opcode.ext4, 'an object of a registered extension'],
  [opcode.reduce, 'a call of a Python function'],
  [opcode.build, 'a Python object'],
  [opcode.obj, 'a Python object'],
  [opcode.newObj, 'a Python object'],
  [opcode.newObjEx, 'a Python object'],
]);

/** Why an opcode is refused; names the class or function that it would have looked up. Nothing is ever looked up. */
export function refusalOf(code: number, stack: PickleStack): PickleError {
  const at = stack.source.at - 1;
  if (code === opcode.global || code === opcode.inst) {
    return notPlain(`the Python object ${nameOf(stack.source.line(), stack.source.line())}`, at);
  }
  if (code === opcode.stackGlobal) {
    const name = stack.pop();
    return notPlain(`the Python object ${nameOf(stack.pop(), name)}`, at);
  }
  const what = refusals.get(code);
  if (what !== undefined) return notPlain(what, at);
  return new PickleError(
    `the pickle is malformed: 0x${code.toString(16).padStart(2, '0')} has no meaning at byte ${at}`,
  );
}

function notPlain(what: string, at: number): PickleError {
  return new PickleError(`the pickle holds ${what} (byte ${at}), which is no plain data and was not loaded`);
}

/** A module and a name for a message: short, and free of control characters. */
function nameOf(module: unknown, name: unknown): string {
  const text = `${String(module)}.${String(name)}`.replace(/[^\x20-\x7e]/g, '?');
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
