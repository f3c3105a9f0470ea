import { strip } from '../characters.ts';
import type { Element } from '../element.ts';
import { stableId } from '../stable-id.ts';
import { takeContainer } from './container.ts';
import type { BlockParser, BlockQueue } from './parser.ts';

const groupOpening = /^ {0,3}:::: *code-group *(?:\n|$)/;
const groupClosing = /(?:^|\n) {0,3}::::[ \n]*$/;
const itemOpening = /^ {0,3}::: *code-item(?: +([^\n]*))?(?:\n|$)/;
const itemClosing = /(?:^|\n) {0,3}:::[ \n]*$/;

/** Tabs of code: `:::: code-group` around items; the page's script makes the tabs' heads from the items' names. */
export function codeGroup(parser: BlockParser, parent: Element, blocks: BlockQueue): boolean {
  if (!groupOpening.test(blocks.peek())) return false;
  const content = takeContainer(parser.article.budget, blocks, groupOpening, groupClosing);
  if (content === undefined) return false;
  const group = parent.add('div');
  const id = stableId(parser.article, `group\n${content.join('\n\n')}`);
  group.attributes.set('class', 'tab-content code-group').set('id', `nav-${id}`);
  parser.parseBlocks(group, content);
  return true;
}

/** One tab of a code group: `::: code-item NAME` around a fence. */
export function codeItem(parser: BlockParser, parent: Element, blocks: BlockQueue): boolean {
  const found = itemOpening.exec(blocks.peek());
  if (found === null) return false;
  const content = takeContainer(parser.article.budget, blocks, itemOpening, itemClosing);
  if (content === undefined) return false;
  const name = strip(found[1] ?? '');
  const pane = parent.add('div');
  const id = stableId(parser.article, `item\n${name}\n${content.join('\n\n')}`);
  pane.attributes
    .set('class', 'tab-pane fade')
    .set('id', `nav-${id}`)
    .set('role', 'tabpanel')
    .set('data-code-id', id)
    .set('data-code-name', name)
    .set('aria-labelledby', `nav-${id}-tab`);
  parser.parseBlocks(pane, content);
  return true;
}
