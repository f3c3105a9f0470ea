import { type Article, stashHtml } from '../article.ts';
import { blockLevelTags, isBlockLevel } from '../block-level.ts';
import { isBlank } from '../characters.ts';
import { MarkdownElements } from './markdown-elements.ts';
import { type HtmlEvents, HtmlScanner } from './scanner.ts';
import type { Attributes } from './tags.ts';

const blankLine = /(?: *\n){2}/y;

/**
 * Takes the HTML blocks out of an article's text and leaves placeholders. HTML inside a line stays: the inline rules
 * know it. Blocks marked `markdown="1"` become elements, whose texts are read as Markdown later.
 */
export function extractHtml(article: Article, source: string, readsMarkdown: boolean): string {
  if (!/[<&]/.test(source)) return source;
  return new HtmlExtractor(article, source, readsMarkdown).run();
}

class HtmlExtractor implements HtmlEvents {
  private readonly article: Article;
  private readonly scanner: HtmlScanner;
  private readonly elements: MarkdownElements;
  private readonly text: string[] = [];
  /** The raw block being read, and the tags open in it. */
  private raw: string[] = [];
  private openTags: string[] = [];
  private isInRaw = false;
  /** Behind a block, on its last line: tags there begin new blocks. */
  private isInTail = false;

  constructor(article: Article, source: string, readsMarkdown: boolean) {
    this.article = article;
    this.scanner = new HtmlScanner(source, this);
    this.elements = new MarkdownElements(readsMarkdown);
  }

  run(): string {
    this.scanner.run();
    if (this.raw.length > 0) this.text.push(stashHtml(this.article, this.raw.join('')));
    if (this.elements.isOpen) this.closeElement(this.elements.outermost, '');
    return this.text.join('');
  }

  startTag(tag: string, attributes: Attributes, source: string): void {
    const isBlock = blockLevelTags.has(tag) && (this.isAtLineStart() || this.isInTail);
    if (tag === 'hr' && (isBlock || this.isInRaw)) this.standalone(withoutMarkdownAttribute(attributes, source), true);
    else if (this.isInRaw) this.addRaw(tag, source, isBlock && this.isInTail);
    else if (!isBlock) this.inlineTag(tag, source);
    else this.openBlock(tag, attributes, source);
  }

  startEndTag(tag: string, attributes: Attributes, source: string): void {
    this.standalone(tag === 'hr' ? withoutMarkdownAttribute(attributes, source) : source, isBlockLevel(tag));
  }

  endTag(tag: string): void {
    const source = this.endTagSource(tag);
    this.spend(this.elements.depth);
    if (this.isInRaw) this.endRaw(tag, source);
    else if (blockLevelTags.has(tag) && this.elements.has(tag)) this.closeElement(tag, source);
    else this.data(this.elements.isOff ? stashHtml(this.article, source) : source);
  }

  other(source: string, isBlock: boolean): void {
    this.standalone(source, isBlock);
  }

  data(text: string): void {
    if (this.isInTail && text.includes('\n')) this.isInTail = false;
    if (this.isInRaw) this.raw.push(text);
    else if (this.elements.isOpen) this.elements.addText(text);
    else this.text.push(text);
  }

  spend(characters: number): void {
    this.article.budget.spend(characters + 10);
  }

  allowsDeclarations(): boolean {
    return this.isAtLineStart() || this.isInTail || this.elements.isOpen;
  }

  private inlineTag(tag: string, source: string): void {
    this.data(this.elements.isOff ? stashHtml(this.article, source) : source);
    if (tag === 'script' || tag === 'style') this.scanner.endRawText();
  }

  private openBlock(tag: string, attributes: Attributes, source: string): void {
    const mode = this.elements.modeFor(tag, attributes);
    if (mode === undefined) {
      this.isInRaw = true;
      this.addRaw(tag, source, true);
      return;
    }
    // A paragraph ends where a block begins.
    if (this.elements.has('p')) this.closeElement('p', this.endTagSource('p'));
    this.elements.open(tag, attributes, mode);
  }

  private addRaw(tag: string, source: string, isSeparate: boolean): void {
    if (isSeparate) this.text.push('\n');
    this.openTags.push(tag);
    this.raw.push(source);
  }

  private endRaw(tag: string, source: string): void {
    this.raw.push(source);
    const opened = this.openTags.lastIndexOf(tag);
    const reason = 'too many HTML elements are open in one another';
    this.article.budget.spend((this.openTags.length - Math.max(0, opened)) / 4, reason);
    if (opened >= 0) this.openTags.length = opened;
    if (this.openTags.length > 0) return;
    if (this.isBlankBehind(source)) this.raw.push('\n');
    else this.isInTail = true;
    this.isInRaw = false;
    this.text.push(stashHtml(this.article, this.raw.join('')), '\n\n');
    this.raw = [];
  }

  private closeElement(tag: string, source: string): void {
    const whole = this.elements.close(tag);
    if (whole === undefined) return;
    this.separate();
    this.text.push(stashHtml(this.article, whole), '\n\n');
    if (!this.isBlankBehind(source)) this.isInTail = true;
  }

  private standalone(source: string, isBlock: boolean): void {
    if (!this.isInRaw && this.elements.isOpen) {
      const placeholder = stashHtml(this.article, source);
      this.data(isBlock && this.isAtLineStart() ? `\n${placeholder}\n\n` : placeholder);
    } else if (this.isInRaw || this.isInTail) {
      this.raw.push(source);
    } else if (isBlock && this.isAtLineStart()) {
      const isAlone = this.isBlankBehind(source);
      if (!isAlone) this.isInTail = true;
      this.separate();
      this.text.push(stashHtml(this.article, isAlone ? `${source}\n` : source), '\n\n');
    } else {
      this.text.push(source);
    }
  }

  /** Makes sure that an empty line lies before a block. */
  private separate(): void {
    const before = this.text.at(-1) ?? '';
    if (before.endsWith('\n') && !before.endsWith('\n\n')) this.text.push('\n');
  }

  private isBlankBehind(source: string): boolean {
    const { scanner } = this;
    blankLine.lastIndex = scanner.lineStart + scanner.offset + source.length;
    return blankLine.test(scanner.source);
  }

  private isAtLineStart(): boolean {
    const { offset, lineStart, source } = this.scanner;
    return offset === 0 || (offset <= 3 && isBlank(source.slice(lineStart, lineStart + offset)));
  }

  /** An end tag as it is written, or as it should be where the scanner looks in the wrong place for it. */
  private endTagSource(tag: string): string {
    const { source, lineStart, offset } = this.scanner;
    const start = lineStart + offset;
    const end = source.indexOf('>', start);
    return end < 0 ? `</${tag}>` : source.slice(start, end + 1);
  }
}

function withoutMarkdownAttribute(attributes: Attributes, source: string): string {
  if (!attributes.some(([name]) => name === 'markdown')) return source;
  const others = attributes.filter(([name]) => name !== 'markdown');
  return `<hr${others.map(([name, value]) => ` ${name}="${value ?? name}"`).join('')}>`;
}
