import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';
import { css } from './css.ts';
import { javascript } from './javascript.ts';

const punctuation: readonly Entry[] = [
  [/<!--[^]*?-->/, 'cm'],
  [/<[!?][^>]*>/, 'cp'],
  [/&\S*?;/, 'ni'],
];

/** HTML: brackets and equals signs are marked for themselves. Scripts and styles inside are read as such. */
export const html: Palette = {
  grammar: 'xml',
  scopes: { tag: 'read', comment: 'cm', meta: 'cp', symbol: 'ni' },
  whole: ['meta'],
  embedded: languageInside,
  lexicon: new Lexicon([...punctuation, [/<\/?|\/?>/, 'p'], [/=/, 'o'], [/(?<==\s*)[^\s>"']+/, 's']]),
};

/** XML: a bracket belongs to the name, an equals sign to the attribute. */
export const xml: Palette = {
  grammar: 'xml',
  scopes: { tag: 'read', comment: 'cm', meta: 'cp', symbol: 'ni' },
  whole: ['meta'],
  lexicon: new Lexicon([...punctuation, [/<\/?|\/?>/, 'nt'], [/=/, 'na'], [/(?<==\s*)[^\s>"']+/, 's']]),
};

/** What stands directly behind the start of a script or a style is in the language of these. */
function languageInside(code: string, start: number): Palette | undefined {
  const tag = /^<(script|style)\b/i.exec(code.slice(code.lastIndexOf('<', start - 1), start))?.[1]?.toLowerCase();
  return tag === 'script' ? javascript : tag === 'style' ? css : undefined;
}
