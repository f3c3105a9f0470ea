import { Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

/** PHP. */
export const php: Palette = {
  grammar: 'php',
  scopes: {
    title: 'read',
    'title.class': 'read',
    'title.function': 'nf',
    variable: 'nv',
    subst: 'si',
    operator: 'o',
    built_in: 'nb',
    literal: 'kc',
    meta: 'cp',
    params: 'read',
  },
  lexicon: new Lexicon([
    [/(?<=(?:->|::)\s*)[\p{L}_][\p{L}\p{N}_]*/u, 'na'],
    [/(?<=\bclass\s+)[\p{L}_][\p{L}\p{N}_]*/u, 'nc'],
    [/(?<=\bfunction\s+)[\p{L}_][\p{L}\p{N}_]*/u, 'nf'],
    [/\$+[\p{L}_][\p{L}\p{N}_]*/u, 'nv'],
    [/[\p{L}_\\][\p{L}\p{N}_\\]*/u, 'nx'],
    [/\d+/, 'mi'],
    [/[~!%^&*+=|:.<>/@?-]+/, 'o'],
    [/[[\]{}();,]+/, 'p'],
  ]),
  inside: {
    string: new Lexicon([
      [/\\(?:[nrt"$\\]|[0-7]{1,3}|x[0-9a-f]{1,2})/, 'se'],
      [/[^\\]+|\\/, 's'],
    ]),
  },
};

/** PowerShell. */
export const powershell: Palette = {
  grammar: 'powershell',
  whole: ['string'],
  scopes: {
    keyword: 'k',
    built_in: 'nb',
    variable: 'nv',
    literal: 'read',
    title: 'read',
    operator: 'read',
    type: 'read',
    selector: 'read',
    number: 'read',
    params: 'read',
    property: 'read',
  },
  lexicon: new Lexicon([
    [/\$[\w:]+/, 'nv'],
    [
      /-(?:and|as|band|bnot|bor|bxor|casesensitive|ccontains|ceq|cge|cgt|cle|clike|clt|cmatch|cne|cnotcontains|cnotlike|cnotmatch|contains|creplace|eq|exact|f|file|ge|gt|icontains|ieq|ige|igt|ile|ilike|ilt|imatch|ine|inotcontains|inotlike|inotmatch|ireplace|is|isnot|le|like|lt|match|ne|not|notcontains|notlike|notmatch|or|regex|replace|wildcard)\b/,
      'o',
    ],
    [/\[[A-Za-z_[][\w. `,[\]]*\]/, 'no'],
    [/-[A-Za-z_]\w*/, 'n'],
    [/[\p{L}\p{N}_]+/u, 'n'],
    [/[.,;:@{}[\]$()=+*/\\&%!~?^`|<>-]/, 'p'],
  ]),
};

/** Batch files of Windows. */
export const batch: Palette = {
  lexicon: new Lexicon(
    [
      [/(?<=^[ \t]{0,40}@?)rem\b.*|(?<=^[ \t]{0,40})::.*/, 'c1'],
      [/@|[()&|]/, 'p'],
      [/(?<=^[ \t]{0,40}:)[^\s:]+/, 'nl'],
      [/"[^"\n]*"/, 's2'],
      [/%%?~?[\w:~,=-]+%?|%\*|![\w:~,=-]+!/, 'nv'],
      [/[<>]+(?:&\d)?/, 'p'],
      [
        /(?<=^[ \t]{0,40}@?|[(&|][ \t]{0,9}|\bdo[ \t]{1,9}|\belse[ \t]{1,9})(?:assoc|break|cd|chdir|cls|color|copy|date|del|dir|dpath|echo|endlocal|erase|exit|ftype|keys|md|mkdir|mklink|move|path|pause|popd|prompt|pushd|rd|ren|rename|rmdir|set|setlocal|shift|start|time|title|type|ver|verify|vol)\b/,
        'k',
      ],
      [/(?:if|for|in|do|else|goto|call|not|exist|defined|equ|neq|lss|leq|gtr|geq|errorlevel)(?=[\s(:]|$)/, 'k'],
      [/==/, 'o'],
      [/(?<=\bset\s+(?:\/[ap]\s+)?)[^\s=]+(?==)/, 'nv'],
      [/=/, 'p'],
      [/\d+(?=[\s)]|$)/, 'mi'],
      [/[^\s%"()&|<>=]+/, ''],
    ],
    'i',
  ),
};
