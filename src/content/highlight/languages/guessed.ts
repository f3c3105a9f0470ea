import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

/**
 * Languages that hardly anyone writes about, but that bare fences are taken for: the page of a note shows the colours of
 * a script for games or terminals, and so does ours.
 */

function words(list: string): string {
  return `(?:${list.replaceAll(' ', '|')})\\b`;
}

const quoted: readonly Entry[] = [
  [/\\(?:N\{.*?\}|u[a-fA-F0-9]{4}|U[a-fA-F0-9]{8}|[\\abfnrtv"']|\n|x[a-fA-F0-9]{2}|[0-7]{1,3})/, 'se'],
  [/[^\\'"\n]+|[\\'"]/, 's'],
];

/** GDScript, the language of the Godot engine. */
export const gdscript: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [/\s+/, ''],
        [/(?="""|''')(?<=^\s*)(?:"""[^]*?"""|'''[^]*?''')/, 'sd'],
        [/#.*/, 'c1'],
        [/[\]{}:(),;[]/, 'p'],
        [/\\/, ''],
        [new RegExp(words('in and or not'), 'u'), 'ow'],
        [/!=|==|<<|>>|&&|[-+*/%&|]=|\|\||[-~+/*%=<>&^.!|$]/, 'o'],
        [
          new RegExp(
            words(
              'as breakpoint class class_name extends is func setget signal tool const enum export onready static var break continue if elif else for pass return match while remote master puppet remotesync mastersync puppetsync',
            ),
            'u',
          ),
          'k',
        ],
        [/(?<!\.)(?:self|false|true)\b|(?:PI|TAU|NAN|INF)\b/, 'bp'],
        [/(?:[rR]|[uUbB][rR]|[rR][uUbB]|[uUbB])(?=["'])/, 'sa'],
        [/"""/, 's', 'double text'],
        [/'''/, 's', 'single text'],
        [/"/, 's', 'double'],
        [/'/, 's', 'single'],
        [/[a-zA-Z_][\p{L}\p{N}_]*/u, 'n'],
        [/0[xX][a-fA-F0-9]+|(?:\d+\.\d*|\d*\.\d+|\d+)(?:[eE][+-]?[0-9]+)?j?/, 'mi'],
      ],
      'double text': [[/"""/, 's', 'back'], ...quoted, [/\n/, '']],
      'single text': [[/'''/, 's', 'back'], ...quoted, [/\n/, '']],
      double: [[/"/, 's', 'back'], ...quoted],
      single: [[/'/, 's', 'back'], ...quoted],
    },
    { isStrict: true },
  ),
};

/** Macros of Tera Term. */
export const teraTerm: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [/;.*/, 'c1'],
        [/\/\*/, 'cm', 'comment'],
        [/(?=:)(?<=^\s*):[a-z0-9_]+/, 'nl'],
        [
          new RegExp(
            `\\b${words(
              'basename beep break changedir clearscreen connect continue dirname disconnect do else elseif end endif enduntil endwhile exec exit file(?:close|concat|copy|create|delete|lock|open|read|readln|rename|search|seek|stat|truncate|unlock|write|writeln) find(?:close|first|next) folder(?:create|delete|search) for get(?:date|dir|env|hostname|password|time|title|ver) if ifdefined include inputbox int2str listbox log(?:close|info|open|pause|rotate|start|write) loop makepath messagebox mpause next passwordbox pause random recvln return send sendbreak sendfile sendln set(?:baud|date|debug|dir|echo|env|password|speed|sync|time|title) show sprintf statusbox str2int str(?:compare|concat|copy|dim|insert|join|len|match|remove|replace|scan|split|trim) testlink then tolower toupper unlink until uptime wait waitln waitn waitregex while yesnobox',
            )}`,
            'u',
          ),
          'k',
        ],
        [/(?:call|goto)(?=[ \t]+[a-z0-9_])/, 'k'],
        [/[a-z_][a-z0-9_]*/, 'nv'],
        [/[!%&*+<=>^~|/-]+/, 'o'],
        [/[()]/, 'ss'],
        [/[0-9]+|\$[0-9a-f]+/, 'mi'],
        [/#(?:[0-9]+|\$[0-9a-f]+)/, 'sc'],
        [/'[^'\n]*'|"[^"\n]*"/, 's'],
        [/'[^']*(?=\n)|"[^"]*(?=\n)/, 'err'],
      ],
      comment: [
        [/\*\//, 'cm', 'back'],
        [/[^*/]+|[*/]/, 'cm'],
      ],
    },
    { ignoreCase: true },
  ),
};

/** Debian's lists of package sources. */
export const debianSources: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [/\s+/, ''],
        [/#.*/, 'c'],
        [/^deb(?:-src)?(?=\s)/, 'k', 'kind'],
      ],
      kind: [[/\s+/, '', 'back, address']],
      address: [
        [/#.*/, 'c', 'back'],
        [/\[/, 'sx', 'options'],
        [/[^\s$[]+|\$/, 's'],
        [/[^\S\n]+/, '', 'components'],
        [/\s+/, '', 'back'],
      ],
      options: [
        [/\]/, 'sx', 'back'],
        [/[^\]]+/, 'sx'],
      ],
      components: [
        [/#.*/, 'c', 'back, back'],
        [/$/, '', 'back, back'],
        [/\s+/, ''],
        [/\S+/, 'kp'],
      ],
    },
    { isStrict: true },
  ),
};

const operators = '(?:-|==|~=|<=|>=|<|>|&&|&|~|\\|\\|?|\\.\\*|\\*|\\+|\\.\\^|\\^|\\.\\\\|\\./|/|\\\\)';

/** MATLAB. A line whose first word stands alone is a command with arguments. */
export const matlab: Palette = {
  lexicon: new Lexicon({
    start: [
      [/^!.*/, 'sx'],
      [/%\{\s*\n/, 'cm', 'comment'],
      [/%.*/, 'c'],
      [
        /(?<!\.)(?:break|case|catch|classdef|continue|dynamicprops|else|elseif|end|for|function|global|if|methods|otherwise|parfor|persistent|return|spmd|switch|try|while)\b/,
        'k',
      ],
      [/\.\.\.(?=.*)/, 'k', 'rest'],
      [
        new RegExp(
          `(?=[\\p{L}\\p{N}_])(?<=^\\s*|;\\s*)[\\p{L}\\p{N}_]+(?=[^\\S\\n]+(?!=|\\(|${operators}\\s|\\s))`,
          'u',
        ),
        'n',
        'arguments',
      ],
      [new RegExp(operators, 'u'), 'o'],
      [/(?<![\p{L}\p{N}_])(?:\d+\.\d+|\d*\.\d+|\d+\.|\d+)(?:[eEf][+-]?\d+)?(?![\p{L}\p{N}_])/u, 'mi'],
      [/[[\](){}:@.,=;]/, 'p'],
      [/(?<=[\p{L}\p{N}_)\].])'+/u, 'o'],
      [/"(?:""|[^"])*"/, 's'],
      [/'[^']*'/, 's'],
      [/[a-zA-Z_][\p{L}\p{N}_]*/u, 'n'],
    ],
    rest: [[/.*/, 'c', 'back']],
    comment: [
      [/^\s*%\}/, 'cm', 'back'],
      [/.+|\n/, 'cm'],
    ],
    arguments: [
      [/=/, 'p', 'back'],
      [new RegExp(operators, 'u'), 'o', 'back'],
      [/[ \t]+/, ''],
      [/'[^']*'|[^';\s]+/, 's'],
      [/;/, 'p', 'back'],
      [/(?=[^])/, '', 'back'],
    ],
  }),
};
