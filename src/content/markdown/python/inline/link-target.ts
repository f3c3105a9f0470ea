import type { WorkBudget } from '../../bounds.ts';
import { isSpace, strip } from '../characters.ts';

/** The part of a link in round brackets. */
export interface LinkTarget {
  readonly href: string;
  readonly title: string | undefined;
  readonly end: number;
}

const opening = /\(\s*(?:(<[^<>]*>)\s*(?:('[^']*'|"[^"]*")\s*)?\))?/y;

/** Reads `(address "title")`; nothing where the brackets don't close. */
export function readTarget(data: string, at: number, budget: WorkBudget): LinkTarget | undefined {
  opening.lastIndex = at;
  const found = opening.exec(data);
  if (found === null) return undefined;
  const end = at + found[0].length;
  if (found[1] !== undefined) {
    return { href: strip(found[1].slice(1, -1)), title: found[2]?.slice(1, -1), end };
  }
  const scan = new TargetScan(data, end);
  const target = scan.run();
  budget.spend(scan.position - end);
  return target;
}

/** Where a quoted title may begin and end; two kinds of quotes are followed, in case the first one is not a title. */
interface Quote {
  readonly mark: string;
  readonly start: number;
  exit: number;
}

/** Follows brackets and quotes to the end of a link, as Python-Markdown does; quotes may turn out not to be a title. */
class TargetScan {
  position: number;
  private readonly data: string;
  private readonly start: number;
  private brackets = 1;
  private fallback = 1;
  private fallbackEnd = -1;
  private quote: Quote | undefined;
  private otherQuote: Quote | undefined;
  /** The last character that is no space. */
  private last = '';

  constructor(data: string, start: number) {
    this.data = data;
    this.start = start;
    this.position = start;
  }

  run(): LinkTarget | undefined {
    while (this.position < this.data.length) {
      const character = this.data.charAt(this.position);
      if (character === '(') this.open();
      else if (character === ')') this.close();
      else if (character === '"' || character === "'") this.meetQuote(character);
      this.position++;
      if (this.brackets === 0) return this.finish();
      if (character !== ' ') this.last = character;
    }
    if (this.fallback !== 0) return undefined;
    // Where no bracket could be remembered, Python counts from the end of the text: -1 is its last character.
    const end = this.fallbackEnd < 0 ? this.data.length - 1 : this.fallbackEnd;
    return { href: this.data.slice(this.start, this.fallbackEnd - 1), title: undefined, end };
  }

  private open(): void {
    if (this.quote === undefined) this.brackets++;
    else if (this.fallback > 0) this.fallback--;
  }

  private close(): void {
    if (this.endsTitle(this.quote) || this.endsTitle(this.otherQuote)) this.brackets = 0;
    else if (this.quote === undefined) this.brackets--;
    else if (this.fallback > 0) {
      this.fallback--;
      if (this.fallback === 0) this.fallbackEnd = this.position + 1;
    }
  }

  private meetQuote(mark: string): void {
    const start = this.position + 1;
    if (this.quote === undefined) {
      this.fallback = this.brackets;
      this.brackets = 1;
      this.quote = { mark, start, exit: -1 };
    } else if (mark === this.quote.mark) this.quote.exit = start;
    else if (this.otherQuote === undefined) this.otherQuote = { mark, start, exit: -1 };
    else this.otherQuote.exit = start;
  }

  private endsTitle(quote: Quote | undefined): quote is Quote {
    return quote !== undefined && quote.exit >= 0 && quote.mark === this.last;
  }

  private finish(): LinkTarget {
    const quote = [this.quote, this.otherQuote].find((candidate) => this.endsTitle(candidate));
    if (quote === undefined) {
      return { href: this.data.slice(this.start, this.position - 1), title: undefined, end: this.position };
    }
    const title = this.data.slice(quote.start, quote.exit - 1);
    return { href: this.data.slice(this.start, quote.start - 1), title, end: this.position };
  }
}

/** A title as it stands on the page: on one line, without quotes of its own. */
export function cleanTitle(title: string): string {
  const text = strip(title);
  const isQuoted = /^(?:"[^]*"|'[^]*')$/.test(text);
  const bare = isQuoted ? text.slice(1, -1) : text;
  return Array.from(bare, (character) => (isSpace(character) ? ' ' : character)).join('');
}
