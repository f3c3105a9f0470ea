import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

const keywords = [
  'if elseif else switch default for foreach while do until break continue return in begin process end filter function',
  'param dynamicparam parameter try catch finally throw trap ref alias cmdletbinding mandatory position helpmessage',
  'parametersetname valuefrompipelinebypropertyname valuefrompipeline valuefromremainingarguments',
  'validateset validaterange validatepattern validatelength validatecount global: local:',
]
  .join(' ')
  .replaceAll(' ', '|');

const operators = [
  'c?(?:contains|notcontains|like|notlike|match|notmatch|replace|eq|ne|ge|gt|le|lt)',
  'i(?:contains|notcontains|like|notlike|match|notmatch|replace|eq|ne|ge|gt|le|lt)',
  'and|or|not|band|bor|bxor|bnot|as|is|isnot|f|file|regex|wildcard|exact|casesensitive',
].join('|');

const help =
  'synopsis|description|example|parameter|inputs|outputs|notes|link|component|role|functionality|externalhelp|forwardhelptargetname|forwardhelpcategory|remotehelprunspace';

const words: readonly Entry[] = [
  [/\(/, 'p', 'group'],
  [/\s+/, ''],
  [/#.*/, 'c'],
  [/<#/, 'cm', 'comment'],
  [/@"\n/, 'sh', 'lines'],
  [/@'\n/, 'sh', 'quoted lines'],
  [/`['"$@-]/, 'p'],
  [/"/, 's2', 'string'],
  [/'/, 's1', 'quoted'],
  [/(?:\$|@@|@)(?:(?:global|script|private|env):)?[\p{L}\p{N}_]+/u, 'nv'],
  [new RegExp(`(?:${keywords}|[?%])(?![\\p{L}\\p{N}_])(?<=[\\p{L}\\p{N}_])`, 'u'), 'k'],
  [new RegExp(`-(?:${operators})(?![\\p{L}\\p{N}_])`, 'u'), 'o'],
  // A command whose verb is known keeps what stands behind its hyphen; nearly all have such a verb.
  [/[a-z]+-[a-z_][\p{L}\p{N}_]*/u, 'nb'],
  [/\[[a-z_[][\p{L}\p{N}_. `,[\]]{0,300}\]/u, 'no'],
  [/-[a-z_][\p{L}\p{N}_]*/u, 'n'],
  [/[\p{L}\p{N}_]+/u, 'n'],
  [/[.,;:@{}[\]$)=+*/\\&%!~?^`|<>-]/, 'p'],
];

/** PowerShell. */
export const powershell: Palette = {
  lexicon: new Lexicon(
    {
      start: words,
      group: [[/\)/, 'p', 'back'], ...words],
      comment: [
        [/#>/, 'cm', 'back'],
        [new RegExp(`\\.(?:${help})`, 'u'), 'sd'],
        [/[^#.]+|[#.]/, 'cm'],
      ],
      string: [
        [/`[0abfnrtv'"$`]/, 'se'],
        [/\$\(/, 'p', 'group'],
        [/""/, 's2'],
        [/"/, 's2', 'back'],
        [/[^$`"]+|[`$]/, 's2'],
      ],
      quoted: [
        [/''/, 's1'],
        [/'/, 's1', 'back'],
        [/[^']+/, 's1'],
      ],
      lines: [
        [/\n"@/, 'sh', 'back'],
        [/\$\(/, 'p', 'group'],
        [/[^\n$]+|[^]/, 'sh'],
      ],
      'quoted lines': [
        [/(?<=\n)'@/, 'sh', 'back'],
        [/[^\n]+|\n/, 'sh'],
      ],
    },
    { ignoreCase: true, isStrict: true },
  ),
};
