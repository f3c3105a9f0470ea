import { Element } from '../element.ts';
import type { InlineRule } from './rule.ts';

/** Text that is struck out: `~~text~~`. */
export const deleted: InlineRule = {
  trigger: '~~',
  isFinal: false,
  match({ data, article }, at) {
    const end = data.indexOf('~~', at + 3);
    if (end < 0) {
      article.budget.spend((data.length - at) / 16);
      return undefined;
    }
    const node = new Element('del');
    node.text = data.slice(at + 2, end);
    return { start: at, end: end + 2, node };
  },
};
