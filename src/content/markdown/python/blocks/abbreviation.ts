import { strip } from '../characters.ts';
import type { Element } from '../element.ts';
import { findDefinition } from './definition-line.ts';
import type { BlockParser, BlockQueue } from './parser.ts';
import { putBackAround } from './reference.ts';

const opening = /\*\[/y;
const definition = /\*\[([^\]]*)\] ?: *\n? *([^\n]*)/y;

/** What an abbreviation is short for: `*[HTML]: Hyper Text Markup Language`. Leaves nothing on the page. */
export function abbreviationDefinition(parser: BlockParser, _parent: Element, blocks: BlockQueue): boolean {
  const block = blocks.peek();
  const found = block.includes('*[') ? findDefinition(block, opening, [']:', '] :'], definition) : null;
  if (found === null) return false;
  const short = strip(found[1] ?? '');
  const { abbreviations } = parser.article;
  abbreviations.delete(short);
  abbreviations.set(short, strip(found[2] ?? ''));
  putBackAround(blocks, blocks.take(), found.index, found.index + found[0].length);
  return true;
}
