import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

const inside: readonly Entry[] = [
  [/\s+/, ''],
  [/\|(?=\s*[a-zA-Z_])/, 'o', 'filter'],
  [/is(?=\s+(?:not\s+)?[a-zA-Z_])/, 'k', 'test'],
  [/(?:_|true|false|none|True|False|None)\b/, 'kp'],
  [
    /(?:in|as|reversed|recursive|not|and|or|is|if|else|import|with(?:(?:out)?\s*context)?|scoped|ignore\s+missing)\b/,
    'k',
  ],
  [/[a-zA-Z_][\p{L}\p{N}_-]*|\.[\p{L}\p{N}_]+/u, 'nv'],
  [/:?(?<!\\)"(?:\\[^]|[^"\\])*"|:?(?<!\\)'(?:\\[^]|[^'\\])*'/, 's'],
  [/[{}()[\]+\-*/%,:~]|[><=]=?|!=/, 'o'],
  [/[0-9](?:\.[0-9]*)?[flFLdD]?/, 'm'],
];

const lexicon = new Lexicon(
  {
    start: [
      [/[^{]+/, 'x'],
      [/\{\{/, 'cp', 'variable'],
      [/\{#[^]{0,5000}?#\}/, 'c'],
      [/\{%(?=-?\s*comment\s*-?%\})/, 'cp', 'comment, tag, word'],
      [/\{%(?=-?\s*raw\s*-?%\})/, 'cp', 'raw, tag, word'],
      [/\{%(?=-?\s*filter\s+[a-zA-Z_])/, 'cp', 'tag, filter, word'],
      [/\{%(?=-?\s*[a-zA-Z_])/, 'cp', 'tag, word'],
      [/\{/, 'x'],
    ],
    word: [
      [/-?\s+|-/, ''],
      [/[a-zA-Z_][\p{L}\p{N}_]*/u, 'k', 'back'],
    ],
    filter: [
      [/\s+/, ''],
      [/[a-zA-Z_][\p{L}\p{N}_]*/u, 'nf', 'back'],
    ],
    test: [
      [/\s+/, ''],
      [/not(?=\s)/, 'k'],
      [/[a-zA-Z_][\p{L}\p{N}_]*/u, 'nf', 'back'],
    ],
    variable: [[/-(?=\}\})/, ''], [/\}\}/, 'cp', 'back'], ...inside],
    tag: [[/-(?=%\})/, ''], [/%\}/, 'cp', 'back'], ...inside, [/[^]/, 'p']],
    comment: [
      [/(?=\{%-?\s*endcomment)/, '', 'back'],
      [/[^{]+|\{/, 'c'],
    ],
    raw: [
      [/(?=\{%-?\s*endraw)/, '', 'back'],
      [/[^{]+|\{/, ''],
    ],
  },
  { isStrict: true },
);

/** Templates of Django and Jinja; what stands around their tags has no colours. */
export const django: Palette = { lexicon };

/** Templates of a file in another language. */
export const djangoIn = (language: string): Palette => ({ lexicon, around: language });
