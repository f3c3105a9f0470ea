import { isBlank, stripStart } from '../characters.ts';
import type { Element } from '../element.ts';
import type { BlockParser, BlockQueue } from './parser.ts';

/** All that is nothing else. In a tight list it is the item's own text. */
export function paragraph(parser: BlockParser, parent: Element, blocks: BlockQueue): boolean {
  const block = blocks.take();
  if (isBlank(block)) return true;
  const sibling = parent.last;
  if (!parser.isIn('list')) parent.add('p').text = stripStart(block);
  else if (sibling !== undefined) sibling.tail = sibling.tail === '' ? `\n${block}` : `${sibling.tail}\n${block}`;
  else parent.text = parent.text === '' ? stripStart(block) : `${parent.text}\n${block}`;
  return true;
}
