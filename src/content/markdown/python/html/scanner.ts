import { strip } from '../characters.ts';
import {
  type Attributes,
  declarationEnd,
  declarationKind,
  readAttributes,
  startTagEnd,
  tagNamePattern,
} from './tags.ts';

/** What the scanner finds, in the order of the text. */
export interface HtmlEvents {
  startTag(tag: string, attributes: Attributes, source: string): void;
  startEndTag(tag: string, attributes: Attributes, source: string): void;
  endTag(tag: string): void;
  /** A reference, comment, declaration or instruction. */
  other(source: string, isBlock: boolean): void;
  data(text: string): void;
  /** Books the reading of so many characters. */
  spend(characters: number): void;
  /** Whether declarations and instructions count at this place; elsewhere they are text. */
  allowsDeclarations(): boolean;
}

const endTag = /<\/\s*([a-zA-Z][-.a-zA-Z0-9:_]*)\s*>/y;
const characterReference = /&#(?:[0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F]/y;
const entityReference = /&([a-zA-Z][-.a-zA-Z0-9]*);/y;
const rawTextTags = new Set(['script', 'style']);

/**
 * Finds HTML in a text in the way of Python's own HTML parser, which is forgiving, reads most broken tags as text and
 * has habits of its own; each of them shows on the page. Characters before `position` have been told of.
 */
export class HtmlScanner {
  /** The text, or after a broken reference what was left of it. */
  source: string;
  position = 0;
  /** Lines begun before the position, counted from the very start of the text. */
  line = 0;
  private column = 0;
  private rawTextTag: string | undefined;
  private readonly events: HtmlEvents;
  private cutStarts: number[] | undefined;
  /** Where the next line ends. */
  private nextFeed: number;
  /** What begins and is never closed: it is not sought again. */
  private readonly unclosed = new Set<string>();

  constructor(source: string, events: HtmlEvents) {
    this.source = source;
    this.events = events;
    this.nextFeed = this.feedFrom(0);
  }

  /** Reads the whole text. */
  run(): void {
    this.readOn(false);
    this.cut();
    this.readOn(true);
    this.cut();
    if (this.source !== '') this.events.data(this.source);
  }

  /** Ends the mode in which the contents of a script or style are not looked at. */
  endRawText(): void {
    this.rawTextTag = undefined;
  }

  /** How far the position is from the start of its line. */
  get offset(): number {
    return this.column;
  }

  /**
   * Where the current line starts. After a cut the lines are still counted from the start of the text, so this is off
   * on purpose: the blog's own parser looks in the same wrong place.
   */
  get lineStart(): number {
    if (this.cutStarts === undefined) return this.position - this.column;
    if (this.line === 0) return 0;
    return this.cutStarts[this.line] ?? (this.source.includes('\n') ? this.source.lastIndexOf('\n') : 0);
  }

  private cut(): void {
    if (this.position === 0) return;
    this.source = this.source.slice(this.position);
    this.position = 0;
    this.nextFeed = this.feedFrom(0);
    this.cutStarts = [0];
    for (let at = this.source.indexOf('\n'); at >= 0; at = this.source.indexOf('\n', at + 1))
      this.cutStarts.push(at + 1);
  }

  private advance(to: number): void {
    let last = -1;
    while (this.nextFeed < to) {
      this.line++;
      last = this.nextFeed;
      this.nextFeed = this.feedFrom(last + 1);
    }
    this.column = last >= 0 ? to - last - 1 : this.column + Math.max(0, to - this.position);
    this.position = to;
  }

  private feedFrom(index: number): number {
    const at = this.source.indexOf('\n', index);
    return at < 0 ? Infinity : at;
  }

  private readOn(isEnd: boolean): void {
    while (this.position < this.source.length) {
      const next = this.nextInteresting();
      if (next === undefined) break;
      if (next > this.position) this.events.data(this.source.slice(this.position, next));
      this.advance(next);
      if (next === this.source.length) break;
      const after = this.source.startsWith('<', next) ? this.readMarkup(next, isEnd) : this.readReference(next);
      if (after === undefined) break;
      this.advance(after);
    }
    if (isEnd && this.position < this.source.length && this.rawTextTag === undefined) {
      this.events.data(this.source.slice(this.position));
      this.advance(this.source.length);
    }
  }

  private nextInteresting(): number | undefined {
    if (this.rawTextTag === undefined) {
      const interesting = /[&<]/g;
      interesting.lastIndex = this.position;
      return interesting.exec(this.source)?.index ?? this.source.length;
    }
    const closing = new RegExp(`</\\s*${this.rawTextTag}\\s*>`, 'gi');
    closing.lastIndex = this.position;
    return closing.exec(this.source)?.index;
  }

  private readMarkup(at: number, isEnd: boolean): number | undefined {
    const { source } = this;
    let after: number;
    if (/[a-zA-Z]/.test(source.charAt(at + 1))) after = this.readStartTag(at);
    else if (source.startsWith('</', at)) after = this.readEndTag(at);
    else if (/[!?]/.test(source.charAt(at + 1))) after = this.readDeclaration(at);
    else if (at + 1 < source.length) {
      this.events.data('<');
      after = at + 1;
    } else return undefined;
    if (after >= 0) return after;
    return isEnd ? this.skipUnfinished(at) : undefined;
  }

  private skipUnfinished(at: number): number {
    const close = this.unclosed.has('>') ? -1 : this.source.indexOf('>', at + 1);
    if (close < 0) this.unclosed.add('>');
    const open = this.source.indexOf('<', at + 1);
    const after = close >= 0 ? close + 1 : open >= 0 ? open : at + 1;
    this.events.data(this.source.slice(at, after));
    return after;
  }

  private readStartTag(at: number): number {
    const [end, scanned] = startTagEnd(this.source, at);
    this.events.spend(scanned - at);
    if (end < 0) {
      this.events.data('<');
      return at + 1;
    }
    const text = this.source.slice(at, end);
    const name = tagNamePattern.exec(text)?.[1] ?? '';
    const [attributes, after] = readAttributes(text);
    const close = strip(text.slice(after));
    const tag = name.toLowerCase();
    if (close === '/>') {
      this.events.startEndTag(tag, attributes, text);
    } else if (close === '>') {
      if (rawTextTags.has(tag)) this.rawTextTag = tag;
      this.events.startTag(tag, attributes, text);
    } else {
      this.events.data(text);
    }
    return end;
  }

  private readEndTag(at: number): number {
    const close = this.unclosed.has('>') ? 0 : this.source.indexOf('>', at + 1) + 1;
    if (close === 0) {
      this.unclosed.add('>');
      return -1;
    }
    endTag.lastIndex = at;
    const name = endTag.exec(this.source)?.[1]?.toLowerCase();
    if (this.rawTextTag !== undefined && name !== this.rawTextTag) {
      this.events.data(this.source.slice(at, close));
      return close;
    }
    if (name !== undefined) {
      this.events.endTag(name);
      this.rawTextTag = undefined;
      return close;
    }
    const loose = tagNamePattern.exec(`<${this.source.slice(at + 2, close)}`);
    if (loose !== null) {
      this.events.endTag((loose[1] ?? '').toLowerCase());
      return this.source.indexOf('>', at + 1 + loose[0].length) + 1;
    }
    if (close === at + 3) return close;
    this.events.other(this.source.slice(at, close), false);
    return close;
  }

  private readDeclaration(at: number): number {
    const isComment = this.source.startsWith('<!--', at);
    if (!isComment && !this.events.allowsDeclarations()) {
      this.events.data(this.source.slice(at, at + 2));
      return at + 2;
    }
    const kind = declarationKind(this.source, at);
    const found = this.unclosed.has(kind) ? undefined : declarationEnd(this.source, at, kind);
    if (found === undefined) {
      this.unclosed.add(kind);
      return -1;
    }
    this.events.other(found.text, found.isBlock);
    return found.end;
  }

  private readReference(at: number): number | undefined {
    const { source } = this;
    const isNumber = source.startsWith('&#', at);
    const pattern = isNumber ? characterReference : entityReference;
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    if (found !== undefined) {
      const name = isNumber ? found.slice(0, -1) : found.replace(/;$/, '');
      this.events.other(`${name};`, false);
      return found.endsWith(';') ? at + found.length : at + found.length - 1;
    }
    if (isNumber) {
      // A broken number ends the first reading; the second one starts behind it, with the text cut off before.
      if (source.includes(';', at)) {
        this.events.data('&#');
        this.advance(at + 2);
      }
      return undefined;
    }
    if (at + 1 >= source.length) return undefined;
    this.events.data('&');
    return at + 1;
  }
}
