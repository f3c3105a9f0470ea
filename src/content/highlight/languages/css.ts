import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';
import { constants, functions, properties } from './css-words.ts';

const space: Entry = [/\s+/, ''];
const comment: Entry = [/\/\*/, 'c', 'comment'];
const strings: Entry = [/(?<!\\)"(?:\\[^]|[^"\\])*"|(?<!\\)'(?:\\[^]|[^'\\])*'/, 's2'];
const prefix = /-(?:ms|moz|o|webkit|khtml)-|mso-/;

const basics: readonly Entry[] = [
  space,
  comment,
  [/\{/, 'p', 'rules'],
  [/::?(?=[\w-])/, 'p', 'pseudo'],
  [/\.(?=[\w-])/, 'p', 'class'],
  [/#(?=[\w-])/, 'p', 'id'],
  [/@(?=[\w-])/, 'p', 'at, at-word'],
  [/[\w\p{L}\p{N}-]+/u, 'nt'],
  [/[~^*!%&$[\]()<>|+=@:;,./?-]/, 'o'],
  strings,
];

const numbers: readonly Entry[] = [
  [/#[a-zA-Z0-9]{1,6}/, 'mh'],
  [/[+-]?(?:\d*\.\d+|\d+)/, 'mf', 'unit'],
];

const calls: readonly Entry[] = [
  [/url(?=\("[^"\n]{0,20000}"\)|\('[^'\n]{0,20000}'\))/, 'nb'],
  [/url(?=\([^)\n]{0,20000}\))/, 'nb', 'address'],
  [new RegExp(`(?:${functions})(?=\\()`, 'u'), 'nb', 'arguments, bracket'],
  [/[a-zA-Z_][\w-]+(?=\()/, 'nf', 'arguments, bracket'],
];

/** Style sheets: a word's class follows from where it stands. */
export const css: Palette = {
  lexicon: new Lexicon(
    {
      start: basics,
      comment: [
        [/\*\//, 'c', 'back'],
        [/[^*]+|\*/, 'c'],
      ],
      pseudo: [[/[\w-]+/, 'nd', 'back']],
      class: [[/[\w-]+/, 'nc', 'back']],
      id: [[/[\w-]+/, 'nn', 'back']],
      'at-word': [[/[\w-]+/, 'k', 'back']],
      at: [[/\{/, 'p', 'nested'], [/;/, 'p', 'back'], ...basics],
      nested: [...basics, [/\}/, 'p', 'back, back']],
      rules: [
        space,
        [/\}/, 'p', 'back'],
        [/;/, 'p'],
        [/^@.*$/, 'cp'],
        [prefix, 'kp'],
        [new RegExp(`${properties}(?=\\s*:)`, 'u'), 'k', 'colon'],
        [/-+[a-zA-Z_][\w-]*(?=\s*:)/, 'nv', 'colon'],
        [/[a-zA-Z_][\w-]*(?=\s*:)/, 'n', 'colon'],
        comment,
      ],
      colon: [space, [/:/, 'p', 'back, value']],
      value: [
        space,
        [prefix, 'bp'],
        ...calls,
        [new RegExp(constants, 'u'), 'kc'],
        [new RegExp(properties, 'u'), 'k'],
        [/!important/, 'cp'],
        comment,
        ...numbers,
        [/[~^*!%&<>|+=@:./?-]+/, 'o'],
        [/[[\](),]+/, 'p'],
        strings,
        [/[a-zA-Z_][\w-]*/, 'n'],
        [/;/, 'p', 'back'],
        [/\}/, 'p', 'back, back'],
      ],
      unit: [
        [/(?:deg|grad|rad|turn|k?Hz|r?em|ex|ch|vh|vw|vmin|vmax|px|[mc]m|in|p[tc]|q|dpi|dpcm|dppx|m?s)\b|%/, 'kt'],
        [/(?=[^])/, '', 'back'],
      ],
      bracket: [[/\(/, 'p', 'back']],
      address: [
        [/\(/, 'p'],
        [/\)/, 'p', 'back'],
        [/[^()]+/, 'sx'],
      ],
      arguments: [
        space,
        [/-+[\w+][\w+-]*/, 'nv'],
        [prefix, 'kp'],
        ...calls.slice(0, 2),
        [new RegExp(constants, 'u'), 'kc'],
        ...calls.slice(2),
        comment,
        ...numbers,
        [/[*+/-]/, 'o'],
        [/,/, 'p'],
        strings,
        [/[a-zA-Z_-]\w*/, 'n'],
        [/\)/, 'p', 'back'],
      ],
    },
    { isStrict: true },
  ),
};
