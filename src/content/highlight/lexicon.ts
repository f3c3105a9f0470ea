/** A class of Pygments, in its short form; empty for code without a mark. */
export type ColourClass = string;

/** Receives the pieces of code with their classes, in order. */
export type Put = (text: string, colour: ColourClass) => void;

/**
 * What a kind of word looks like; its class, which may depend on the word; and the state in which what follows is read:
 * a state's name, `back` to the one before, or `back twice`. Only a pattern that leads elsewhere may match nothing.
 */
export type Entry = readonly [pattern: RegExp, colour: ColourClass | ((word: string) => ColourClass), next?: string];

/** For each state the words and signs that may stand there, the more particular ones first; it begins with `start`. */
export type States = Readonly<Record<string, readonly Entry[]>>;

interface State {
  readonly pattern: RegExp;
  /** The entries by the numbers of their groups; groups inside a pattern leave gaps. */
  readonly entries: ReadonlyMap<number, Entry>;
}

/** Words and signs of a language, read from left to right. */
export class Lexicon {
  private readonly states: States;
  private readonly flags: string;
  private readonly compiled = new Map<string, State>();

  /** Some languages don't tell capital letters from small ones: `i`. */
  constructor(states: States | readonly Entry[], flags: 'i' | '' = '') {
    this.flags = `ymu${flags}`;
    this.states = isList(states) ? { start: states } : states;
  }

  /**
   * Cuts a part of the code into words with their classes. The patterns see all of the code around the part, so that
   * they may depend on what stands before or behind a word.
   */
  read(code: string, start: number, end: number, put: Put): void {
    const path = ['start'];
    let state = this.state('start');
    let at = start;
    let plain = start;
    while (at < end) {
      state.pattern.lastIndex = at;
      const found = state.pattern.exec(code);
      if (found === null) {
        at++;
        continue;
      }
      const word = code.slice(at, Math.min(end, at + found[0].length));
      const [, colour, next] = entryOf(state, found) ?? [undefined, ''];
      if (colour !== '') {
        if (plain < at) put(code.slice(plain, at), '');
        put(word, typeof colour === 'string' ? colour : colour(word));
        plain = at + word.length;
      }
      at += word.length;
      if (next === undefined) continue;
      if (next === 'back') path.pop();
      else if (next === 'back twice') path.splice(-2);
      else path.push(next);
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

function isList(states: States | readonly Entry[]): states is readonly Entry[] {
  return Array.isArray(states);
}

function compile(list: readonly Entry[], flags: string): State {
  const entries = new Map<number, Entry>();
  let group = 1;
  for (const entry of list) {
    entries.set(group, entry);
    group += 1 + groupsIn(entry[0]);
  }
  return { entries, pattern: new RegExp(simplified(list.map(([pattern]) => `(${pattern.source})`).join('|')), flags) };
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

function entryOf({ entries }: State, found: RegExpExecArray): Entry | undefined {
  for (const [group, entry] of entries) if (found[group] !== undefined) return entry;
  return undefined;
}
