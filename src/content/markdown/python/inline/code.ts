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

/** Finds the next run of exactly that many backticks. */
function findRun(text: InlineText, from: number, size: number): number {
  const { data } = text;
  let at = data.indexOf('`', from);
  while (at >= 0) {
    const end = endOfRun(data, at, '`');
    text.article.budget.spend(1);
    if (end - at === size) return at;
    at = data.indexOf('`', end);
  }
  text.article.budget.spend((data.length - from) / 16);
  return -1;
}

function endOfRun(data: string, at: number, character: string): number {
  let end = at;
  while (data.charAt(end) === character) end++;
  return end;
}
