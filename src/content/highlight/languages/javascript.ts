import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

const end = '(?![\\p{L}\\p{N}_$])';

function keywords(list: string): RegExp {
  return new RegExp(`(?:${list.replaceAll(' ', '|')})${end}`, 'u');
}

const builtIns =
  'Array Boolean Date BigInt Function Math ArrayBuffer Number Object RegExp String Promise Proxy decodeURI decodeURIComponent encodeURI encodeURIComponent eval isFinite isNaN parseFloat parseInt DataView document window globalThis global Symbol Intl WeakSet WeakMap Set Map Reflect JSON Atomics (?:Int|Uint)(?:8|16|32)Array Uint8ClampedArray Float(?:32|64)Array Big(?:Int|Uint)64Array';

const before =
  /(?<=(?:^|[-+*%&|^<>=!~?:{([;,]|(?<![\p{L}\p{N}_$])(?:typeof|instanceof|in|void|delete|new|for|while|do|break|return|continue|switch|case|default|if|else|throw|try|catch|finally|yield|await|async|this|of|static|export|import|debugger|extends|super|var|let|const|with|function|class)|\*\/)\s{0,80})(?<!=>\s{0,80})/u
    .source;

const javascriptWords: readonly Entry[] = [
  [/\s+/, ''],
  [/\/\/.*|(?<![^])#!.*/, 'c1'],
  [/<!--/, 'c'],
  [/\/\*/, 'cm', 'comment'],
  [new RegExp(`${before}\\/(?:\\\\.|[^[/\\\\\\n]|\\[(?:\\\\.|[^\\]\\\\\\n])*\\])+\\/(?:[gimuysd]+\\b|\\B)`, 'u'), 'sr'],
  [new RegExp(`${before}(?=\\/)`, 'u'), '', 'slash'],
  [/(?<!\\)"(?:\\[^]|[^"\\])*"|(?<!\\)'(?:\\[^]|[^'\\])*'/, 's2'],
  [/`/, 'sb', 'template'],
  [/#[\p{L}_$][\p{L}\p{N}_$]*/u, 'nx'],
  [/0[xXbBoO][0-9a-fA-F]+n?|(?:\.\d+|\d+\.\d*|\d+)(?:[eE][-+]?\d+)?n?/, 'mf'],
  [/\.\.\.|=>/, 'p'],
  [/\+\+|--|~|\?\?=?|\?|:|(?:<<|>>>?|==?|!=?|(?:\*\*|\|\||&&|[-<>+*%&|^/]))=?/, 'o'],
  [/[{(}\][;,).]/, 'p'],
  [keywords('typeof instanceof in void delete new'), 'ow'],
  [keywords('constructor from as'), 'kr'],
  [
    keywords(
      'for while do break return continue switch case default if else throw try catch finally yield await async this of static export import debugger extends super',
    ),
    'k',
  ],
  [keywords('var let const with function class'), 'kd'],
  [
    keywords(
      'abstract boolean byte char double enum final float goto implements int interface long native package private protected public short synchronized throws transient volatile',
    ),
    'kr',
  ],
  [keywords('true false null NaN Infinity undefined'), 'kc'],
  [keywords(builtIns), 'nb'],
  [keywords('(?:Eval|Internal|Range|Reference|Syntax|Type|URI)?Error'), 'ne'],
  [/[\p{L}_$][\p{L}\p{N}_$]*/u, 'nx'],
];

const typescriptWords: readonly Entry[] = [
  [/\s+/, ''],
  [/\/\/.*/, 'c1'],
  [keywords('abstract implements private protected public readonly'), 'k'],
  [keywords('enum interface override'), 'kd'],
  [keywords('declare type'), 'kr'],
  [keywords('string boolean number'), 'kt'],
  [/[\p{L}\p{N}_?.$]{1,200}(?=\s*:\s*[\p{L}\p{N}_?.$])/u, 'nx'],
  [/(?<=[\p{L}\p{N}_?.$]\s*:\s*)[\p{L}\p{N}_?.$]+/u, 'kt'],
  [/@[\p{L}_$][\p{L}\p{N}_$]*/u, 'kd'],
  ...javascriptWords,
];

function palette(words: readonly Entry[]): Palette {
  return {
    lexicon: new Lexicon(
      {
        start: words,
        comment: [
          [/\*\//, 'cm', 'back'],
          [/[^*]+|\*/, 'cm'],
        ],
        // A slash that begins no regular expression where one is expected, as in JSX, spoils the line.
        slash: [
          [/\n/, '', 'back'],
          [/.+/, 'err'],
        ],
        template: [
          [/`/, 'sb', 'back'],
          [/\$\{/, 'si', 'inserted'],
          [/(?:\\[^]|[^`\\$])+|\$/, 'sb'],
        ],
        inserted: [[/\}/, 'si', 'back'], ...words],
      },
      { isStrict: true },
    ),
  };
}

/** JavaScript. */
export const javascript = palette(javascriptWords);
/** TypeScript. */
export const typescript = palette(typescriptWords);
