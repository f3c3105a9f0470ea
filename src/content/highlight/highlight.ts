import type { HLJSApi } from 'highlight.js';
import hljs from 'highlight.js/lib/core';
import { grammars } from './grammars.ts';
import { guessLanguage } from './guess/guess.ts';
import { isKnownLanguage, paletteOf } from './languages.ts';
import type { ColourClass, Put } from './lexicon.ts';
import { commonClasses, type Palette } from './palette.ts';
import { segmentsOf } from './segments.ts';

/** Code longer than this is shown without colours: it is data, and no one reads its colours. */
const longestColoured = 100_000;

/** Likewise of a language that highlight.js reads, whose time grows with the square of the length where code is odd. */
const longestByGrammar = 8000;

/** How much dearer a character of such a language is. */
const grammarEffort = 20;

/** A piece of code and the class of its colour. */
export type Token = readonly [text: string, colour: ColourClass];

/** Coloured code, as HTML, and the language it was taken for. */
export interface HighlightedCode {
  readonly html: string;
  readonly language: string;
  /** What it cost, in characters of a language that is cheap to read. */
  readonly effort: number;
}

/**
 * Colours code with the classes that the blog's stylesheets know: those of Pygments. Code without a language, or with one
 * that Pygments does not know, is coloured as what it looks like; a name once given stays.
 */
export function highlightCode(code: string, language: string | undefined): HighlightedCode {
  const text = `${withoutOuterFeeds(code)}\n`;
  const isNamed = language !== undefined && language !== '';
  const taken = isNamed && isKnownLanguage(language) ? language : guessLanguage(code);
  const effort = text.length * (paletteOf(taken)?.grammar === undefined ? 1 : grammarEffort);
  return { html: write(tokensOf(text, taken)), language: isNamed ? language : taken, effort };
}

// Not with a pattern: one that looks for the end begins anew at each line feed.
function withoutOuterFeeds(code: string): string {
  let [start, end] = [0, code.length];
  while (start < end && code[start] === '\n') start++;
  while (end > start && code[end - 1] === '\n') end--;
  return code.slice(start, end);
}

/** Cuts code into coloured pieces. */
export function tokensOf(code: string, language: string): Token[] {
  const palette = paletteOf(language);
  const longest = palette?.grammar === undefined ? longestColoured : longestByGrammar;
  if (palette === undefined || code.length > longest) return [[code, '']];
  return colour(code, palette);
}

function colour(code: string, palette: Palette): Token[] {
  const tokens: Token[] = [];
  const put: Put = (text, colourClass) => {
    if (!colourClass.startsWith('in ')) tokens.push([text, colourClass]);
    else if (isKnownLanguage(colourClass.slice(3))) tokens.push(...tokensOf(text, colourClass.slice(3)));
    else tokens.push([text, 's']);
  };
  if (palette.grammar === undefined) {
    palette.lexicon.read(code, 0, code.length, put);
    return palette.around === undefined ? tokens : withColoursAround(tokens, palette.around);
  }
  let at = 0;
  // Pieces that the lexicon reads are joined, so that it sees whole statements.
  let unread = 0;
  const readUpTo = (end: number): void => {
    if (unread < end) palette.lexicon.read(code, unread, end, put);
  };
  for (const { text, scopes } of segmentsOf(read(code, palette.grammar))) {
    const end = at + text.length;
    const [scope, found] = classOf(scopes, palette);
    const inside = scope === undefined ? undefined : palette.inside?.[scope];
    if (inside !== undefined || found !== 'read') {
      readUpTo(at);
      if (inside !== undefined) inside.read(code, at, end, put);
      else put(text, found);
      unread = end;
    }
    at = end;
  }
  readUpTo(at);
  return tokens;
}

/** Reads as one text what a template's language left to the language of the page around it. */
function withColoursAround(tokens: readonly Token[], language: string): Token[] {
  const around = tokens.flatMap(([text, colourClass]) => (colourClass === 'x' ? [text] : [])).join('');
  const pieces = tokensOf(around, language);
  const result: Token[] = [];
  let piece = 0;
  let used = 0;
  for (const token of tokens) {
    let left = token[1] === 'x' ? token[0].length : 0;
    if (left === 0) result.push(token);
    while (left > 0) {
      const [text, colourClass] = pieces[piece] ?? ['', ''];
      const part = text.slice(used, used + left);
      result.push([part, colourClass]);
      left -= part.length;
      used += part.length;
      if (used === text.length) [piece, used] = [piece + 1, 0];
    }
  }
  return result;
}

/** The class of the innermost name that has one. */
function classOf(scopes: readonly string[], palette: Palette): [scope: string | undefined, colour: ColourClass] {
  for (let index = scopes.length - 1; index >= 0; index--) {
    const scope = scopes[index] ?? '';
    const general = scope.replace(/\..*/, '');
    const found =
      palette.scopes?.[scope] ?? palette.scopes?.[general] ?? commonClasses[scope] ?? commonClasses[general];
    if (found !== undefined) return [scope, found];
  }
  return [undefined, 'read'];
}

const readers = new Map<string, HLJSApi>();

/**
 * Runs highlight.js. Each grammar is loaded when its language is first met, into an instance of its own: parts in other
 * languages would come out differently according to what other articles had loaded.
 */
function read(code: string, grammar: string): string {
  let reader = readers.get(grammar);
  if (reader === undefined) {
    reader = hljs.newInstance();
    const definition = grammars[grammar];
    if (definition !== undefined) reader.registerLanguage(grammar, definition);
    readers.set(grammar, reader);
  }
  return reader.highlight(code, { language: grammar, ignoreIllegals: true }).value;
}

/** Writes coloured code as Pygments does: neighbours of one colour in one element, and none beyond the end of a line. */
function write(tokens: readonly Token[]): string {
  const parts: string[] = [];
  let open = '';
  const change = (colourClass: ColourClass): void => {
    if (colourClass === open) return;
    if (open !== '') parts.push('</span>');
    if (colourClass !== '') parts.push(`<span class="${colourClass}">`);
    open = colourClass;
  };
  for (const [text, colourClass] of tokens) {
    for (const line of text.includes('\n') ? text.split(/(\n)/) : [text]) {
      if (line === '') continue;
      change(line === '\n' ? '' : colourClass);
      parts.push(escape(line));
    }
  }
  change('');
  return parts.join('');
}

function escape(text: string): string {
  if (!/[&<>"']/.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
