import { Element } from '../element.ts';
import { footnoteId, uniqueReferenceId } from '../tree/footnotes.ts';
import type { InlineRule } from './rule.ts';

/** A footnote's number in the text: `[^1]`. */
export const footnoteReference: InlineRule = {
  trigger: '[^',
  isFinal: true,
  isNeeded: (article) => article.footnotes.size > 0,
  match({ data, article }, at) {
    const end = data.indexOf(']', at + 2);
    const id = data.slice(at + 2, end);
    if (end < 0) return data.length;
    if (!article.footnotes.has(id)) return end + 1;
    const node = new Element('sup');
    node.attributes.set('id', uniqueReferenceId(article, id));
    const link = node.add('a');
    link.attributes.set('href', `#${footnoteId(id)}`).set('class', 'footnote-ref');
    link.text = String(article.footnoteNumbers.get(id) ?? 0);
    return { start: at, end: end + 1, node };
  },
};
