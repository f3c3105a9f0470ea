import type { Article, Reference } from '../article.ts';
import { spaceClass } from '../characters.ts';
import { Element } from '../element.ts';
import { closingBracket } from './brackets.ts';
import { isImage } from './link.ts';
import { nodesAsText } from './placeholder.ts';
import type { InlineRule, InlineText } from './rule.ts';

const name = new RegExp(`[${spaceClass}]?\\[([^\\]]*)\\]`, 'y');
const spaces = new RegExp(`[${spaceClass}]+`, 'g');

/** Links whose address stands elsewhere: `[text][name]`, `[name][]`. */
export const referenceLink = referenceRule('[', readName, makeLink);
/** The same for images: `![text][name]`. */
export const referenceImage = referenceRule('![', readName, makeImage);
/** Links by their text alone: `[name]`. */
export const shortReferenceLink = referenceRule('[', (_text, end, label) => [label, end], makeLink);
/** Images by their text alone: `![name]`. */
export const shortReferenceImage = referenceRule('![', (_text, end, label) => [label, end], makeImage);

type ReadName = (text: InlineText, end: number, label: string) => [name: string, end: number] | undefined;
type Make = (reference: Reference, label: string, text: InlineText) => Element;

function referenceRule(trigger: string, readId: ReadName, make: Make): InlineRule {
  return {
    trigger,
    isFinal: false,
    isNeeded: (article: Article) => article.references.size > 0,
    match(text, at) {
      const bracket = at + trigger.length - 1;
      if (trigger === '[' && isImage(text, at)) return undefined;
      const close = closingBracket(text.data, bracket, text.article.budget);
      if (close < 0) return undefined;
      const label = text.data.slice(bracket + 1, close);
      const found = readId(text, close + 1, label);
      if (found === undefined) return undefined;
      const reference = text.article.references.get(found[0].toLowerCase().replace(spaces, ' '));
      if (reference === undefined) return found[1];
      return { start: at, end: found[1], node: make(reference, label, text) };
    },
  };
}

function readName({ data }: InlineText, end: number, label: string): [string, number] | undefined {
  name.lastIndex = end;
  const found = name.exec(data);
  if (found === null) return undefined;
  return [found[1] || label, end + found[0].length];
}

function makeLink({ href, title }: Reference, label: string): Element {
  const node = new Element('a');
  node.attributes.set('href', href);
  if (title !== '') node.attributes.set('title', title);
  node.text = label;
  return node;
}

function makeImage({ href, title }: Reference, label: string, { nodes }: InlineText): Element {
  const node = new Element('img');
  node.attributes.set('src', href);
  if (title !== '') node.attributes.set('title', title);
  node.attributes.set('alt', nodesAsText(label, nodes));
  return node;
}
