import { maximumDepth } from '../../bounds.ts';
import { blockLevelTags } from '../block-level.ts';
import { Element } from '../element.ts';
import type { Attributes } from './tags.ts';

const spanTags = new Set('address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th'.split(' '));
const rawTags = new Set('canvas math option pre script style textarea'.split(' '));

/** How the contents of an element are read: as blocks, as running text, or not at all. */
export type Mode = 'block' | 'span' | 'off';

/** The tree of an HTML block that is marked `markdown="1"`, while it is being read. */
export class MarkdownElements {
  private readonly isEnabled: boolean;
  private readonly path: { readonly element: Element; readonly mode: Mode }[] = [];

  constructor(isEnabled: boolean) {
    this.isEnabled = isEnabled;
  }

  /** Whether such a block is being read. */
  get isOpen(): boolean {
    return this.path.length > 0;
  }

  /** How many elements are open in one another. */
  get depth(): number {
    return this.path.length;
  }

  /** Whether the innermost element's contents are not read as Markdown. */
  get isOff(): boolean {
    return this.path.at(-1)?.mode === 'off';
  }

  /** The tag of the block itself. */
  get outermost(): string {
    return this.path[0]?.element.tag ?? '';
  }

  /** Whether an element with this tag is open. */
  has(tag: string): boolean {
    return this.path.some(({ element }) => element.tag === tag);
  }

  /** How an element's contents would be read here; nothing for an element that is plain HTML. */
  modeFor(tag: string, attributes: Attributes): Mode | undefined {
    const written = attributes.find(([name]) => name === 'markdown');
    const mode = this.modeOf(tag, written === undefined ? '0' : (written[1] ?? 'markdown'));
    return !this.isEnabled || (mode === 'off' && !this.isOpen) ? undefined : mode;
  }

  /** Opens an element; refuses one that lies too deep, because every tag is compared with all that are open. */
  open(tag: string, attributes: Attributes, mode: Mode): void {
    if (this.depth >= maximumDepth)
      throw new Error(`The article nests HTML elements that hold Markdown more than ${maximumDepth} levels deep.`);
    const element = new Element(tag);
    for (const [name, value] of attributes) element.attributes.set(name, value ?? name);
    element.attributes.set('markdown', mode);
    this.path.at(-1)?.element.children.push(element);
    this.path.push({ element, mode });
  }

  /** Closes an element and all that is open in it; answers the block when nothing is left open. */
  close(tag: string): Element | undefined {
    const whole = this.path[0]?.element;
    const opened = this.path.findLastIndex(({ element }) => element.tag === tag);
    if (opened >= 0) this.path.length = opened;
    return this.isOpen ? undefined : whole;
  }

  /** Adds text where the reading stands. */
  addText(text: string): void {
    const parent = this.path.at(-1)?.element;
    if (parent === undefined) return;
    if (parent.last === undefined) parent.text += text;
    else parent.last.tail += text;
  }

  private modeOf(tag: string, written: string): Mode {
    const parent = this.path.at(-1)?.mode;
    let wanted = written === 'markdown' ? '1' : written;
    if (parent === 'off' || (parent === 'span' && wanted !== '0')) wanted = parent;
    const isSpan = spanTags.has(tag);
    const isBlock = blockLevelTags.has(tag) && !isSpan && !rawTags.has(tag) && tag !== 'hr';
    if ((wanted === '1' && isBlock) || (wanted === 'block' && (isBlock || isSpan))) return 'block';
    if ((wanted === '1' && isSpan) || (wanted === 'span' && (isBlock || isSpan))) return 'span';
    return 'off';
  }
}
