/**
 * A node of an article's tree: text inside, children, and the text after it (its tail), as in Python's ElementTree,
 * because where Python-Markdown looks for markup depends on which of these a text is.
 */
export class Element {
  tag: string;
  text = '';
  tail = '';
  /** Texts marked atomic hold no more markup. */
  isTextAtomic = false;
  isTailAtomic = false;
  private own: Map<string, string> | undefined;
  children: Element[] = [];

  constructor(tag: string) {
    this.tag = tag;
  }

  /** The attributes, to be changed. Most elements have none, so they are made when first asked for. */
  get attributes(): Map<string, string> {
    return (this.own ??= new Map());
  }

  /** The value of an attribute. */
  attribute(name: string): string | undefined {
    return this.own?.get(name);
  }

  /** The attributes in alphabetical order. */
  get sortedAttributes(): (readonly [name: string, value: string])[] {
    return this.own === undefined ? [] : [...this.own].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Adds a new last child. */
  add(tag: string): Element {
    const child = new Element(tag);
    this.children.push(child);
    return child;
  }

  /** The last child, if there is one. */
  get last(): Element | undefined {
    return this.children.at(-1);
  }

  /** Puts elements among the children; there may be more of them than a call can have arguments. */
  insert(index: number, elements: readonly Element[]): void {
    if (elements.length === 0) return;
    this.children = [...this.children.slice(0, index), ...elements, ...this.children.slice(index)];
  }

  /** Sets the text and says that it holds no markup. */
  setAtomicText(text: string): void {
    this.text = text;
    this.isTextAtomic = true;
  }

  /** Empties the element, its tail too. */
  clear(): void {
    this.text = '';
    this.tail = '';
    this.isTextAtomic = false;
    this.isTailAtomic = false;
    this.own = undefined;
    this.children.length = 0;
  }
}

/** An element and all that is in it, in the order of the document. */
export function walk(root: Element): Element[] {
  const all: Element[] = [];
  collect(root, all);
  return all;
}

function collect(element: Element, all: Element[]): void {
  all.push(element);
  for (const child of element.children) collect(child, all);
}

/** The first text-only code element of a `<pre>`, if that is what the element is. */
export function codeOf(element: Element | undefined): Element | undefined {
  const code = element?.tag === 'pre' ? element.children[0] : undefined;
  return code?.tag === 'code' ? code : undefined;
}

/** All text of an element and its descendants, without the element's own tail. */
export function textOf(element: Element): string {
  return element.text + element.children.map((child) => textOf(child) + child.tail).join('');
}
