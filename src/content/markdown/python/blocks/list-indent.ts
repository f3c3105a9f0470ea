import type { Element } from '../element.ts';
import { dedent, indent } from './indentation.ts';
import { wrapText } from './list.ts';
import type { BlockParser, BlockRule } from './parser.ts';

/** Which elements hold the indented blocks that follow them. */
interface ListKind {
  readonly items: readonly string[];
  readonly lists: readonly string[];
  readonly newItem: string;
}

/** What is indented under an item of a list belongs to it. */
export const listContinuation: BlockRule = continuationOf({ items: ['li'], lists: ['ul', 'ol'], newItem: 'li' });
/** The same for the definitions of a definition list. */
export const definitionContinuation: BlockRule = continuationOf({
  items: ['dd', 'li'],
  lists: ['dl', 'ol', 'ul'],
  newItem: 'dd',
});

function continuationOf(kind: ListKind): BlockRule {
  return (parser, parent, blocks) => {
    const isInList =
      kind.items.includes(parent.tag) || (parent.last !== undefined && kind.lists.includes(parent.last.tag));
    if (!blocks.peek().startsWith(indent) || parser.isIn('detabbed') || !isInList) return false;
    const block = blocks.take();
    const [level, holder] = findLevel(parser, parent, block, kind);
    parser.within('detabbed', () => readInto(parser, parent, holder, dedent(block, level), kind));
    return true;
  };
}

function readInto(parser: BlockParser, parent: Element, holder: Element, block: string, kind: ListKind): void {
  const last = holder.last;
  if (kind.items.includes(parent.tag)) {
    const list = parent.last;
    parser.parseBlocks(list !== undefined && kind.lists.includes(list.tag) ? list : parent, [block]);
  } else if (kind.items.includes(holder.tag)) {
    parser.parseBlocks(holder, [block]);
  } else if (last !== undefined && kind.items.includes(last.tag)) {
    wrapText(last);
    parser.parseText(last, block);
  } else {
    parser.parseBlocks(holder.add(kind.newItem), [block]);
  }
}

/** Goes down to the innermost list that the block's indent reaches; answers how many levels that were. */
function findLevel(parser: BlockParser, parent: Element, block: string, kind: ListKind): [number, Element] {
  const levels = Math.floor((/^ +/.exec(block)?.[0].length ?? 0) / indent.length);
  let level = parser.isIn('list') ? 1 : 0;
  let holder = parent;
  while (levels > level) {
    const child = holder.last;
    if (child === undefined) break;
    const isList = kind.lists.includes(child.tag);
    if (!isList && !kind.items.includes(child.tag)) break;
    if (isList) level++;
    holder = child;
  }
  return [level, holder];
}
