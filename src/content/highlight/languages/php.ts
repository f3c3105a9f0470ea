import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';
import { isPhpFunction } from './php-functions.ts';

const name = /[\\_a-z\x80-\uffff][\\\w\x80-\uffff]*/u.source;
const nameInString = /[_a-z\x80-\uffff][\w\x80-\uffff]*/u.source;

const keywords = [
  'if else elseif endif for endfor foreach endforeach while endwhile do switch endswitch case default break continue match',
  'return try catch finally throw yield declare enddeclare as and or xor not',
  'interface trait extends implements abstract final public private protected static var new clone use namespace',
  'echo print die exit eval empty list array include include_once require require_once virtual global this parent',
  'true false null stdClass php_user_filter cfunction old_function E_ALL E_ERROR E_WARNING E_PARSE PHP_OS PHP_VERSION',
]
  .join(' ')
  .replaceAll(' ', '|');

const words: readonly Entry[] = [
  [/\s+/, ''],
  [/(?:#|\/\/).*/, 'c1'],
  [/\/\*\*(?!\/)/, 'sd', 'documentation'],
  [/\/\*/, 'cm', 'comment'],
  [new RegExp(`<<<(?<quote>['"]?)(?<end>${nameInString})\\k<quote>\\n[^]{0,5000}?\\n\\s*\\k<end>(?=;?\\n)`, 'u'), 's'],
  [new RegExp(`(?:->|::)(?=\\s*${nameInString})`, 'u'), 'o', 'member'],
  [/[~!%^&*+=|:.<>/@-]+|\?/, 'o'],
  [/class(?=\s)/, 'k', 'class'],
  [/function(?=\s*\()/, 'k'],
  [/function(?=\s)/, 'k', 'function'],
  [new RegExp(`const(?=\\s+${name})`, 'u'), 'k', 'constant'],
  [new RegExp(`(?:${keywords})\\b`, 'u'), 'k'],
  [/__(?:line|file|dir|function|class|trait|method|namespace)__\b/, 'no'],
  [new RegExp(`\\$\\{\\$+${name}\\}|\\$+${name}`, 'u'), 'nv'],
  [new RegExp(name, 'u'), (word) => (isPhpFunction(word) ? 'nb' : 'nx')],
  [/0x[\da-f]+|(?:\d+\.\d*|\.\d+|\d+)(?:e[+-]?\d+)?/, 'mi'],
  [/'/, 's1', 'quoted'],
  [/`/, 'sb', 'backticks'],
  [/"/, 's2', 'string'],
];

/** Code between the marks; on its own, what stands in braces inside a string. */
const code: readonly Entry[] = [[/\?>/, 'cp', 'back'], ...words, [/[[\]{}();,]+/, 'p']];

const lexicon = new Lexicon(
  {
    start: [
      [/<\?(?:php)?/, 'cp', 'code'],
      [/<|[^<]+/, 'x'],
    ],
    code,
    documentation: [
      [/\*\//, 'sd', 'back'],
      [/[^*]+|\*/, 'sd'],
    ],
    comment: [
      [/\*\//, 'cm', 'back'],
      [/[^*]+|\*/, 'cm'],
    ],
    member: [
      [/\s+/, ''],
      [new RegExp(nameInString, 'u'), 'na', 'back'],
    ],
    class: [
      [/(?<=class)\s+/, ''],
      [new RegExp(name, 'u'), 'nc', 'back'],
    ],
    function: [
      [/(?<=function)\s+&?\s*/, 'o'],
      [
        /__(?:construct|destruct|call|callstatic|get|set|isset|unset|sleep|wakeup|tostring|invoke|set_state|clone|debuginfo)\b/,
        'fm',
      ],
      [new RegExp(name, 'u'), 'nf', 'back'],
      [/(?=[^])/, '', 'back'],
    ],
    constant: [
      [/\s+/, ''],
      [new RegExp(name, 'u'), 'no', 'back'],
    ],
    quoted: [
      [/'/, 's1', 'back'],
      [/(?:\\[^]|[^'\\])+/, 's1'],
    ],
    backticks: [
      [/`/, 'sb', 'back'],
      [/(?:\\[^]|[^`\\])+/, 'sb'],
    ],
    string: [
      [/"/, 's2', 'back'],
      [/[^{$"\\]+/, 's2'],
      [/\\(?:[nrt"$\\]|[0-7]{1,3}|x[0-9a-f]{1,2})/, 'se'],
      [new RegExp(`\\$${nameInString}`, 'u'), 'si'],
      [/\{(?=\$[^}"\n]{1,500}\})/, 'si', 'embedded'],
      [/\$\{(?=[^\s}]{1,500}\})/, 'si', 'named'],
      [/[${\\]/, 's2'],
    ],
    embedded: [[/\}/, 'si', 'back'], ...words, [/[[\]{();,]/, 'p']],
    named: [
      [/\}/, 'si', 'back'],
      [/[^\s}]+/, 'nv'],
    ],
  },
  { ignoreCase: true, isStrict: true },
);

/** PHP: what is not between `<?php` and `?>` has no colours. */
export const php: Palette = { lexicon };

/** PHP in a file of another language. */
export const phpIn = (language: string): Palette => ({ lexicon, around: language });
