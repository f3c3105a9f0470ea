import { strip } from '../characters.ts';
import type { Element } from '../element.ts';
import { takeContainer } from './container.ts';
import type { BlockParser, BlockQueue } from './parser.ts';

const opening = /^ {0,3}::: *(primary|secondary|success|danger|warning|info)(?: +([^\n]*))?(?:\n|$)/;
const closing = /(?:^|\n) {0,3}:::[ \n]*$/;

/** Boxes for what readers must not miss: `::: warning Title`, any blocks, and `:::` to close. */
export function alert(parser: BlockParser, parent: Element, blocks: BlockQueue): boolean {
  if (!blocks.peek().trimStart().startsWith(':::')) return false;
  const found = opening.exec(blocks.peek());
  if (found === null) return false;
  const [, kind = '', title = ''] = found;
  const content = takeContainer(parser.article.budget, blocks, opening, closing);
  if (content === undefined) return false;

  const box = parent.add('div');
  box.attributes.set('class', `alert alert-${kind}`).set('role', 'alert');
  if (strip(title) !== '') addTitle(box, kind, strip(title));
  parser.parseBlocks(box, content);
  return true;
}

function addTitle(box: Element, kind: string, title: string): void {
  const strong = box.add('p').add('strong');
  const sign = kind === 'warning' || kind === 'danger' ? 'warning' : 'info-circle';
  strong.add('i').attributes.set('class', `fa fa-${sign} mr-1`);
  strong.add('span').text = title;
}
