import { isBlank } from '../characters.ts';
import type { Element } from '../element.ts';
import { placeholderPrefix } from './placeholder.ts';

type Nodes = readonly (Element | string)[];

const number = /([0-9]+)\u0003/y;

/**
 * Cuts a text at its placeholders: the words go to the target's text (or tail), the elements are answered, each with the
 * words behind it as its tail. Elements are resolved the same way inside.
 */
export function placePieces(
  data: string,
  isAtomic: boolean,
  target: Element,
  isText: boolean,
  nodes: Nodes,
): Element[] {
  const made: Element[] = [];
  let start = 0;
  for (;;) {
    const at = data.indexOf(placeholderPrefix, start);
    if (at < 0) break;
    number.lastIndex = at + placeholderPrefix.length;
    const found = number.exec(data);
    const node = found === null ? undefined : nodes[Number(found[1])];
    if (found === null || node === undefined) {
      addWords(data.slice(start, at + placeholderPrefix.length), false, made, target, isText);
      start = at + placeholderPrefix.length;
      continue;
    }
    addWords(data.slice(start, at), false, made, target, isText);
    start = at + placeholderPrefix.length + found[0].length;
    if (typeof node === 'string') {
      addWords(node, false, made, target, isText);
    } else {
      resolve(node, nodes);
      made.push(node);
    }
  }
  addWords(data.slice(start), isAtomic, made, target, isText);
  return made;
}

function addWords(words: string, isAtomic: boolean, made: readonly Element[], target: Element, isText: boolean): void {
  if (words === '') return;
  const last = made.at(-1);
  if (last === undefined && isText) {
    target.isTextAtomic = isAtomic && target.text === '';
    target.text += words;
  } else {
    const holder = last ?? target;
    holder.isTailAtomic = isAtomic && holder.tail === '';
    holder.tail += words;
  }
}

/** Puts elements in the place of the placeholders in an element that markup has made. */
function resolve(node: Element, nodes: Nodes): void {
  for (const child of [node, ...node.children]) {
    if (!isBlank(child.tail)) {
      const tail = child.tail;
      const wasAtomic = child.isTailAtomic;
      child.tail = '';
      const made = placePieces(tail, wasAtomic, child, false, nodes);
      node.insert(child === node ? 0 : node.children.indexOf(child) + 1, made);
    }
    if (!isBlank(child.text)) {
      const text = child.text;
      const wasAtomic = child.isTextAtomic;
      child.text = '';
      child.insert(0, placePieces(text, wasAtomic, child, true, nodes));
    }
  }
}
