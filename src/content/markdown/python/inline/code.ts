import { ETX, STX, escapeCode, strip } from '../characters.ts';
import { Element } from '../element.ts';
import type { InlineMatch, InlineRule, InlineText } from './rule.ts';

/** Code between backticks, as many at its end as at its start; and the backslashes in front of it. */
export const inlineCode: InlineRule = {
  trigger: /[`\\]/g,
  isFinal: true,
  match(text, at) {
    if (at > text.floor && text.data.charAt(at - 1) === '\\') return undefined;
    return text.data.charAt(at) === '\\' ? backslashes(text.data, at) : code(text, at);
  },
};

function backslashes(data: string, at: number): InlineMatch | undefined {
  const end = endOfRun(data, at, '\\');
  if ((end - at) % 2 === 1 || data.charAt(end) !== '`') return undefined;
  return { start: at, end, node: `${STX}92${ETX}`.repeat((end - at) / 2) };
}

function code(text: InlineText, at: number): InlineMatch | number {
  const { data } = text;
  const runEnd = endOfRun(data, at, '`');
  for (let size = runEnd - at; size > 0; size--) {
    const close = findRun(text, runEnd, size);
    if (close < 0) continue;
    const node = new Element('code');
    node.setAtomicText(escapeCode(strip(data.slice(at + size, close))));
    return { start: at, end: close + size, node };
  }
  return runEnd;
}

interface Runs {
  readonly data: string;
  readonly bySize: ReadonlyMap<number, readonly number[]>;
}

let known: Runs = { data: '', bySize: new Map() };

/** Finds the next run of exactly that many backticks. All runs of a text are looked up at once. */
function findRun(text: InlineText, from: number, size: number): number {
  if (known.data !== text.data) known = { data: text.data, bySize: runsOf(text.data) };
  text.article.budget.spend(2);
  const starts = known.bySize.get(size) ?? [];
  let low = 0;
  for (let high = starts.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return starts[low] ?? -1;
}

function runsOf(data: string): Map<number, number[]> {
  const bySize = new Map<number, number[]>();
  for (let at = data.indexOf('`'); at >= 0;) {
    const end = endOfRun(data, at, '`');
    const starts = bySize.get(end - at);
    if (starts === undefined) bySize.set(end - at, [at]);
    else starts.push(at);
    at = data.indexOf('`', end);
  }
  return bySize;
}

function endOfRun(data: string, at: number, character: string): number {
  let end = at;
  while (data.charAt(end) === character) end++;
  return end;
}
