import { nestContents } from '../../contents.ts';
import { slugOf, UniqueIds } from '../../slug.ts';
import type { Article } from '../article.ts';
import { escapeCode, strip } from '../characters.ts';
import { Element, textOf, walk } from '../element.ts';
import { decodeEntities } from '../entities.ts';
import { stashedText } from '../stash.ts';
import { layOut } from './layout.ts';
import { unescapeText } from './unescape.ts';

const heading = /^[Hh]([1-6])/;
const marker = '[TOC]';

interface Entry {
  readonly level: number;
  readonly id: string;
  readonly name: string;
}

/** Gives every heading an id and answers the table of contents; it also takes the place of `[TOC]`. */
export function addContents(root: Element, article: Article): Element {
  const used = new UniqueIds(walk(root).flatMap((element) => element.attribute('id') ?? []));
  const entries: Entry[] = [];
  for (const element of walk(root)) {
    const level = heading.exec(element.tag)?.[1];
    if (level !== undefined) entries.push(nameHeading(element, Number(level), used, article));
  }
  const contents = buildContents(entries);
  replaceMarker(root, contents, () => article.budget.spend(200 * entries.length));
  return contents;
}

function nameHeading(element: Element, level: number, used: UniqueIds, article: Article): Entry {
  const text = headingText(element);
  const { attributes } = element;
  let id = attributes.get('id');
  if (id === undefined) {
    id = used.take(slugOf(unescapeText(stashedText(article, text, false))));
    attributes.set('id', id);
  }
  const name = stashedText(article, escapeCode(attributes.get('data-toc-label') ?? text), true);
  attributes.delete('data-toc-label');
  element.tag = `h${level}`;
  return { level, id, name };
}

/** The words of a heading; in code and the like, where nothing is markup, entities are decoded. */
function headingText(element: Element): string {
  const parts: string[] = [];
  const collect = (node: Element): void => {
    parts.push(node.isTextAtomic ? decodeEntities(node.text) : node.text);
    for (const child of node.children) {
      collect(child);
      parts.push(child.isTailAtomic ? decodeEntities(child.tail) : child.tail);
    }
  };
  collect(element);
  return strip(parts.join(''));
}

function buildContents(entries: readonly Entry[]): Element {
  const whole = new Element('div');
  whole.attributes.set('class', 'toc');
  addList(nestContents(entries), whole);
  layOut(whole);
  return whole;
}

function addList(nodes: ReturnType<typeof nestContents<Entry>>, parent: Element): void {
  const list = parent.add('ul');
  for (const { entry, children } of nodes) {
    const item = list.add('li');
    const link = item.add('a');
    link.text = entry.name;
    link.attributes.set('href', `#${entry.id}`);
    if (children.length > 0) addList(children, item);
  }
}

function replaceMarker(parent: Element, contents: Element, book: () => void): void {
  for (const [index, child] of parent.children.entries()) {
    if (child === contents || heading.test(child.tag) || child.tag === 'pre' || child.tag === 'code') continue;
    if (child.children.length === 0 && strip(child.text) === marker && strip(textOf(child)) !== '') {
      book();
      parent.children[index] = contents;
    } else {
      replaceMarker(child, contents, book);
    }
  }
}
