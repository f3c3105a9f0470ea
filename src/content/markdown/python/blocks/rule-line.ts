import type { Element } from '../element.ts';
import { withoutLinesAfter, withoutLinesBefore } from './indentation.ts';
import type { BlockParser, BlockQueue } from './parser.ts';

const ruleLine = /^ {0,3}(?=((?:-+ {0,2}){3,}|(?:_+ {0,2}){3,}|(?:\*+ {0,2}){3,}))\1 *$/;

/** A line across the page, on any line of a block. */
export function horizontalRule(parser: BlockParser, parent: Element, blocks: BlockQueue): boolean {
  const found = findRule(blocks.peek());
  parser.spend((found?.[0] ?? blocks.peek().length) / 4);
  if (found === undefined) return false;
  const block = blocks.take();
  const before = withoutLinesAfter(block.slice(0, found[0]));
  if (before !== '') parser.parseBlocks(parent, [before]);
  parent.add('hr');
  const after = withoutLinesBefore(block.slice(found[1]));
  if (after !== '') blocks.putBack(after);
  return true;
}

function findRule(block: string): [start: number, end: number] | undefined {
  for (let start = 0; start <= block.length;) {
    const feed = block.indexOf('\n', start);
    const end = feed < 0 ? block.length : feed;
    if (mayBeRule(block, start) && ruleLine.test(block.slice(start, end))) return [start, end];
    start = end + 1;
  }
  return undefined;
}

function mayBeRule(block: string, start: number): boolean {
  let at = start;
  while (at < start + 3 && block.charAt(at) === ' ') at++;
  const mark = block.charAt(at);
  return mark === '-' || mark === '_' || mark === '*';
}
