import type { WorkBudget } from '../../bounds.ts';
import type { BlockQueue } from './parser.ts';

/**
 * Finds the block that ends with a closing line of colons and takes everything up to it. Answers the blocks in between,
 * the opening line already cut off the first, or nothing where no line closes.
 */
export function takeContainer(
  budget: WorkBudget,
  blocks: BlockQueue,
  opening: RegExp,
  closing: RegExp,
): string[] | undefined {
  for (let offset = 0; offset < blocks.length; offset++) {
    budget.spend(10);
    const isClosed = closing.test(offset === 0 ? blocks.peek().replace(opening, '') : blocks.peek(offset));
    if (!isClosed) continue;
    const taken = Array.from({ length: offset + 1 }, () => blocks.take());
    taken[0] = (taken[0] ?? '').replace(opening, '');
    taken[offset] = (taken[offset] ?? '').replace(closing, '');
    return taken;
  }
  return undefined;
}
