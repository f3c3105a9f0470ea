import type { Article } from '../article.ts';
import { maximumDepth } from '../../bounds.ts';
import type { Element } from '../element.ts';

/** The blocks still to be read, the next one first; a rule may put a rest back. */
export class BlockQueue {
  private readonly reversed: string[];

  constructor(blocks: readonly string[]) {
    this.reversed = blocks.toReversed();
  }

  get length(): number {
    return this.reversed.length;
  }

  /** The block that many places from the front, left where it is; empty where there is none. */
  peek(offset = 0): string {
    return this.reversed[this.reversed.length - 1 - offset] ?? '';
  }

  /** Takes the next block away. */
  take(): string {
    return this.reversed.pop() ?? '';
  }

  /** Puts a block before all others. */
  putBack(block: string): void {
    this.reversed.push(block);
  }
}

/** How the paragraphs of the surrounding block are to be written. */
export type BlockState = 'list' | 'looselist' | 'blockquote' | 'detabbed';

/**
 * One kind of block. Asked with the next block at the front of the queue, it answers false and leaves everything as it
 * was, or takes the block, adds to the parent, may put a rest back, and answers true. The rules are asked in the order
 * of `rules.ts`; each kind is a file of this folder.
 */
export type BlockRule = (parser: BlockParser, parent: Element, blocks: BlockQueue) => boolean;

/** Reads text into blocks, rule by rule. */
export class BlockParser {
  readonly article: Article;
  private readonly rules: readonly BlockRule[];
  private readonly states: BlockState[] = [];
  private depth = 0;

  constructor(article: Article, rules: readonly BlockRule[]) {
    this.article = article;
    this.rules = rules;
  }

  /** Whether the innermost state is this one. */
  isIn(state: BlockState): boolean {
    return this.states.at(-1) === state;
  }

  /** Does something in a state. */
  within(state: BlockState, work: () => void): void {
    this.states.push(state);
    work();
    this.states.pop();
  }

  /** How deep the block now read lies in others. */
  get nesting(): number {
    return this.depth;
  }

  /** Books the reading of a block's characters; a long block of many parts is read again for each of them. */
  spend(characters: number): void {
    this.article.budget.spend(
      characters,
      'a block of it is too long for its many parts, empty lines between them help',
    );
  }

  /** Reads a text that may hold several blocks. */
  parseText(parent: Element, text: string): void {
    this.parseBlocks(parent, text.split('\n\n'));
  }

  /** Reads blocks, one after the other, into the parent. */
  parseBlocks(parent: Element, blocks: readonly string[]): void {
    if (this.depth >= maximumDepth) throw new Error(`The article nests blocks more than ${maximumDepth} levels deep.`);
    this.depth++;
    const queue = new BlockQueue(blocks);
    while (queue.length > 0) {
      this.spend(100 + queue.peek().length / 4);
      this.rules.some((rule) => rule(this, parent, queue));
    }
    this.depth--;
  }
}
