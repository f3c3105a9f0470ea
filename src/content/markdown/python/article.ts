import type { WorkBudget } from '../bounds.ts';
import { ETX, STX } from './characters.ts';
import type { Element } from './element.ts';

/** Where a link of the form `[text][name]` points to. */
export interface Reference {
  readonly href: string;
  readonly title: string;
}

/** What the rules share while one article is rendered. */
export interface Article {
  readonly budget: WorkBudget;
  /** Finished HTML, taken out of the text; a placeholder stands where it belongs. */
  readonly stash: (string | Element)[];
  readonly references: Map<string, Reference>;
  readonly footnotes: Map<string, string>;
  /** Their numbers on the page; known when all of the article's blocks are read. */
  readonly footnoteNumbers: Map<string, number>;
  readonly footnoteReferences: Map<string, number>;
  readonly usedFootnoteReferences: Set<string>;
  readonly abbreviations: Map<string, string>;
  readonly usedIds: Set<string>;
}

/** Starts an empty article. */
export function newArticle(budget: WorkBudget): Article {
  return {
    budget,
    stash: [],
    references: new Map(),
    footnotes: new Map(),
    footnoteNumbers: new Map(),
    footnoteReferences: new Map(),
    usedFootnoteReferences: new Set(),
    abbreviations: new Map(),
    usedIds: new Set(),
  };
}

/** Finds the placeholders of stashed HTML in a text. */
export const htmlPlaceholder = new RegExp(`${STX}wzxhzdk:([0-9]+)${ETX}`, 'g');
/** Finds such a placeholder at the start of a text. */
export const leadingHtmlPlaceholder = new RegExp(`^${STX}wzxhzdk:([0-9]+)${ETX}`);

/** Takes a piece of HTML out of the text; answers the placeholder to leave in its place. */
export function stashHtml(article: Article, html: string | Element): string {
  article.stash.push(html);
  return placeholderOf(article.stash.length - 1);
}

/** The placeholder of the stashed piece of that number. */
export function placeholderOf(index: number): string {
  return `${STX}wzxhzdk:${index}${ETX}`;
}
