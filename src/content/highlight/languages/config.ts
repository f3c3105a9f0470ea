import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

/** Configuration in the form of INI files. */
export const ini: Palette = {
  lexicon: new Lexicon({
    start: [
      [/\s+/, ''],
      [/[;#].*/, 'c1'],
      [/\[.*?\](?=[ \t]*$)/, 'k'],
      [/[^=:\n\s](?:[^=:\n]*[^=:\n\s])?(?=[ \t]*[=:])/, 'na', 'sign'],
      [/(?=[=:])/, '', 'sign'],
      [/\S.*/, 'na'],
    ],
    sign: [
      [/[ \t]+/, ''],
      [/[=:](?=[^;#\n]*\\$)/, 'o', 'back, lines'],
      [/[=:]/, 'o', 'back, value'],
    ],
    value: [
      [/[ \t]*\n/, '', 'back'],
      [/[ \t]+/, ''],
      [/(?<=[=:][ \t]{0,80})[^ ;#\n]+(?: +[^ ;#\n]+)*/, 's'],
      [/(?=[^])/, '', 'back'],
    ],
    // A value that goes on over lines, each of which ends in a backslash.
    lines: [
      [/\s+/, ''],
      [/[^\n]*?(?=\\[ \t]*$)/, 's', 'backslash'],
      [/.*/, 's', 'back'],
    ],
    backslash: [[/\\\s*/, '', 'back']],
  }),
};

/** Java's properties. */
export const properties: Palette = {
  lexicon: new Lexicon({
    start: [
      [/\s+/, ''],
      [/[!#].*|\/\/.*/, 'c1'],
      [/(?:[^\\\n \f\t=:]|\\.)*(?=[ \f\t=:])/, 'na', 'sign'],
      [/.+/, 'na'],
    ],
    sign: [
      [/(?<=[^ \f\t=:][ \f\t]{0,40})[=:]{1,20}(?=.*(?<!\\)(?:\\\\){0,20}\\$)/, 'o', 'back, lines'],
      [/[ \f\t]+(?=[=:])/, ''],
      [/[=:]+/, 'o', 'back, value'],
      [/[ \f\t]+/, '', 'back, value'],
      [/(?=[^])/, '', 'back, value'],
    ],
    value: [
      [/[ \f\t]+/, ''],
      [/.+/, 's', 'back'],
      [/(?=[^])/, '', 'back'],
    ],
    lines: [
      [/\s+/, ''],
      [/[^\n]*?(?=\\[ \t]*$)/, 's', 'backslash'],
      [/.*/, 's', 'back'],
    ],
    backslash: [[/\\\s*/, '', 'back']],
  }),
};

/** TOML. */
export const toml: Palette = {
  lexicon: new Lexicon(
    [
      [/^\s*\[.*?\]$/, 'k'],
      [/\s+/, ''],
      [/#.*/, 'c1'],
      [/(?<!\\)"(?:\\[^]|[^"\\])*"/, 's'],
      [/'''.*'''|'[^']*'/, 's'],
      [/(?:true|false)$/, 'kc'],
      [/[a-zA-Z_][\p{L}\p{N}_-]*/u, 'n'],
      [/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:Z|[-+]\d{2}:\d{2})/, 'mi'],
      [/(?:\d+\.\d*|\d*\.\d+)(?:[eE][+-]?\d+)?j?|\d+[eE][+-]?\d+j?|[+-]?(?:inf(?:inity)?|nan)|[+-]?\d+/, 'mi'],
      [/[\]{}:(),;[.]/, 'p'],
      [/=/, 'o'],
    ],
    { isStrict: true },
  ),
};

const escapedEnd: Entry = [/(?<!\\)\n/, '', 'back'];

const expansion: readonly Entry[] = [
  [/[\p{L}\p{N}_.-]+/u, 'nv'],
  [/\$/, 'k'],
  [/\(/, 'k', 'expansion'],
  [/\)/, 'k', 'back'],
  [/[^\p{L}\p{N}_$().-]+/u, ''],
];

/** Makefiles: recipes and values are command lines. */
export const makefile: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [
          /^(?:\.\s*(?:include|undef|error|warning|if|else|elif|endif|for|endfor)|[ \t]*(?:ifeq|ifneq|ifdef|ifndef|else|endif|-?include|define|endef|:|vpath|if))(?=\s)(?:.*\\\n)*.*/,
          'cp',
        ],
        [/^[ \t]*@?#.*/, 'c'],
        [/^[\t ]+.*\n/, 'in bash'],
        [/\$[<@$+%?|*]/, 'k'],
        [/\s+/, ''],
        [/#.*/, 'c'],
        [/(?:un)?export(?=\s+[\p{L}\p{N}_${}\t -]+\n)/u, 'k', 'export'],
        [/(?:un)?export\s+/, 'k'],
        [/[\p{L}\p{N}_${}().-]{1,100}(?=\s{0,80}[!?:+]?=)/u, 'nv', 'sign'],
        [/(?<!\\)"(?:\\[^]|[^"\\])*"|(?<!\\)'(?:\\[^]|[^'\\])*'/, 's'],
        [/[^\n:]{1,300}(?=:)/, 'nf', 'colon'],
        [/\$\(/, 'k', 'expansion'],
      ],
      export: [
        [/[\p{L}\p{N}_${}-]+/u, 'nv'],
        [/\n/, '', 'back'],
        [/\s+/, ''],
      ],
      sign: [
        [/\s+/, ''],
        [/[!?:+]?=[ \t]*/, 'o', 'back, value'],
      ],
      value: [[/(?:.*\\\n)*.*\n?/, 'in bash', 'back']],
      colon: [[/:+[ \t]*/, 'o', 'back, header']],
      header: [
        [/[,|]/, 'p'],
        [/#.*\n/, 'c', 'back'],
        [/\\\n/, ''],
        [/\$\(/, 'k', 'expansion'],
        [/[a-zA-Z_]+/, 'n'],
        escapedEnd,
        [/./, ''],
      ],
      expansion,
    },
    { isStrict: true },
  ),
};
