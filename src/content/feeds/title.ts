import { oneLine, shortened } from './text.ts';

// What an author may do to words in a title. They come without attributes, so that nothing in them can run.
const kept = new Set('b i em strong code kbd mark small sub sup u s del ins q var samp'.split(' '));
// Their content is no text for readers.
const silent = new Set('script style iframe object embed template noscript svg math title textarea select'.split(' '));
// Elements that never have an end.
const alone = new Set('img input wbr source track area col link meta base'.split(' '));
// Words on both sides of these are not one word.
const parting = new Set('p div br hr li ul ol dl dt dd tr td th h1 h2 h3 h4 h5 h6 pre blockquote section'.split(' '));

const longestTitle = 300;
// Longer ones are cut before anybody looks at them closely.
const mostLooked = 5000;

interface Token {
  /** As it stood in the title. */
  readonly raw: string;
  /** In lower case; null for text. */
  readonly tag: string | null;
  readonly isEnd: boolean;
  /** Where the other tag of the pair is among the tokens. */
  partner: number | null;
}

/**
 * A title as it may be put into a page: the text as it stood in the feed, entities untouched, with a few tags for single
 * words. Every other tag goes where it has a partner or values, and is shown as text where it has neither, since
 * `learning <div>` means the word. Empty where nothing is left.
 */
export function safeTitle(source: string): string {
  return shortened(written(tokensOf(source), { writeTag: asTag, writeAlone: withoutPartner }), longestTitle);
}

/** The words of some markup without any of it, at most so many characters; for entries without a title. */
export function firstWords(source: string, most: number): string {
  // A long text was cut before it came here: in the middle of a tag, and between a tag and its partner.
  const tokens = tokensOf(source.slice(0, mostLooked).replace(/<[a-z/!][^<>]*$/i, ''));
  const isUnended = ({ tag, isEnd, partner }: Token): boolean =>
    tag !== null && silent.has(tag) && !isEnd && partner === null;
  const end = tokens.findIndex(isUnended);
  const heard = end < 0 ? tokens : tokens.slice(0, end);
  const text = written(heard, { writeTag: () => '', writeAlone: (tag) => (parting.has(tag) ? ' ' : '') });
  return shortened(text, most);
}

// A tag as a browser would take it: a letter right behind the <, to the next > outside quotes. That a name is taken whole
// or not at all keeps the time in bounds: else each part of it would be tried, with all that follows.
const markup = /<!--[\s\S]*?-->|<(\/?)([a-z][^\s/>]*)(?=[\s/>])(?:[^"'>]|"[^"]*"|'[^']*')*>/giy;

function tokensOf(whole: string): readonly Token[] {
  // A CDATA section that was escaped instead of being one.
  const source = oneLine(whole.slice(0, mostLooked)).replace(/<!\[CDATA\[([^]*?)\]\]>/g, '$1');
  const tokens: Token[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') tokens.push({ raw: text, tag: null, isEnd: false, partner: null });
    text = '';
  };
  for (let at = 0; at < source.length;) {
    const next = source.indexOf('<', at);
    const end = next < 0 ? source.length : next;
    text += source.slice(at, end);
    if (next < 0) break;
    markup.lastIndex = next;
    const found = markup.exec(source);
    if (found === null) text += '<';
    else if (found[2] !== undefined) {
      flush();
      tokens.push({ raw: found[0], tag: found[2].toLowerCase(), isEnd: found[1] === '/', partner: null });
    }
    at = next + (found?.[0].length ?? 1);
  }
  flush();
  pair(tokens);
  return tokens;
}

function pair(tokens: readonly Token[]): void {
  const open: number[] = [];
  for (const [index, { tag, isEnd }] of tokens.entries()) {
    if (tag === null) continue;
    if (!isEnd) {
      open.push(index);
      continue;
    }
    const start = open.findLastIndex((one) => tokens[one]?.tag === tag);
    if (start < 0) continue;
    const partner = open[start] ?? 0;
    for (const [one, other] of [
      [index, partner],
      [partner, index],
    ] as const) {
      const token = tokens[one];
      if (token !== undefined) token.partner = other;
    }
    open.length = start;
  }
}

interface TagWriter {
  /** What is written for one that has a partner and is kept: the tag comes as it is to be in the title. */
  readonly writeTag: (tag: string) => string;
  /** For one that has none. */
  readonly writeAlone: (tag: string, raw: string) => string;
}

function written(tokens: readonly Token[], { writeTag, writeAlone }: TagWriter): string {
  let out = '';
  let text = '';
  // What was parted by a tag that goes may stand together now, so that only whole runs of text are looked at.
  const flush = (): void => {
    out += asText(text);
    text = '';
  };
  for (let index = 0; index < tokens.length; index++) {
    const { raw, tag, isEnd, partner } = tokens[index] as Token;
    if (tag === null) text += raw;
    else if (partner !== null && parting.has(tag)) text += ' ';
    else if (partner === null) text += writeAlone(tag, raw);
    else if (silent.has(tag)) index = Math.max(index, partner);
    else if (kept.has(tag)) {
      flush();
      out += writeTag(isEnd ? `</${tag}>` : `<${tag}>`);
    }
  }
  flush();
  return out;
}

function withoutPartner(tag: string, raw: string): string {
  if (raw.includes('=') || (alone.has(tag) && raw.endsWith('/>'))) return '';
  if (tag === 'br' || tag === 'hr') return ' ';
  return raw.replace('<', '&lt;');
}

function asTag(tag: string): string {
  return tag;
}

// A < that could begin a tag, here or with what the page has behind the title.
function asText(text: string): string {
  return text.replace(/<(?=[a-z/!?]|$)/gi, '&lt;');
}
