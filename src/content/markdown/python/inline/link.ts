import { strip } from '../characters.ts';
import { Element } from '../element.ts';
import { closingBracket } from './brackets.ts';
import { cleanTitle, readTarget } from './link-target.ts';
import { nodesAsText } from './placeholder.ts';
import type { InlineMatch, InlineRule, InlineText } from './rule.ts';

/** Links: `[text](address "title")`. */
export const link: InlineRule = {
  trigger: '[',
  isFinal: false,
  match(text, at) {
    if (isImage(text, at)) return undefined;
    return readLink(text, at, at, (label) => {
      const node = new Element('a');
      node.text = label;
      return node;
    });
  },
};

/** Images: `![text](address "title")`. */
export const image: InlineRule = {
  trigger: '![',
  isFinal: false,
  match(text, at) {
    return readLink(text, at, at + 1, (label) => {
      const node = new Element('img');
      node.attributes.set('alt', nodesAsText(label, text.nodes));
      return node;
    });
  },
};

/** Whether a bracket belongs to an image. */
export function isImage({ data, floor }: InlineText, bracket: number): boolean {
  return bracket > floor && data.charAt(bracket - 1) === '!';
}

function readLink(
  { data, article, nodes }: InlineText,
  start: number,
  bracket: number,
  make: (label: string) => Element,
): InlineMatch | undefined {
  const close = closingBracket(data, bracket, article.budget);
  if (close < 0) return undefined;
  const target = readTarget(data, close + 1, article.budget);
  if (target === undefined) return undefined;
  const node = make(data.slice(bracket + 1, close));
  node.attributes.set(node.tag === 'a' ? 'href' : 'src', strip(nodesAsText(target.href, nodes)));
  if (target.title !== undefined) node.attributes.set('title', cleanTitle(nodesAsText(strip(target.title), nodes)));
  return { start, end: target.end, node };
}
