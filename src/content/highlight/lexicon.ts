import type { ColourClass } from './palette.ts';

/** What a kind of word looks like, and its class, which may depend on the word. The pattern must not be empty. */
export type Entry = readonly [pattern: RegExp, colour: ColourClass | ((word: string) => ColourClass)];

/** Words and signs of a language, the more particular ones first. */
export class Lexicon {
  private readonly entries: readonly Entry[];
  private compiled: RegExp | undefined;

  constructor(entries: readonly Entry[]) {
    this.entries = entries;
  }

  /**
   * Cuts a part of the code into words with their classes. The patterns see all of the code around the part, so that
   * they may depend on what stands before or behind a word.
   */
  read(code: string, start: number, end: number, put: (text: string, colour: ColourClass) => void): void {
    const pattern = (this.compiled ??= compile(this.entries));
    let at = start;
    let plain = start;
    while (at < end) {
      pattern.lastIndex = at;
      const found = pattern.exec(code);
      if (found === null || found[0] === '') {
        at++;
        continue;
      }
      if (plain < at) put(code.slice(plain, at), '');
      const word = code.slice(at, Math.min(end, at + found[0].length));
      put(word, this.colourOf(found, word));
      at += word.length;
      plain = at;
    }
    if (plain < end) put(code.slice(plain, end), '');
  }

  private colourOf(found: RegExpExecArray, word: string): ColourClass {
    for (let group = 1; group < found.length; group++) {
      if (found[group] === undefined) continue;
      const colour = this.entries[group - 1]?.[1] ?? '';
      return typeof colour === 'string' ? colour : colour(word);
    }
    return '';
  }
}

/** One pattern out of all, a group for each; made on first use, because most languages are never met. */
function compile(entries: readonly Entry[]): RegExp {
  return new RegExp(entries.map(([pattern]) => `(${pattern.source})`).join('|'), 'ymu');
}

/** A colour for the words of a list, and another for all others. */
export function words(list: string, colour: ColourClass, otherwise: ColourClass): (word: string) => ColourClass {
  const known = new Set(list.split(' '));
  return (word) => (known.has(word) ? colour : otherwise);
}
