import { Element } from '../element.ts';
import type { InlineRule } from './rule.ts';

const icon = /icon:([a-z0-9][a-z0-9-]*)/y;

/** A sign of the blog's icon font: `icon:name`. */
export const iconSign: InlineRule = {
  trigger: 'icon:',
  isFinal: true,
  match({ data, floor }, at) {
    // "favicon:" is a word, not a sign.
    if (at > floor && /[A-Za-z0-9_-]/.test(data.charAt(at - 1))) return undefined;
    icon.lastIndex = at;
    const found = icon.exec(data);
    if (found === null) return undefined;
    const node = new Element('i');
    node.attributes.set('class', `fa fa-${found[1] ?? ''}`);
    return { start: at, end: at + found[0].length, node };
  },
};
