import { stripStart } from '../characters.ts';
import { Element } from '../element.ts';
import { indent } from './indentation.ts';
import type { BlockParser, BlockQueue, BlockRule } from './parser.ts';

const item = /^ {0,3}(?:\p{Nd}+\.|[*+-]) +([^\n]*)/u;
const indentedItem = /^ {4,7}(?:\p{Nd}+\.|[*+-]) +/u;

/** Numbered lists. */
export const orderedList: BlockRule = listRule('ol', /^ {0,3}\p{Nd}+\. +/u);
/** Lists with a mark. Which mark makes no difference: a list of one kind goes on in items of the other. */
export const unorderedList: BlockRule = listRule('ul', /^ {0,3}[*+-] +/);

function listRule(tag: string, start: RegExp): BlockRule {
  return (parser, parent, blocks) => {
    if (!start.test(blocks.peek())) return false;
    readList(parser, parent, blocks, tag);
    return true;
  };
}

function readList(parser: BlockParser, parent: Element, blocks: BlockQueue, tag: string): void {
  const items = itemsOf(blocks.take());
  const list = listFor(parent, tag);
  if (list.isContinued) {
    // An empty line lies between this item and the one before: both become paragraphs.
    loosen(list.element);
    const first = items.shift() ?? '';
    parser.within('looselist', () => parser.parseBlocks(list.element.add('li'), [first]));
  }
  parser.within('list', () => {
    for (const text of items) {
      const last = list.element.last;
      const target = text.startsWith(indent) && last !== undefined ? last : list.element.add('li');
      parser.parseBlocks(target, [text]);
    }
  });
}

function listFor(parent: Element, tag: string): { element: Element; isContinued: boolean } {
  const sibling = parent.last;
  if (sibling?.tag === 'ol' || sibling?.tag === 'ul') return { element: sibling, isContinued: true };
  if (parent.tag === 'ol' || parent.tag === 'ul') return { element: parent, isContinued: false };
  return { element: parent.add(tag), isContinued: false };
}

function loosen(list: Element): void {
  const last = list.last;
  if (last === undefined) return;
  wrapText(last);
  const child = last.last;
  if (child !== undefined && child.tail !== '') {
    last.add('p').text = stripStart(child.tail);
    child.tail = '';
  }
}

/** Moves the text of a list item into a paragraph of its own. */
export function wrapText(listItem: Element): void {
  if (listItem.text === '') return;
  const paragraph = new Element('p');
  paragraph.text = listItem.text;
  listItem.text = '';
  listItem.children.unshift(paragraph);
}

function itemsOf(block: string): string[] {
  const items: string[][] = [];
  for (const line of block.split('\n')) {
    const found = item.exec(line);
    const last = items.at(-1);
    if (found !== null) items.push([found[1] ?? '']);
    else if (last === undefined || (indentedItem.test(line) && last[0]?.startsWith(indent) !== true))
      items.push([line]);
    else last.push(line);
  }
  return items.map((lines) => lines.join('\n'));
}
