import { type Entry, Lexicon, type States } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

const exceptions =
  /(?<!\.)(?:\p{Lu}\w*(?:Error|Warning|Exception)|Exception|GeneratorExit|KeyboardInterrupt|StopIteration|StopAsyncIteration|SystemExit|Warning)\b/u;
const knownException =
  /^(?:(?:Arithmetic|Assertion|Attribute|BlockingIO|Buffer|BrokenPipe|ChildProcess|Connection|ConnectionAborted|ConnectionRefused|ConnectionReset|EOF|Environment|FileExists|FileNotFound|FloatingPoint|IO|Import|Indentation|Index|Interrupted|IsADirectory|Key|Lookup|Memory|ModuleNotFound|Name|NotADirectory|NotImplemented|OS|Overflow|Permission|ProcessLookup|Recursion|Reference|Runtime|Syntax|System|Tab|Timeout|Type|UnboundLocal|Unicode|UnicodeDecode|UnicodeEncode|UnicodeTranslate|VMS|Value|Windows|ZeroDivision)Error|(?:Bytes|Deprecation|Encoding|Future|Import|PendingDeprecation|Resource|Runtime|Syntax|Unicode|User)?Warning|(?:Base)?Exception|GeneratorExit|KeyboardInterrupt|StopIteration|StopAsyncIteration|SystemExit)$/;

const name = /[\p{L}_][\p{L}\p{N}_]*/u.source;

/** Quotes and the states inside them. */
const quotes = [
  ['"""', 'double text'],
  ["'''", 'single text'],
  ['"', 'double'],
  ["'", 'single'],
] as const;

/** The start of a string, which leads to the state for its quotes and its prefix. */
const strings: readonly Entry[] = [
  ...quotes.map(([quote, state]): Entry => [new RegExp(quote, 'u'), 's', `${state} plain`]),
  ...quotes.flatMap(([quote, state]): Entry[] => [
    [new RegExp(`(?:[rR][fF]|[fF][rR])(?=${quote})`, 'u'), 'sa', `${state} raw formatted, ${state} open`],
    [new RegExp(`[fF](?=${quote})`, 'u'), 'sa', `${state} formatted, ${state} open`],
    [new RegExp(`(?:[uUbB]?[rR]|[rR][uUbB])(?=${quote})`, 'u'), 'sa', `${state} raw, ${state} open`],
    [new RegExp(`[uUbB](?=${quote})`, 'u'), 'sa', `${state} plain, ${state} open`],
  ]),
];

const expression: readonly Entry[] = [
  [/[^\S\n]+/, ''],
  ...strings,
  [/(?:in|is|and|or|not)\b/, 'ow'],
  [
    /(?:assert|async|await|break|continue|del|elif|else|except|finally|for|global|if|lambda|pass|raise|nonlocal|return|try|while|yield|as|with|def|class)\b/,
    'k',
  ],
  [/(?:True|False|None)\b/, 'kc'],
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
];

const escape: Entry = [
  /\\(?:N\{.*?\}|u[a-fA-F0-9]{4}|U[a-fA-F0-9]{8}|[\\abfnrtv"']|\n|x[a-fA-F0-9]{2}|[0-7]{1,3})/,
  'se',
];
const rawEscape: Entry = [/\\(?:[\\"']|\n)/, 'se'];
const braces: readonly Entry[] = [
  [/\{\{|\}\}/, 'se'],
  [/\}/, 'si'],
  [/\{/, 'si', 'inserted'],
];

/** The states inside strings; `first` stands before the words of those that go on over lines. */
function stringStates(first: readonly Entry[]): States {
  const states: Record<string, readonly Entry[]> = {};
  for (const [quote, state] of quotes) {
    const isText = quote.length > 1;
    const start = isText ? first : [];
    const end: Entry = [new RegExp(quote, 'u'), 's', 'back'];
    const rest: Entry = [isText ? /[^\\'"{}\n]+|[\\'"{}\n]/ : /[^\\'"{}\n]+|[\\'"{}]/, 's'];
    states[`${state} open`] = [end];
    states[`${state} plain`] = [...start, end, escape, rest];
    states[`${state} raw`] = [...start, end, rawEscape, rest];
    states[`${state} formatted`] = [...start, end, ...braces, escape, rest];
    states[`${state} raw formatted`] = [...start, end, ...braces, rawEscape, rest];
  }
  return {
    ...states,
    'double documentation': [...first, [/"""/, 'sd', 'back'], [/[^"\n]+|["\n]/, 'sd']],
    'single documentation': [...first, [/'''/, 'sd', 'back'], [/[^'\n]+|['\n]/, 'sd']],
    inserted: [[/(?:=\s*)?(?:![sraf])?[:}]/, 'si', 'back'], [/[{([]/, 'p', 'brackets'], [/\s+/, ''], ...expression],
    brackets: [[/[{([]/, 'p', 'brackets'], [/[\])}]/, 'p', 'back'], [/\s+/, ''], ...expression],
  };
}

const moduleName: Entry = [new RegExp(`${name}|\\.`, 'u'), 'nn'];
const imports: States = {
  from: [[/[^\S\n]+/, ''], [/import\b/, 'kn', 'back'], moduleName, [/(?=[^])/, '', 'back']],
  import: [[/[^\S\n]+/, ''], [/as\b/, 'k'], moduleName, [/,\s*/, 'o'], [/(?=[^])/, '', 'back']],
};

const lineStart = '(?<=^(?:(?:>>>|\\.\\.\\.) )?[ \\t]*)';
const lineStartOrPrefix = lineStart.replace(/\)$/, '[rRuUbB]{0,2})');

const statement: readonly Entry[] = [
  [new RegExp(`${lineStart}[rRuUbB]{1,2}(?=(?<quote>"{3}|'{3})[^]*?\\k<quote>)`, 'u'), 'sa'],
  [new RegExp(`${lineStartOrPrefix}"{3}(?=[^]*?"{3})`, 'u'), 'sd', 'double documentation'],
  [new RegExp(`${lineStartOrPrefix}'{3}(?=[^]*?'{3})`, 'u'), 'sd', 'single documentation'],
  [/#.*/, 'c1'],
  [/\\\n?/, ''],
  // "match" and "case" are keywords where what follows is no operator, bracket's end or keyword.
  [
    new RegExp(
      `${lineStart}(?:match|case)\\b(?![ \\t]*(?:[:,;=^&|@~)\\]}]|(?:and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield)\\b))`,
      'u',
    ),
    'k',
  ],
  [/(?<=^[ \t]*(?:match|case)\b[^\n_]{0,200})(?<![\p{L}\p{N}])_\b/u, 'k'],
  [/yield[^\S\n]+from\b/, 'k'],
  [/from(?=\s)/, 'kn', 'from'],
  [/import(?=\s)/, 'kn', 'import'],
  ...expression,
];

/** Python. */
export const python: Palette = {
  lexicon: new Lexicon({ start: [[/\n/, ''], ...statement], ...imports, ...stringStates([]) }, { isStrict: true }),
};

const prompt = /^(?:>>>|\.\.\.) |^\.\.\.$/;

/** Python at its prompt, with what it answers. */
export const pythonSession: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [prompt, '', 'code'],
        [/^Traceback \(most recent call last\):\n/, '', 'traceback'],
        [/^(?=  File "[^"\n]+", line \d+\n)/, '', 'traceback'],
        [/^KeyboardInterrupt$/, 'nc'],
        [/.+\n?|\n/, ''],
      ],
      code: [[/\n/, '', 'back'], ...statement],
      traceback: [
        [/^  File "[^"\n]+", line /, ''],
        [/(?<=^  File "[^"\n]+", line )\d+/, 'mi'],
        [/^ +[~^]+$/, ''],
        [/^[ \t]*\.\.\.$/, 'c'],
        [/(?<=^ {4}).+/, 'in python'],
        [/^ {4}/, ''],
        [/^\S.*/, '', 'back'],
        [/\s+|.+/, ''],
      ],
      ...imports,
      ...stringStates([[prompt, '']]),
    },
    { isStrict: true },
  ),
};
