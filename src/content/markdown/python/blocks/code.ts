import { escapeCode, stripEnd } from '../characters.ts';
import { codeOf, type Element } from '../element.ts';
import { indent, splitIndented } from './indentation.ts';
import type { BlockParser, BlockQueue } from './parser.ts';

/** Code, marked by an indent of four columns. Blank lines don't end it. */
export function codeBlock(_parser: BlockParser, parent: Element, blocks: BlockQueue): boolean {
  if (!blocks.peek().startsWith(indent)) return false;
  const before = codeOf(parent.last);
  const [indented, rest] = splitIndented(blocks.take());
  const code = escapeCode(stripEnd(indented));
  if (before !== undefined) before.setAtomicText(`${before.text}\n${code}\n`);
  else parent.add('pre').add('code').setAtomicText(`${code}\n`);
  if (rest !== '') blocks.putBack(rest);
  return true;
}
