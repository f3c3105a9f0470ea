import { attributesOf } from '../attributes.ts';
import { isBlockLevel } from '../block-level.ts';
import { stripEnd, stripEndOf } from '../characters.ts';
import { type Element, walk } from '../element.ts';

const list = '\\{:?[ ]*([^}\\n ][^}\\n]*)[ ]*\\}';
const behindTitle = new RegExp(` +${list} *\\n?$`);
const onLastLine = new RegExp(`\\n *${list} *\\n?$`);
const behindInline = new RegExp(`^${list}`);
const noName = new RegExp(
  '[^A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c-\\u200d\\u2070-\\u218f' +
    '\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd:\\-.0-9\\u00b7\\u0300-\\u036f\\u203f-\\u2040]+',
  'g',
);

/** Gives elements the attributes that are written behind them: `{: #id .class key="value"}`. */
export function applyAttributeLists(root: Element): void {
  for (const element of walk(root)) {
    if (!isBlockLevel(element.tag)) {
      const found = element.tail.startsWith('{') ? behindInline.exec(element.tail) : null;
      if (found === null) continue;
      assign(element, found[1] ?? '');
      element.tail = element.tail.slice(found[0].length);
    } else {
      applyToBlock(element);
    }
  }
}

function applyToBlock(element: Element): void {
  const isHeading = /^h[1-6]$/.test(element.tag);
  const pattern = isHeading || ['dt', 'td', 'th'].includes(element.tag) ? behindTitle : onLastLine;
  const holder = tailHolder(element);
  const text = holder === undefined ? element.text : holder.tail;
  const found = text.includes('{') ? pattern.exec(text) : null;
  if (found === null) return;
  assign(element, found[1] ?? '');
  const before = text.slice(0, found.index);

  const rest = isHeading ? stripEnd(stripEndOf(before, '#')) : before;
  if (holder === undefined) element.text = rest;
  else holder.tail = rest;
}

/** The child behind which an element's own text ends; nothing where it ends before the children. */
function tailHolder({ tag, children }: Element): Element | undefined {
  const last = children.at(-1);
  if (tag !== 'li') return last !== undefined && last.tail !== '' ? last : undefined;
  const list = children.findIndex((child) => child.tag === 'ul' || child.tag === 'ol');
  const candidate = list < 0 ? last : children[list - 1];
  return candidate !== undefined && candidate.tail !== '' ? candidate : undefined;
}

function assign(element: Element, text: string): void {
  for (const [name, value] of attributesOf(text)) {
    if (name !== '.') {
      element.attributes.set(name.replace(noName, '_'), value);
      continue;
    }
    const classes = element.attributes.get('class') ?? '';
    element.attributes.set('class', classes === '' ? value : `${classes} ${value}`);
  }
}
