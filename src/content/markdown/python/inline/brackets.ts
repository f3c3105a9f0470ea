import type { WorkBudget } from '../../bounds.ts';

interface Pairs {
  readonly data: string;
  readonly closing: Int32Array;
}

let known: Pairs = { data: '', closing: new Int32Array(0) };

/** The index of the bracket that closes the one at this index, or -1. Looked up for all brackets of a text at once. */
export function closingBracket(data: string, open: number, budget: WorkBudget): number {
  if (known.data !== data) {
    budget.spend(data.length / 4);
    known = { data, closing: pairsOf(data) };
  }
  return known.closing[open] ?? -1;
}

function pairsOf(data: string): Int32Array {
  const closing = new Int32Array(data.length).fill(-1);
  const open: number[] = [];
  for (let at = 0; at < data.length; at++) {
    const code = data.charCodeAt(at);
    if (code === 0x5b) open.push(at);
    else if (code === 0x5d) {
      const start = open.pop();
      if (start !== undefined) closing[start] = at;
    }
  }
  return closing;
}
