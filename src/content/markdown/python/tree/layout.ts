import { isBlockLevel } from '../block-level.ts';
import { isBlank, stripEnd } from '../characters.ts';
import { codeOf, type Element, walk } from '../element.ts';

/** Puts blocks on lines of their own. Readers don't see it, but rules for finished HTML rely on it (`checklist.ts`). */
export function layOut(root: Element): void {
  separate(root);
  for (const element of walk(root)) {
    if (element.tag === 'br') element.tail = isBlank(element.tail) ? '\n' : `\n${element.tail}`;
    const code = codeOf(element);
    if (code !== undefined && code.children.length === 0 && code.text !== '') code.text = `${stripEnd(code.text)}\n`;
  }
}

function separate(element: Element): void {
  const { tag, children } = element;
  if (isBlockLevel(tag) && tag !== 'code' && tag !== 'pre') {
    const first = children[0];
    if (isBlank(element.text) && first !== undefined && isBlockLevel(first.tag)) element.text = '\n';
    for (const child of children) if (isBlockLevel(child.tag)) separate(child);
  }
  if (isBlank(element.tail)) element.tail = '\n';
}
