/** A text whose language is sought, with what several languages look for in it. */
export class Evidence {
  readonly text: string;
  private xml: boolean | undefined;
  private readonly scores = new Map<Analyser, number>();

  constructor(text: string) {
    this.text = text;
  }

  /** Whether the text holds this. */
  has(part: string): boolean {
    return this.text.includes(part);
  }

  /** Whether the pattern is found in the text. */
  matches(pattern: RegExp): boolean {
    return pattern.test(this.text);
  }

  /** Whether the first line names this program to run the text with. */
  isRunBy(program: RegExp): boolean {
    const line = (this.text.split('\n', 1)[0] ?? '').toLowerCase();
    if (!line.startsWith('#!')) return false;
    const last = line
      .slice(2)
      .trim()
      .split(/[/\\ ]/)
      .filter((word) => word !== '' && !word.startsWith('-'))
      .at(-1);
    return last !== undefined && new RegExp(`^(?:${program.source})(?:\\.(?:exe|cmd|bat|bin))?$`).test(last);
  }

  /** Whether the text begins as an HTML page does. */
  get isHtmlPage(): boolean {
    const name = /<!DOCTYPE\s+([a-zA-Z_][a-zA-Z0-9]*)[^>]*>/.exec(this.text)?.[1];
    return name?.toLowerCase().startsWith('html') === true;
  }

  /** Whether the text has an XML declaration, a document type, or a tag that is closed. */
  get looksLikeXml(): boolean {
    this.xml ??=
      /^\s*<\?xml[^>]*\?>/i.test(this.text) || /<!DOCTYPE\s+[a-zA-Z_][^>]*>/.test(this.text) || this.hasClosedTag();
    return this.xml;
  }

  /** What another language's analyser makes of the text. */
  scoreOf(analyser: Analyser): number {
    let score = this.scores.get(analyser);
    if (score === undefined) {
      score = Math.min(1, Math.max(0, Number(analyser(this))));
      this.scores.set(analyser, score);
    }
    return score;
  }

  private hasClosedTag(): boolean {
    const start = this.text.slice(0, 1000);
    const open = start.indexOf('<');
    const end = open < 0 ? -1 : start.indexOf('>', open + 2);
    const closing = end < 0 ? -1 : start.indexOf('</', end + 1);
    return closing >= 0 && start.indexOf('>', closing + 3) >= 0;
  }
}

/** Says how sure a language is of a text: from 0, not at all, to 1, which ends the search. */
export type Analyser = (evidence: Evidence) => number | boolean;

/** A language, by the name that Pygments gives it, and its analyser. */
export type Claim = readonly [alias: string, analyser: Analyser];
