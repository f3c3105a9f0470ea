import { strip } from '../characters.ts';
import type { Element } from '../element.ts';
import type { BlockParser, BlockQueue } from './parser.ts';

const quoted = /(?:^|\n) {0,3}> ?/;
const mark = /^ {0,3}> ?([^\n]*)/;
/** Deeper than this the marks are text: there Python's own stack comes near its end. */
const deepest = 290;

/** Quotes: from the first line with a mark to the end of the block, with or without marks on the lines between. */
export function blockQuote(parser: BlockParser, parent: Element, blocks: BlockQueue): boolean {
  const found = quoted.exec(blocks.peek());
  parser.spend((found?.index ?? blocks.peek().length) / 4);
  if (found === null || parser.nesting > deepest) return false;
  const block = blocks.take();
  parser.parseBlocks(parent, [block.slice(0, found.index)]);
  const text = block.slice(found.index).split('\n').map(withoutMark).join('\n');
  const quote = parent.last?.tag === 'blockquote' ? parent.last : parent.add('blockquote');
  parser.within('blockquote', () => parser.parseText(quote, text));
  return true;
}

function withoutMark(line: string): string {
  if (strip(line) === '>') return '';
  return mark.exec(line)?.[1] ?? line;
}
