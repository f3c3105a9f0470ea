import type { Element } from './element.ts';

const emptyTags = new Set('area base basefont br col frame hr img input isindex link meta param'.split(' '));
const looseAmpersand = /&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)/gi;

/** Writes an element as XHTML, as Python-Markdown does: attributes in alphabetical order, entities left as they are. */
export function serialize(element: Element): string {
  const parts: string[] = [];
  write(element, parts);
  return parts.join('');
}

function write(element: Element, parts: string[]): void {
  const { tag } = element;
  const name = tag.toLowerCase();
  parts.push('<', tag);
  for (const [key, value] of element.sortedAttributes) parts.push(` ${key}="${escapeAttribute(value)}"`);
  if (emptyTags.has(name)) {
    parts.push(' />');
  } else {
    parts.push('>');
    if (element.text !== '')
      parts.push(name === 'script' || name === 'style' ? element.text : escapeText(element.text));
    for (const child of element.children) write(child, parts);
    parts.push('</', tag, '>');
  }
  if (element.tail !== '') parts.push(escapeText(element.tail));
}

/** Escapes running text; an ampersand that begins an entity stays. */
export function escapeText(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replace(looseAmpersand, '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Escapes the value of an attribute. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}
