import hljs from 'highlight.js/lib/core';
import { grammars } from './grammars.ts';
import { paletteOf } from './languages.ts';
import { type ColourClass, commonClasses, type Palette } from './palette.ts';
import { segmentsOf } from './segments.ts';

/** Code longer than this is shown without colours: it is data, and no one reads its colours. */
const longestColoured = 300_000;

/** A piece of code and the class of its colour. */
export type Token = readonly [text: string, colour: ColourClass];

/** Coloured code, as HTML, and the language it was taken for. */
export interface HighlightedCode {
  readonly html: string;
  readonly language: string;
}

/** Colours code with the classes that the blog's stylesheets know: those of Pygments. */
export function highlightCode(code: string, language: string | undefined): HighlightedCode {
  const text = `${code.replace(/^\n+|\n+$/g, '')}\n`;
  const name = language === undefined || language === '' ? 'text' : language;
  return { html: write(tokensOf(text, name)), language: name };
}

/** Cuts code into coloured pieces. */
export function tokensOf(code: string, language: string): Token[] {
  const palette = paletteOf(language);
  if (palette === undefined || code.length > longestColoured) return [[code, '']];
  return colour(code, palette);
}

function colour(code: string, palette: Palette): Token[] {
  const tokens: Token[] = [];
  const put = (text: string, colourClass: ColourClass): void => void tokens.push([text, colourClass]);
  let at = 0;
  for (const { text, scopes } of segmentsOf(read(code, palette.grammar))) {
    const end = at + text.length;
    const [scope, found] = classOf(scopes, palette);
    const inside = scope === undefined ? undefined : palette.inside?.[scope];
    if (inside !== undefined) inside.read(code, at, end, put);
    else if (found === 'read') palette.lexicon.read(code, at, end, put);
    else put(text, found);
    at = end;
  }
  return tokens;
}

/** The class of the innermost name that has one. */
function classOf(scopes: readonly string[], palette: Palette): [scope: string | undefined, colour: ColourClass | 'read'] {
  for (let index = scopes.length - 1; index >= 0; index--) {
    const scope = scopes[index] ?? '';
    const general = scope.replace(/\..*/, '');
    const found = palette.scopes?.[scope] ?? palette.scopes?.[general] ?? commonClasses[scope] ?? commonClasses[general];
    if (found !== undefined) return [scope, found];
  }
  return [undefined, 'read'];
}

/** Runs highlight.js; a grammar is loaded when its language is first met. */
function read(code: string, grammar: string): string {
  if (hljs.getLanguage(grammar) === undefined) {
    const definition = grammars[grammar];
    if (definition !== undefined) hljs.registerLanguage(grammar, definition);
  }
  return hljs.highlight(code, { language: grammar, ignoreIllegals: true }).value;
}

/** Writes coloured code line by line, as Pygments does: no element goes over the end of a line. */
function write(tokens: readonly Token[]): string {
  const parts: string[] = [];
  for (const [text, colourClass] of tokens) {
    if (colourClass === '') {
      parts.push(escape(text));
      continue;
    }
    for (const line of text.split(/(\n)/)) {
      if (line === '\n') parts.push(line);
      else if (line !== '') parts.push(`<span class="${colourClass}">${escape(line)}</span>`);
    }
  }
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
