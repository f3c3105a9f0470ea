import { leadingHtmlPlaceholder } from '../article.ts';
import { Element } from '../element.ts';
import { withoutLinesAfter } from './indentation.ts';
import type { BlockParser, BlockQueue } from './parser.ts';

/** HTML that was marked `markdown="1"` (see `html/extractor.ts`): its texts are read as Markdown. */
export function markdownInHtml(parser: BlockParser, parent: Element, blocks: BlockQueue): boolean {
  const found = leadingHtmlPlaceholder.exec(blocks.peek());
  if (found === null) return false;
  const index = Number(found[1]);
  const element = parser.article.stash[index];
  if (!(element instanceof Element)) return false;
  blocks.take();
  readContent(parser, element);
  parent.children.push(element);
  parser.article.stash[index] = '';
  return true;
}

function readContent(parser: BlockParser, element: Element): void {
  const mode = element.attribute('markdown');
  element.attributes.delete('markdown');
  const own = [...element.children];
  for (const child of own) readContent(parser, child);
  if (mode === 'block') {
    readBlocks(parser, element, own);
  } else if (mode !== 'span') {
    element.isTextAtomic = true;
    for (const child of own) child.isTailAtomic = true;
  }
}

function readBlocks(parser: BlockParser, element: Element, own: readonly Element[]): void {
  const content: Element[] = [];
  const tails = own.map((child) => {
    const tail = child.tail;
    child.tail = '';
    return blocksOf(parser, tail);
  });
  const text = blocksOf(parser, element.text);
  element.text = '';
  for (const block of text) content.push(block);
  for (const [index, child] of own.entries()) {
    content.push(child);
    for (const block of tails[index] ?? []) content.push(block);
  }
  element.children = content;
}

function blocksOf(parser: BlockParser, text: string): Element[] {
  if (text === '') return [];
  const holder = new Element('div');
  parser.parseText(holder, withoutLinesAfter(text));
  return holder.children;
}
