import type { Article } from '../article.ts';
import type { Element } from '../element.ts';

/** A text in which a rule looks for its markup. */
export interface InlineText {
  readonly data: string;
  /** Where the part begins that is still open; a placeholder stands before it, when it is not the start of the text. */
  readonly floor: number;
  readonly article: Article;
  /** What stands behind the placeholders that earlier rules left. */
  readonly nodes: readonly (Element | string)[];
}

/** Markup that was found: what it becomes, and where it stood. */
export interface InlineMatch {
  readonly start: number;
  readonly end: number;
  readonly node: Element | string;
}

/**
 * One kind of markup inside a line. The rules are asked one after the other, each for the whole text (see `rules.ts`);
 * what a rule finds is replaced by a placeholder, so that the later ones don't look into it. Each kind is a file here.
 */
export interface InlineRule {
  /** What the markup begins with, or contains at the place where `match` is asked. */
  readonly trigger: string | RegExp;
  /** Whether a place where the markup was not found can be forgotten, whatever is replaced behind it. */
  readonly isFinal: boolean;
  /** Reads the markup at a trigger. A number means: there is none up to that index. */
  readonly match: (text: InlineText, at: number) => InlineMatch | number | undefined;
  /** Whether the article holds anything that the rule could find. */
  readonly isNeeded?: (article: Article) => boolean;
}
