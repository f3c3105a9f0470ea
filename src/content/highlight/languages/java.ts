import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

const name = '[\\p{L}_$][\\p{L}\\p{N}_$]*';

function words(list: string, colour: string): Entry {
  return [new RegExp(`(?:${list.replaceAll(' ', '|')})(?![\\p{L}\\p{N}_$])`, 'u'), colour];
}

/** Java. */
export const java: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [/\s+/, ''],
        [/\/\/.*/, 'c1'],
        [/\/\*/, 'cm', 'comment'],
        [
          /(?=record)(?<=^\s*(?:(?:public|private|protected|static|strictfp)\s+){0,4})record(?![\p{L}\p{N}_])/u,
          'kd',
          'class',
        ],
        words(
          'assert break case catch continue default do else finally for if goto instanceof new return switch this throw try while',
          'k',
        ),
        [/@[\p{L}_][\p{L}\p{N}_.]*/u, 'nd'],
        words(
          'abstract const enum extends final implements native private protected public sealed static strictfp super synchronized throws transient volatile yield',
          'kd',
        ),
        words('boolean byte char double float int long short void', 'kt'),
        [/(?:import\s+static|import|package)(?=\s)/, 'kn', 'package'],
        words('true false null', 'kc'),
        [/(?:class|interface)(?![\p{L}\p{N}_$])/u, 'kd', 'class'],
        [/var(?=\s)/, 'kd'],
        [/"/, 's', 'string'],
        [/'(?:\\.|[^\\]|\\u[0-9a-fA-F]{4})'/, 'sc'],
        [new RegExp(`\\.(?=${name})`, 'u'), 'p', 'member'],
        // A name behind a type and before a bracket is a method, unless the type is a keyword such as "return".
        [
          new RegExp(
            `(?<=(?<![\\p{L}\\p{N}_$])(?!(?:new|return|throw|else|case|assert|instanceof|do|goto|default)\\s)[\\p{L}_$][\\p{L}\\p{N}_.[\\]$<>]{0,80}\\s{1,40})${name}(?=\\s*\\()`,
            'u',
          ),
          'nf',
        ],
        [new RegExp(name, 'u'), 'n'],
        [
          /0[xX][\da-fA-F_]+[lL]?|0[bB][01_]+[lL]?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[fFdDlL]?/,
          'mi',
        ],
        [/[~^*!%&[\]<>|+=/?-]/, 'o'],
        [/[{}();:.,]/, 'p'],
      ],
      comment: [
        [/\*\//, 'cm', 'back'],
        [/[^*]+|\*/, 'cm'],
      ],
      string: [
        [/"/, 's', 'back'],
        [/(?:\\[^]|[^"\\])+/, 's'],
      ],
      package: [
        [/\s+/, ''],
        [/[\p{L}\p{N}_.]+\*?/u, 'nn', 'back'],
      ],
      class: [
        [/\s+/, ''],
        [new RegExp(name, 'u'), 'nc', 'back'],
      ],
      member: [[new RegExp(name, 'u'), 'na', 'back']],
    },
    { isStrict: true },
  ),
};
