import { codeOf, type Element } from '../element.ts';
import type { BlockParser, BlockQueue } from './parser.ts';

/** Empty lines: nothing, except after a code block, which keeps them in case it goes on. */
export function emptyBlock(_parser: BlockParser, parent: Element, blocks: BlockQueue): boolean {
  const block = blocks.peek();
  if (block !== '' && !block.startsWith('\n')) return false;
  blocks.take();
  if (block.length > 1) blocks.putBack(block.slice(1));
  codeOf(parent.last)?.setAtomicText(`${codeOf(parent.last)?.text ?? ''}${block === '' ? '\n\n' : '\n'}`);
  return true;
}
