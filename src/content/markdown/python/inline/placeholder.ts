import { ETX, STX } from '../characters.ts';
import { type Element, textOf } from '../element.ts';
import { serialize } from '../serialize.ts';

/** What a placeholder of inline markup begins with. */
export const placeholderPrefix = `${STX}klzzwxh:`;
/** Finds the placeholders of inline markup. */
export const inlinePlaceholder = new RegExp(`${placeholderPrefix}([0-9]+)${ETX}`, 'g');

type Nodes = readonly (Element | string)[];

/** The placeholder of the node of that number. */
export function nodePlaceholder(index: number): string {
  return `${placeholderPrefix}${String(index).padStart(4, '0')}${ETX}`;
}

/** Puts back the text of markup, for places such as addresses and titles where markup is not wanted. */
export function nodesAsText(text: string, nodes: Nodes): string {
  if (!text.includes(STX)) return text;
  return text.replace(inlinePlaceholder, (all: string, index: string) => {
    const node = nodes[Number(index)];
    if (node === undefined) return all;
    return typeof node === 'string' ? node : textOf(node);
  });
}

/** Puts back markup as HTML, for raw HTML that has it inside. */
export function nodesAsHtml(text: string, nodes: Nodes): string {
  if (!text.includes(STX)) return text;
  return text.replace(inlinePlaceholder, (_all: string, index: string) => {
    const node = nodes[Number(index)];
    if (node === undefined) return '';
    return typeof node === 'string' ? `\\${node}` : serialize(node);
  });
}
