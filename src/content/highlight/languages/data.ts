import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

/** JSON. What is not JSON is marked as an error. */
export const jsonWords: readonly Entry[] = [
  [/"(?:\\[^]|[^"\\])*"(?=\s*:)/, 'nt'],
  [/"(?:\\[^]|[^"\\])*"/, 's2'],
  [/-?\d+(?:\.\d+(?:[eE][-+]?\d+)?|[eE][-+]?\d+)/, 'mf'],
  [/-?\d+/, 'mi'],
  [/(?:true|false|null)\b/, 'kc'],
  [/[{}[\],:]+/, 'p'],
  [/\/\/.*/, 'c1'],
  [/\/\*[^]*?\*\//, 'cm'],
  [/[^\s"{}[\],:\d/-]+|\S/, 'err'],
];

/** JSON. */
export const json: Palette = { lexicon: new Lexicon(jsonWords) };

const yamlFlow: readonly Entry[] = [
  [/'(?:''|[^'])*'|"(?:\\[^]|[^"\\])*"/, 's'],
  [/![<\w#;/?:@&=+$,.!~*'()[\]%>-]*/, 'kt'],
  [/&[\w-]+/, 'nl'],
  [/\*[\w-]+/, 'nv'],
  [/\[/, 'p', 'flow'],
  [/\{/, 'p', 'flow'],
];

/** YAML. */
export const yaml: Palette = {
  lexicon: new Lexicon({
    start: [
      [/(?<=^|[ ])#.*/, 'c1'],
      [/^(?:---|\.\.\.)(?= |$)/, 'nn'],
      [/[?:-](?= |$)/, 'p'],
      [/[^\s#,?[\]{}"'\n][^#,?[\]{}"'\n]*(?=:(?: |$))/, 'nt'],
      [/[|>](?=[-+\d]*[ ]*(?:#.*)?$)/, 'p', 'block'],
      ...yamlFlow,
      [/(?:[^\s?:,[\]{}#&*!|>'"%@`-]|[?:-](?=\S))(?:[^\n:#]|:(?! |$)|(?<! )#)*/, 'l'],
      [/[^\s]/, 'err'],
    ],
    flow: [
      [/[\]}]/, 'p', 'back'],
      [/(?<=[ ])#.*/, 'c1'],
      [/[^\s,:?[\]{}"'\n][^,:?[\]{}"'\n]*(?=:(?: |$))/, 'nt'],
      [/[?:,]/, 'p'],
      ...yamlFlow,
      [/[^\s?:,[\]{}#&*!|>'"%@`][^\n,:?[\]{}]*/, 'nv'],
    ],
    // The lines below that are indented more than the one with the mark.
    block: [
      [/(?<=^(?<indent> *)(?:- +)*\S[^\n]*)[-+\d]*[^\n]*\n(?:(?:\k<indent> [^\n]*| *)(?:\n|$(?!\n)))+/u, 'no', 'back'],
      [/[^\n]*\n?/, '', 'back'],
    ],
  }),
};
