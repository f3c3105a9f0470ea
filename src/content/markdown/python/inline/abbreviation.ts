import { isWordAt, isWordBefore } from '../characters.ts';
import { Element } from '../element.ts';
import type { InlineRule } from './rule.ts';

/** Marks each use of an abbreviation that the article explains. */
export function abbreviationUse(short: string, title: string): InlineRule {
  return {
    trigger: short,
    isFinal: true,
    match({ data, floor }, at) {
      const end = at + short.length;
      if (!isBoundary(data, at, floor) || !isBoundary(data, end, floor)) return undefined;
      const node = new Element('abbr');
      node.setAtomicText(short);
      node.attributes.set('title', title);
      return { start: at, end, node };
    },
  };
}

function isBoundary(data: string, at: number, floor: number): boolean {
  return (at > floor && isWordBefore(data, at)) !== isWordAt(data, at);
}
