import { ETX, STX } from '../characters.ts';
import { type Element, walk } from '../element.ts';

const escaped = new RegExp(`${STX}(\\d+)${ETX}`, 'g');

/** Puts back the characters that were escaped by a backslash. */
export function unescapeText(text: string): string {
  if (!text.includes(STX)) return text;
  return text.replace(escaped, (_all: string, code: string) => String.fromCodePoint(Number(code)));
}

/** Does so in a whole tree, attributes included; in code nothing was escaped. */
export function unescapeTree(root: Element): void {
  for (const element of walk(root)) {
    if (element.tag !== 'code') element.text = unescapeText(element.text);
    element.tail = unescapeText(element.tail);
    for (const [name, value] of element.sortedAttributes) {
      if (value.includes(STX)) element.attributes.set(name, unescapeText(value));
    }
  }
}
