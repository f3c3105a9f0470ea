import { Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

/** SQL. Which words are keywords is highlight.js's list; signs and strings are those of Pygments. */
export const sql: Palette = {
  grammar: 'sql',
  scopes: { literal: 'k', type: 'nb', built_in: 'k', operator: 'read', variable: 'read', number: 'mi', string: 's1' },
  lexicon: new Lexicon(
    [
      [/[+*/<>=~!@#%^&|`?-]/, 'o'],
      [/[0-9]+/, 'mi'],
      [/"(?:""|[^"])*"/, 'ss'],
      [
        /(?:show|database|schema|view|index|key|privileges|option|user|limit|offset|begin|commit|rollback|grant|by|comment)\b/,
        'k',
      ],
      [/[\p{L}_][\p{L}\p{N}_$]*/u, 'n'],
      [/[;:()[\],.]/, 'p'],
    ],
    { ignoreCase: true },
  ),
};
