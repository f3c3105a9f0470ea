/** A class of Pygments, in its short form; empty for code without a mark. */
export type ColourClass = string;

/** Receives the pieces of code with their classes, in order. */
export type Put = (text: string, colour: ColourClass) => void;

/** The class of a word that depends on the word, or on where it stands in the code. */
export type ClassOf = (word: string, code: string, at: number) => ColourClass;

/**
 * What a kind of word looks like; its class, or `in LANGUAGE` for a text in another one; and the state in which what follows is read: a state's name, `back` to the one before, or several such steps, as in
 * `back, value`. Only a pattern that leads elsewhere may match nothing.
 */
export type Entry = readonly [pattern: RegExp, colour: ColourClass | ClassOf, next?: string];

/** For each state the words and signs that may stand there, the more particular ones first; it begins with `start`. */
export type States = Readonly<Record<string, readonly Entry[]>>;

interface Kind {
  readonly colour: Entry[1];
  readonly steps: readonly string[] | undefined;
}

interface State {
  readonly pattern: RegExp;
  /** The entries by the numbers of their groups; groups inside a pattern leave gaps. */
  readonly kinds: ReadonlyMap<number, Kind>;
}

/** What applies to a whole language. */
export interface Manner {
  /** Capital letters and small ones are the same. */
  readonly ignoreCase?: boolean;
  /** What no entry knows is an error, and after a line's end that no entry knows all begins anew, as in Pygments. */
  readonly isStrict?: boolean;
}

/** Words and signs of a language, read from left to right. */
export class Lexicon {
  private readonly states: States;
  private readonly flags: string;
  private readonly isStrict: boolean;
  private readonly compiled = new Map<string, State>();

  constructor(states: States | readonly Entry[], { ignoreCase = false, isStrict = false }: Manner = {}) {
    this.flags = `ymu${ignoreCase ? 'i' : ''}`;
    this.isStrict = isStrict;
    this.states = isList(states) ? { start: states } : states;
  }

  /**
   * Cuts a part of the code into words with their classes. The patterns see all of the code around the part, so that
   * they may depend on what stands before or behind a word.
   */
  read(code: string, start: number, end: number, put: Put): void {
    const path = ['start'];
    if (end - start <= longestWhole) return this.readPart(code, start, end, put, path);
    for (let from = start; from < end;) {
      const to = partEnd(code, from, end);
      // The patterns see no more than this part: what looks far around in one word does so in all of them.
      this.readPart(code.slice(from, to), 0, to - from, put, path);
      from = to;
    }
  }

  private readPart(code: string, start: number, end: number, put: Put, path: string[]): void {
    let state = this.state(path.at(-1) ?? 'start');
    let at = start;
    let plain = start;
    while (at < end) {
      state.pattern.lastIndex = at;
      const found = state.pattern.exec(code);
      if (found === null) {
        const unknown = String.fromCodePoint(code.codePointAt(at) ?? 0);
        if (this.isStrict && unknown === '\n') {
          path.length = 1;
          state = this.state('start');
        } else if (this.isStrict && unknown !== ' ') {
          if (plain < at) put(code.slice(plain, at), '');
          put(unknown, 'err');
          plain = at + unknown.length;
        }
        at += unknown.length;
        continue;
      }
      const word = code.slice(at, Math.min(end, at + found[0].length));
      const { colour, steps } = kindOf(state, found);
      if (colour !== '') {
        if (plain < at) put(code.slice(plain, at), '');
        put(word, typeof colour === 'string' ? colour : colour(word, code, at));
        plain = at + word.length;
      }
      at += word.length;
      if (steps === undefined) continue;
      for (const step of steps) {
        if (step !== 'back') path.push(step);
        else if (path.length > 1) path.pop();
      }
      state = this.state(path.at(-1) ?? 'start');
    }
    if (plain < end) put(code.slice(plain, end), '');
  }

  /** One pattern out of all of a state, made on first use, because most languages are never met. */
  private state(name: string): State {
    let state = this.compiled.get(name);
    if (state === undefined) {
      state = compile(this.states[name] ?? [], this.flags);
      this.compiled.set(name, state);
    }
    return state;
  }
}

// Longer code is read in parts, which bounds the patterns that look ahead or behind as far as there is text of a kind.
const longestWhole = 12_000;
const partLength = 4000;

/** Where a part of long code ends: behind the last line that fits. */
function partEnd(code: string, from: number, end: number): number {
  if (end - from <= partLength) return end;
  const feed = code.lastIndexOf('\n', from + partLength - 1);
  return feed >= from ? feed + 1 : from + partLength;
}

function isList(states: States | readonly Entry[]): states is readonly Entry[] {
  return Array.isArray(states);
}

function compile(list: readonly Entry[], flags: string): State {
  const kinds = new Map<number, Kind>();
  let group = 1;
  for (const [pattern, colour, next] of list) {
    kinds.set(group, { colour, steps: next?.split(', ') });
    group += 1 + groupsIn(pattern);
  }
  return { kinds, pattern: new RegExp(simplified(list.map(([pattern]) => `(${pattern.source})`).join('|')), flags) };
}

/** How many groups of its own a pattern has. */
function groupsIn(pattern: RegExp): number {
  const parts = pattern.source.match(/\\.|\[(?:\\.|[^\]])*\]|\((?!\?)|\(\?<(?![=!])/g) ?? [];
  return parts.filter((part) => part.startsWith('(')).length;
}

const letters = 'a-zA-Z\\xaa-\\u1fff\\u2c00-\\u2fef\\u3005-\\u3007\\u3041-\\u9fff\\uac00-\\ud7ff\\uf900-\\ufaff';

/** Unicode's own tables make patterns slow to build, and names in code don't go beyond these ranges. */
function simplified(source: string): string {
  return source.replaceAll('\\p{L}', letters).replaceAll('\\p{N}', '0-9');
}

const unmarked: Kind = { colour: '', steps: undefined };

function kindOf({ kinds }: State, found: RegExpExecArray): Kind {
  for (const [group, kind] of kinds) if (found[group] !== undefined) return kind;
  return unmarked;
}
