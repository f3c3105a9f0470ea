import { isBlank, spaceClass, strip, stripEndOf, stripStartOf } from '../characters.ts';
import type { Element } from '../element.ts';
import { withoutLinesAfter, withoutLinesBefore } from './indentation.ts';
import type { BlockParser, BlockQueue } from './parser.ts';

const definition = new RegExp(
  `(?<![^\\n]) {0,3}\\[([^\\[\\]]*)\\]: *\\n? *([^${spaceClass}]+) *(?:\\n *)?` +
    `((["'])([^\\n]*)\\4 *|\\(([^\\n]*)\\) *)?(?![^\\n])`,
);

/** Where links point to: `[name]: address "title"`. Leaves nothing on the page. */
export function referenceDefinition(parser: BlockParser, _parent: Element, blocks: BlockQueue): boolean {
  if (!blocks.peek().includes(']:')) return false;
  const found = definition.exec(blocks.peek());
  if (found === null) return false;
  const block = blocks.take();
  const [all, name = '', address = '', , , quotedTitle, bracketedTitle] = found;
  const href = stripEndOf(stripStartOf(address, '<'), '>');
  parser.article.references.set(strip(name).toLowerCase(), { href, title: quotedTitle || bracketedTitle || '' });
  putBackAround(blocks, block, found.index, found.index + all.length);
  return true;
}

/** Puts back what stands before and after the part of a block that has been used. */
export function putBackAround(blocks: BlockQueue, block: string, start: number, end: number): void {
  if (!isBlank(block.slice(end))) blocks.putBack(withoutLinesBefore(block.slice(end)));
  if (!isBlank(block.slice(0, start))) blocks.putBack(withoutLinesAfter(block.slice(0, start)));
}
