import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

const exceptions =
  /(?<!\.)(?:\p{Lu}\w*(?:Error|Warning|Exception)|Exception|GeneratorExit|KeyboardInterrupt|StopIteration|StopAsyncIteration|SystemExit|Warning)\b/u;
const knownException =
  /^(?:(?:Arithmetic|Assertion|Attribute|BlockingIO|Buffer|BrokenPipe|ChildProcess|Connection|ConnectionAborted|ConnectionRefused|ConnectionReset|EOF|Environment|FileExists|FileNotFound|FloatingPoint|IO|Import|Indentation|Index|Interrupted|IsADirectory|Key|Lookup|Memory|ModuleNotFound|Name|NotADirectory|NotImplemented|OS|Overflow|Permission|ProcessLookup|Recursion|Reference|Runtime|Syntax|System|Tab|Timeout|Type|UnboundLocal|Unicode|UnicodeDecode|UnicodeEncode|UnicodeTranslate|VMS|Value|Windows|ZeroDivision)Error|(?:Bytes|Deprecation|Encoding|Future|Import|PendingDeprecation|Resource|Runtime|Syntax|Unicode|User)?Warning|(?:Base)?Exception|GeneratorExit|KeyboardInterrupt|StopIteration|StopAsyncIteration|SystemExit)$/;

const name = /[\p{L}_][\p{L}\p{N}_]*/u.source;

const expression: readonly Entry[] = [
  [/(?:in|is|and|or|not)\b/, 'ow'],
  [
    /(?:assert|async|await|break|continue|del|elif|else|except|finally|for|global|if|lambda|pass|raise|nonlocal|return|try|while|yield|as|with|def|class)\b/,
    'k',
  ],
  [/(?:True|False|None)\b/, 'kc'],
  [/(?<!yield )(?:from|import)\b/, 'kn', 'modules'],
  [/from\b/, 'k'],
  [/(?<!\.)(?:self|cls|Ellipsis|NotImplemented)\b/, 'bp'],
  [exceptions, (word) => (knownException.test(word) ? 'ne' : 'n')],
  [
    /__(?:abs|add|aenter|aexit|aiter|and|anext|await|bool|bytes|call|complex|contains|del|delattr|delete|delitem|dir|divmod|enter|eq|exit|float|floordiv|format|ge|get|getattr|getattribute|getitem|gt|hash|i?add|imul|index|init|instancecheck|int|invert|isub|iter|le|len|lt|matmul|missing|mod|mul|ne|neg|new|next|or|pos|pow|prepare|radd|repr|reversed|rmul|round|rsub|set|setattr|setitem|str|sub|subclasscheck|truediv|xor)__\b/,
    'fm',
  ],
  [/0[xX](?:_?[a-fA-F0-9])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+/, 'mh'],
  [/(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?|\d(?:_?\d)*(?:[eE][+-]?\d+j?)?/, 'mi'],
  [/!=|==|<<|>>|:=|[-~+/*%=<>&^|.]/, 'o'],
  [/[\]{}:(),;[]/, 'p'],
  [new RegExp(`@${name}`, 'u'), 'nd'],
  [/@/, 'o'],
  [new RegExp(`(?<=\\bdef\\s+)${name}`, 'u'), 'nf'],
  [new RegExp(`(?<=\\bclass\\s+)${name}`, 'u'), 'nc'],
  [new RegExp(name, 'u'), 'n'],
  [/[$?!]/, 'err'],
];

/** Module names, behind `import` or `from`. */
const modules: readonly Entry[] = [
  [/[ ]+/, ''],
  [/import\b/, 'kn'],
  [/as\b/, 'k'],
  [new RegExp(`${name}|\\.`, 'u'), 'nn'],
  [/,[ \n]*/, 'o'],
  [/(?=[^])/, '', 'back'],
];

const escape: Entry = [
  /\\(?:N\{.*?\}|u[a-fA-F0-9]{4}|U[a-fA-F0-9]{8}|[\\abfnrtv"']|\n|x[a-fA-F0-9]{2}|[0-7]{1,3})/,
  'se',
];

const strings = new Lexicon({
  start: [
    [/(?<=^[ \t]*[rRuUbB]{0,2})(?:"""[^]*?"""|'''[^]*?''')/, 'sd'],
    [/(?:[rR][fFbB]?|[fFbB][rR])(?=["'])/, 'sa', 'raw'],
    [/[uUbBfF](?=["'])/, 'sa', 'body'],
    [/"(?:"")?|'(?:'')?/, 's', 'body'],
    escape,
    [/[^\\"']+/, 's', 'body'],
    [/\\/, 's'],
  ],
  body: [escape, [/[^\\]+|\\/, 's']],
  raw: [
    [/\\\\|\\["']|\\\n/, 'se'],
    [/[^\\]+|\\/, 's'],
  ],
});

/** Python. */
export const python: Palette = {
  grammar: 'python',
  scopes: {
    keyword: 'read',
    built_in: 'read',
    literal: 'read',
    title: 'read',
    variable: 'read',
    meta: 'read',
    number: 'read',
    type: 'read',
  },
  lexicon: new Lexicon({ start: [[/[ \n]+/, ''], ...expression], modules }),
  inside: {
    string: strings,
    subst: new Lexicon([
      [/[{}]/, 'si'],
      [/![rsaf]/, 'si'],
      [/:[^{}]*(?=\})/, 's'],
      ...expression.filter(([, , next]) => next === undefined),
    ]),
  },
};
