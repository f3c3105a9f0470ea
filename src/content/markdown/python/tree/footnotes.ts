import { maximumFootnotes } from '../../bounds.ts';
import type { Article } from '../article.ts';
import type { BlockParser } from '../blocks/parser.ts';
import { ETX, STX } from '../characters.ts';
import { Element, walk } from '../element.ts';

const placeMarker = '///Footnotes Go Here///';
const backText = `${STX}zz1337820767766393qq${ETX}`;
const fixedSpace = `${STX}qq3936677670287331zz${ETX}`;

/** The id of a footnote's text. */
export function footnoteId(id: string): string {
  return `fn:${id}`;
}

/** The id of a reference to a footnote: `fnref:1`, for the second one `fnref2:1`. */
export function uniqueReferenceId(article: Article, id: string): string {
  const original = `fnref:${id}`;
  let reference = original;
  const before = article.footnoteReferences.get(original) ?? 0;
  for (let count = Math.max(2, before + 1); article.usedFootnoteReferences.has(reference); count++) {
    reference = `fnref${count}:${id}`;
  }
  article.usedFootnoteReferences.add(reference);
  if (article.usedFootnoteReferences.size > maximumFootnotes)
    throw new Error(`The article refers to its footnotes more than ${maximumFootnotes} times.`);
  article.footnoteReferences.set(original, before + 1);
  return reference;
}

/** Adds the texts of the footnotes to the end of the page, or where the article says they go. */
export function addFootnotes(root: Element, parser: BlockParser): void {
  const { footnotes: texts, footnoteNumbers } = parser.article;
  if (texts.size === 0) return;
  const footnotes = buildFootnotes(parser);
  for (const id of texts.keys()) footnoteNumbers.set(id, footnoteNumbers.size + 1);
  const place = findPlace(root);
  if (place === undefined) {
    root.children.push(footnotes);
  } else if (place.isText) {
    place.parent.children.splice(place.index, 1, footnotes);
  } else {
    place.parent.children.splice(place.index + 1, 0, footnotes);
    place.child.tail = '';
  }
}

function buildFootnotes(parser: BlockParser): Element {
  const whole = new Element('div');
  whole.attributes.set('class', 'footnote');
  whole.add('hr');
  const list = whole.add('ol');
  const texts = parser.article.footnotes;
  for (const [id, text] of texts) {
    // What the last footnote defines in its own text gets a number, but no place on the page, as on the blog.
    const isLast = list.children.length + 1 === texts.size;
    const item = list.add('li');
    item.attributes.set('id', footnoteId(id));
    const holder = new Element('div');
    parser.parseText(holder, text);
    item.children = holder.children;
    const back = new Element('a');
    const title = `Jump back to footnote ${list.children.length} in the text`;
    back.attributes.set('href', `#fnref:${id}`).set('class', 'footnote-backref').set('title', title);
    back.text = backText;
    const last = item.last;
    if (last?.tag === 'p') {
      last.text += fixedSpace;
      last.children.push(back);
    } else if (last !== undefined) {
      item.add('p').children.push(back);
    }
    if (isLast) break;
  }
  return whole;
}

interface Place {
  readonly parent: Element;
  readonly child: Element;
  readonly index: number;
  readonly isText: boolean;
}

function findPlace(parent: Element): Place | undefined {
  for (const [index, child] of parent.children.entries()) {
    if (child.text.includes(placeMarker)) return { parent, child, index, isText: true };
    if (child.tail.includes(placeMarker)) return { parent, child, index, isText: false };
    const deeper = findPlace(child);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

/** Gives a footnote that is referred to several times a way back to each of them. */
export function addWaysBack(root: Element, article: Article): void {
  if (article.footnotes.size === 0) return;
  for (const whole of walk(root)) {
    if (whole.tag !== 'div' || whole.attributes.get('class') !== 'footnote') continue;
    const list = walk(whole).find(({ tag }) => tag === 'ol');
    for (const item of list?.children ?? []) addWays(item, article);
  }
}

function addWays(item: Element, article: Article): void {
  const id = (item.attributes.get('id') ?? '').replace(/^[^:]*:/, '');
  const count = article.footnoteReferences.get(`fnref:${id}`) ?? 0;
  const link = walk(item).find(({ tag, attributes }) => tag === 'a' && attributes.get('class') === 'footnote-backref');
  if (link === undefined) return;
  for (let number = 2; number <= count; number++) {
    const copy = new Element('a');
    for (const [name, value] of link.sortedAttributes) copy.attributes.set(name, value);
    copy.attributes.set('href', `#fnref${number}:${id}`);
    copy.text = link.text;
    copy.tail = link.tail;
    item.last?.children.push(copy);
  }
}

/** Puts the signs of the footnotes in their places, at the very end: no rule takes them for markup. */
export function finishFootnotes(html: string): string {
  return html.replaceAll(backText, '&#8617;').replaceAll(fixedSpace, '&#160;');
}
