import { type Article, stashHtml } from '../article.ts';
import { ampersand } from '../characters.ts';
import { Element } from '../element.ts';
import { nodesAsHtml, nodesAsText } from './placeholder.ts';
import type { InlineRule, InlineText } from './rule.ts';

/** Addresses in angle brackets: `<https://example.com>`. */
export const autolink = patternRule('<', /<((?:[Ff]|[Hh][Tt])[Tt][Pp][Ss]?:\/\/[^<>]*)>/y, (text, address) => {
  const node = new Element('a');
  node.attributes.set('href', nodesAsText(address, text.nodes));
  node.setAtomicText(address);
  return node;
});

/** Mail addresses in angle brackets, written as character references so that they are harder to collect. */
export const autoMail = patternRule('<', /<([^<> !]+@[^@<> ]+)>/y, (text, address) => {
  const mail = nodesAsText(address, text.nodes).replace(/^mailto:/, '');
  const node = new Element('a');
  node.setAtomicText(asReferences(mail));
  node.attributes.set('href', asReferences(`mailto:${mail}`));
  return node;
});

/** HTML tags and comments inside a text. */
export const inlineHtml = patternRule(
  '<',
  /<((?:\/?[a-zA-Z][^<>@ ]*(?: [^<>]*)?|!--(?:(?!<!--|-->).)*--))>/sy,
  (text, html) => stashed(text.article, `<${html}>`, text),
);

/** Entities, which stay what they are. */
export const entity: InlineRule = {
  ...patternRule('&', /&((?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z0-9]+));/y, (text, name) => {
    return stashed(text.article, `&${name};`, text);
  }),
  isFinal: true,
};

/** A line's end after two spaces. */
export const lineBreak: InlineRule = {
  trigger: '  \n',
  isFinal: true,
  match: (_text, at) => ({ start: at, end: at + 3, node: new Element('br') }),
};

function patternRule(
  trigger: string,
  pattern: RegExp,
  make: (text: InlineText, inner: string) => Element | string,
): InlineRule {
  return {
    trigger,
    isFinal: false,
    match(text, at) {
      pattern.lastIndex = at;
      const found = pattern.exec(text.data);
      text.article.budget.spend(found?.[0].length ?? 4);
      if (found === null) return undefined;
      return { start: at, end: at + found[0].length, node: make(text, found[1] ?? '') };
    },
  };
}

function stashed(article: Article, html: string, text: InlineText): string {
  return stashHtml(article, nodesAsHtml(html, text.nodes));
}

function asReferences(text: string): string {
  return Array.from(text, (character) => `${ampersand}#${character.codePointAt(0) ?? 0};`).join('');
}
