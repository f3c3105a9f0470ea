import { type Entry, Lexicon, type States } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

const text: readonly Entry[] = [
  [/[^<&]+/, ''],
  [/&\S{0,100}?;/, 'ni'],
  [/<!\[CDATA\[[^]*?\]\]>/, 'cp'],
  [/<!--/, 'cm', 'comment'],
  [/<\?(?=[^]{0,5000}?\?>)/, 'cp', 'instruction'],
  [/<![^>]*>/, 'cp'],
];

const states: States = {
  comment: [
    [/-->/, 'cm', 'back'],
    [/[^-]+|-/, 'cm'],
  ],
  instruction: [
    [/\?>/, 'cp', 'back'],
    [/[^?]+|\?/, 'cp'],
  ],
  value: [
    [/\s+/, ''],
    [/"[^"]*"|'[^']*'|[^\s>]+/, 's', 'back'],
    [/(?=[^])/, '', 'back'],
  ],
};

/** What stands between the tags of that name is in another language. */
function content(tag: string, language: string): readonly Entry[] {
  const end = `<\\s*\\/\\s*${tag}\\s*>`;
  return [
    [new RegExp(`(?=${end})`, 'u'), '', 'back'],
    [new RegExp(`[^]+?(?=${end}|$(?![^]))`, 'u'), `in ${language}`],
  ];
}

const tagName = '[\\p{L}\\p{N}_:.-]+';

/** HTML: brackets and equals signs are marked for themselves. Scripts and styles inside are read as such. */
export const html: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        ...text,
        [/<(?=\s*script(?![\p{L}\p{N}_:.-]))/u, 'p', 'script, tag, name'],
        [/<(?=\s*style(?![\p{L}\p{N}_:.-]))/u, 'p', 'style, tag, name'],
        [new RegExp(`<(?=\\s*${tagName})`, 'u'), 'p', 'tag, name'],
        [new RegExp(`<(?=\\s*\\/\\s*${tagName}\\s*>)`, 'u'), 'p', 'end'],
      ],
      name: [
        [/\s+/, ''],
        [new RegExp(tagName, 'u'), 'nt', 'back'],
      ],
      tag: [
        [/\s+/, ''],
        [/[\p{L}\p{N}_:-]+(?=\s*=)/u, 'na', 'equals'],
        [/[\p{L}\p{N}_:-]+/u, 'na'],
        [/\/?\s*>/, 'p', 'back'],
      ],
      equals: [
        [/\s+/, ''],
        [/=/, 'o', 'back, value'],
      ],
      end: [
        [/\s+/, ''],
        [/\//, 'p'],
        [/>/, 'p', 'back'],
        [new RegExp(tagName, 'u'), 'nt'],
      ],
      script: content('script', 'javascript'),
      style: content('style', 'css'),
      ...states,
    },
    { ignoreCase: true, isStrict: true },
  ),
};

/** XML: a bracket belongs to the name, an equals sign to the attribute. */
export const xml: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        ...text,
        [new RegExp(`<\\s*${tagName}`, 'u'), 'nt', 'tag'],
        [new RegExp(`<\\s*\\/\\s*${tagName}\\s*>`, 'u'), 'nt'],
      ],
      tag: [
        [/\s+/, ''],
        [/[\p{L}\p{N}_.:-]+\s*=/u, 'na', 'value'],
        [/\/?\s*>/, 'nt', 'back'],
      ],
      ...states,
    },
    { isStrict: true },
  ),
};
