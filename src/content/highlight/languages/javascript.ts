import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

const all = 'read';
const end = '(?![\\p{L}\\p{N}_$])';

function keywords(list: string): RegExp {
  return new RegExp(`(?:${list.replaceAll(' ', '|')})${end}`, 'u');
}

const builtIns =
  'Array Boolean Date BigInt Function Math ArrayBuffer Number Object RegExp String Promise Proxy decodeURI decodeURIComponent encodeURI encodeURIComponent eval isFinite isNaN parseFloat parseInt DataView document window globalThis global Symbol Intl WeakSet WeakMap Set Map Reflect JSON Atomics';

const javascriptWords: readonly Entry[] = [
  [/[ \n]+/, ''],
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
  [/[@#\\]/, 'err'],
];

const typescriptWords: readonly Entry[] = [
  [/[ \n]+/, ''],
  [keywords('abstract implements private protected public readonly'), 'k'],
  [keywords('enum interface override'), 'kd'],
  [keywords('declare type'), 'kr'],
  [keywords('string boolean number'), 'kt'],
  [/[\p{L}\p{N}_?.$]+(?=\s*:\s*[\p{L}\p{N}_?.$])/u, 'nx'],
  [/(?<=[\p{L}\p{N}_?.$]\s*:\s*)[\p{L}_?.$][\p{L}\p{N}_?.$]*/u, 'kt'],
  [/@[\p{L}_$][\p{L}\p{N}_$]*/u, 'kd'],
  ...javascriptWords,
];

const scopes = {
  keyword: all,
  built_in: all,
  literal: all,
  title: all,
  variable: all,
  number: all,
  attr: all,
  meta: all,
  property: all,
  type: all,
  params: all,
};

function palette(grammar: string, entries: readonly Entry[]): Palette {
  return {
    grammar,
    scopes,
    lexicon: new Lexicon(entries),
    inside: { subst: new Lexicon([[/\$\{|\}/, 'si'], ...entries]) },
  };
}

/** JavaScript. */
export const javascript = palette('javascript', javascriptWords);
/** TypeScript. */
export const typescript = palette('typescript', typescriptWords);
