import { maximumFootnotes } from '../../bounds.ts';
import { isBlank, stripEnd, stripOf } from '../characters.ts';
import type { Element } from '../element.ts';
import { findDefinition } from './definition-line.ts';
import { dedent, indent, withoutLinesAfter, withoutLinesBefore } from './indentation.ts';
import type { BlockParser, BlockQueue } from './parser.ts';

const opening = / {0,3}\[\^/y;
const definition = / {0,3}\[\^([^\]]*)\]: *([^\n]*)/y;

/** The text of a footnote: `[^1]: …`. It is kept for the end of the page. */
export function footnoteDefinition(parser: BlockParser, _parent: Element, blocks: BlockQueue): boolean {
  const found = blocks.peek().includes('[^') ? find(blocks.peek()) : null;
  if (found === null) return false;
  const block = blocks.take();
  const first = found[2] ?? '';
  const rest = withoutLinesBefore(block.slice(found.index + found[0].length));
  const next = find(rest);
  const parts: string[] = [];
  if (next !== null) {
    const before = withoutLinesAfter(rest.slice(0, next.index));
    parts.push(withoutLinesBefore(`${first}\n${dedent(before)}`));
    blocks.putBack(rest.slice(next.index));
  } else {
    parts.push(stripOf(`${first}\n${dedent(rest)}`, '\n'), ...takeIndented(blocks));
  }
  const { footnotes } = parser.article;
  footnotes.set(found[1] ?? '', stripEnd(parts.join('\n\n')));
  if (footnotes.size > maximumFootnotes) throw new Error(`The article has more than ${maximumFootnotes} footnotes.`);
  const above = block.slice(0, found.index);
  if (!isBlank(above)) blocks.putBack(withoutLinesAfter(above));
  return true;
}

function takeIndented(blocks: BlockQueue): string[] {
  const taken: string[] = [];
  while (blocks.length > 0 && blocks.peek().startsWith(indent)) {
    const block = blocks.take();
    const next = find(block);
    if (next !== null) {
      taken.push(dedent(withoutLinesAfter(block.slice(0, next.index))));
      blocks.putBack(block.slice(next.index));
      break;
    }
    taken.push(dedent(block));
  }
  return taken;
}

function find(block: string): RegExpExecArray | null {
  return findDefinition(block, opening, [']:'], definition);
}
