import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

/** JSON. What is not JSON is marked as an error. */
const jsonWords: readonly Entry[] = [
  [/(?<!\\)"(?:\\[^]|[^"\\])*"(?=\s*:)/, 'nt'],
  [/(?<!\\)"(?:\\[^]|[^"\\])*"/, 's2'],
  [/[-\d][-\d.eE+]*/, 'mi'],
  // What begins like true, false or null and has only their letters is taken for one of these.
  [/[tfn][aeflnrstu]*/, 'kc'],
  [/[{}[\],:]+/, 'p'],
  [/\/\/.*/, 'c1'],
  [/\/\*[^]*?\*\//, 'cm'],
  [/\S/, 'err'],
];

/** JSON. */
export const json: Palette = { lexicon: new Lexicon(jsonWords) };

const yamlFlow: readonly Entry[] = [
  [/'/, 's', 'single'],
  [/"/, 's', 'double'],
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
      [/^%(?:YAML|TAG)(?= |$)/, 'nt', 'directive'],
      [/^(?:---|\.\.\.)(?= |$)/, 'nn'],
      [/[?:-](?= |$)/, 'p'],
      [/[^\s#,?[\]{}"'\n][^#,?[\]{}"'\n]{0,400}(?=:(?: |$))/, 'nt'],
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
    directive: [
      [/\d+\.\d+/, 'mi'],
      [/!\S*/, 'kt'],
      [/\n/, '', 'back'],
      [/\S/, 'err'],
    ],
    single: [
      [/''/, 'se'],
      [/'/, 's', 'back'],
      [/[^']+/, 's'],
    ],
    double: [
      [/\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/, 'se'],
      [/"/, 's', 'back'],
      [/(?:\\[^]|[^"\\])/, 's'],
    ],
    // The lines below that are indented more than the one with the mark.
    block: [
      [/[-+\d]+/, 'p'],
      [/[ ]+/, ''],
      [/#.*/, 'c1'],
      [/(?<=^(?<indent> *)(?:- +)*\S[^\n]*)\n(?:(?:\k<indent> [^\n]*| *)(?:\n|$(?!\n)))+/u, 'no', 'back'],
      [/[^\n]*\n?/, '', 'back'],
    ],
  }),
};
