/**
 * What an article may cost. Some texts make Python-Markdown's rules read the same characters again and again; where
 * the blog would hang, blogctl refuses the article instead. Counted in characters read, because a clock is no measure
 * that a pure function has.
 */
export class WorkBudget {
  private left: number;

  constructor(characters: number) {
    this.left = characters;
  }

  /** Books work; throws when the article has used up what it may cost. The reason is for the author, who can mend it. */
  spend(characters: number, reason = 'its markup makes the same text be read over and over'): void {
    this.left -= characters;
    if (this.left < 0) throw new Error(`The article is too tangled to be rendered within safe bounds: ${reason}.`);
  }
}

/** What one article may cost: about two seconds of a small server. A usual article costs a hundredth of it. */
export const maximumWork = 50_000_000;

/** How deep blocks, or HTML elements that hold Markdown, may lie in one another before the article is refused: Python's own stack ends at about this depth. */
export const maximumDepth = 400;

/** How many blocks an article may have. A book has fewer. */
export const maximumBlocks = 150_000;

/** How many footnotes an article may have, and how often it may refer to them. */
export const maximumFootnotes = 20_000;

/** How long an article may be, in characters. */
export const maximumLength = 8_000_000;

/** How much code of one article is coloured, in characters; what is beyond is shown without colours. */
export const maximumColoured = 400_000;
