import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

const identifier = /[\p{L}_$][\p{L}\p{N}_$]*/u;
const number: Entry = [/0[xX][0-9a-fA-F_]+[uUlLn]*|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdDuUlLn]*/, 'mi'];
const escapes = new Lexicon([
  [/\\(?:[\\abfnrtv"']|x[a-fA-F0-9]{2,4}|u[a-fA-F0-9]{4}|[0-7]{1,3})/, 'se'],
  [/[^\\]+|\\/, 's'],
]);

function keywords(list: string): RegExp {
  return new RegExp(`(?:${list.replaceAll(' ', '|')})(?![\\p{L}\\p{N}_$])`, 'u');
}

const all = 'read';

/** Go. */
export const go: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [/\s+|\\\n/, ''],
        [/\/\/.*/, 'c1'],
        [/\/\*/, 'cm', 'comment'],
        [/'(?:\\(?:['"\\abfnrtv]|x[0-9a-fA-F]{2}|[0-7]{1,3}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|[^\\])'/, 'sc'],
        [/`[^`]*`/, 's'],
        [/(?<!\\)"(?:\\[^]|[^"\\])*"/, 's'],
        [keywords('import package'), 'kn'],
        [keywords('var func struct map chan type interface const'), 'kd'],
        [keywords('break default select case defer go else goto switch fallthrough if range continue for return'), 'k'],
        [keywords('true false iota nil'), 'kc'],
        [
          /(?:u?int(?:8|16|32|64)?|float(?:32|64)?|complex(?:64|128)?|byte|rune|string|bool|error|uintptr|any|comparable|print|println|panic|recover|close|real|imag|len|cap|append|copy|delete|new|make)(?=\()/,
          'nb',
        ],
        [
          /(?:u?int(?:8|16|32|64)?|float(?:32|64)?|complex(?:64|128)|byte|rune|string|bool|error|uintptr|any|comparable)\b/,
          'kt',
        ],
        number,
        [/<<=|>>=|<<|>>|<=|>=|&\^=|&\^|\+=|-=|\*=|\/=|%=|&=|\|=|&&|\|\||<-|\+\+|--|==|!=|:=|\.\.\.|[+\-*/%&~|]/, 'o'],
        [/[|^<>=!()[\]{}.,;:]/, 'p'],
        [identifier, 'nx'],
      ],
      comment: [
        [/\*\//, 'cm', 'back'],
        [/[^*]+|\*/, 'cm'],
      ],
    },
    { isStrict: true },
  ),
};

const general = new Lexicon([
  [/[ \n]+/, ''],
  number,
  [identifier, 'n'],
  [/[~!%^&*+=|?:<>/@-]/, 'o'],
  [/[{}();[\],.]/, 'p'],
]);

/** Groovy, as in Jenkins pipelines. */
export const groovy: Palette = {
  grammar: 'groovy',
  scopes: {
    title: all,
    attr: all,
    variable: all,
    symbol: all,
    'title.class': 'nc',
    number: all,
    keyword: all,
    literal: all,
    built_in: all,
    type: all,
  },
  lexicon: new Lexicon([
    [/[ \n]+/, ''],
    [
      keywords(
        'assert break case catch continue default do else finally for if goto instanceof new return switch this throw try while in as',
      ),
      'k',
    ],
    [
      keywords(
        'abstract const enum extends final implements native private protected public static strictfp super synchronized throws transient volatile class interface trait',
      ),
      'kd',
    ],
    [keywords('def boolean byte char double float int long short void'), 'kt'],
    [keywords('package import'), 'kn'],
    [keywords('true false null'), 'kc'],
    [/(?<=\.)[\p{L}_$][\p{L}\p{N}_$]*/u, 'na'],
    [/[\p{L}_$][\p{L}\p{N}_$]*:(?!:)/u, 'nl'],
    [identifier, 'n'],
    number,
    [/[~^*!%&[\]<>|+=/?:,;.(){}-]/, 'o'],
  ]),
};

/** Languages that need nothing of their own. */
export const plain = (grammar: string): Palette => ({ grammar, lexicon: general, inside: { string: escapes } });
