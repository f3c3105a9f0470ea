import { type Entry, Lexicon, type States } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

const keyword =
  /\b(?:if|fi|else|while|in|do|done|for|then|return|function|case|select|continue|until|esac|elif)(?:\s+\b|\b)/;
const basic: readonly Entry[] = [
  [keyword, 'k'],
  [
    /\b(?:alias|bg|bind|break|builtin|caller|cd|command|compgen|complete|declare|dirs|disown|echo|enable|eval|exec|exit|export|false|fc|fg|getopts|hash|help|history|jobs|kill|let|local|logout|popd|printf|pushd|pwd|read|readonly|set|shift|shopt|source|suspend|test|times?|trap|true|type|typeset|ulimit|umask|unalias|unset|wait)(?=[\s)`])/,
    'nb',
  ],
  [/#.*/, 'c1'],
  [/\\[^]/, 'se'],
  [/(?<![\p{L}\p{N}_])[\p{L}\p{N}_]+(?=\s*\+?=)/u, 'nv'],
  [/(?<=[\p{L}\p{N}_]\s{0,40})\+=/u, 'o'],
  [/[[\]{}()=]|<<<|&&|\|\|/, 'o'],
];

const hereDocument: Entry = [/<<-?\s*'?\\?(?<word>[\p{L}\p{N}_]+)[^]+?\k<word>/u, 's'];

const data: readonly Entry[] = [
  [/\$?"(?:\\[^]|[^"\\$])*"/, 's2'],
  [/"/, 's2', 'string'],
  [/\$'(?:\\[^]|[^'\\])*'/, 's1'],
  [/'[^']*'/, 's1'],
  [/[;&|]/, 'p'],
  [/\d+\b/, 'm'],
  [/[^=\s[\]{}()$"'`\\<&|;]+/, ''],
];

const interpolation: readonly Entry[] = [
  [/\$\(\(/, 'k', 'math'],
  [/\$\(/, 'k', 'command'],
  [/\$\{#?/, 'si', 'curly'],
  [/\$[a-zA-Z_][\p{L}\p{N}_]*|\$(?:\d+|[#$?!_*@-])/u, 'nv'],
];

const lineAlone: readonly Entry[] = [[/ +/, ''], ...basic, [/`/, 'sb', 'backticks'], ...data, ...interpolation];

/** All that a command line may hold, with the lines below that it takes as its input. */
export const commandLine: readonly Entry[] = [hereDocument, ...lineAlone];

/** What a command line leads into; for languages that have command lines in them. */
export const shellStates: States = {
  string: [[/"/, 's2', 'back'], [/(?:\\[^]|[^"\\$])+/, 's2'], ...interpolation],
  curly: [[/\}/, 'si', 'back'], [/:-/, 'k'], [/[\p{L}\p{N}_]+/u, 'nv'], [/[^}:"'`$\\]+|:/, 'p'], ...commandLine],
  command: [[/\)/, 'k', 'back'], ...commandLine],
  math: [[/\)\)/, 'k', 'back'], [/\*\*|\|\||[-+*/%^|&]/, 'o'], [/\d+(?:#\d*)?/, 'm'], ...commandLine],
  backticks: [[/`/, 'sb', 'back'], ...commandLine],
};

/** Shell scripts. highlight.js does not follow commands and names inside strings in the way of Pygments. */
export const bash: Palette = { lexicon: new Lexicon({ start: commandLine, ...shellStates }) };

const keywordAtEnd = new RegExp(keyword.source.replace('(?:\\s+\\b|\\b)', '(?=\\n)'), 'u');

const prompt =
  /^(?:\[.*?\]|(?:\(\S+\))?(?:| |sh\S*?|[\p{L}\p{N}_]\S{1,200}[@:]\S{1,200}(?:\s+\S+)?|\[\S+[@:][^\n]+\].+))\s*[$#%]\s*/u;

/** Shell sessions: command lines behind a prompt, and what the commands print. */
export const session: Palette = {
  lexicon: new Lexicon({
    start: [
      [prompt, '', 'prompted'],
      [/.+/, ''],
    ],
    prompted: [[/(?<!\\)\n/, '', 'back'], [/(?<=\\\n)> /, ''], [keywordAtEnd, 'k'], ...lineAlone],
    ...shellStates,
  }),
};
