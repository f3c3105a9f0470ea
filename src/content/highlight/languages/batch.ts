import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

/** What may stand behind a command's name. */
const end = '(?=[\\s,;=+./:[\\\\\\]&<>|()]|$)';
const commands =
  'assoc break cd chdir cls color copy date del dir dpath echo endlocal erase exit ftype keys md mkdir mklink move path pause popd prompt pushd rd ren rename rmdir setlocal shift start time title type ver verify vol'.replaceAll(
    ' ',
    '|',
  );

const variable: Entry = [/%(?:\*|~[a-z]*(?:\$[^:\n]+:)?\d|\d|[^%:\n]+(?::[^%\n]*)?%)|\^?![^!:\n]+(?::[^!\n]*)?!/, 'nv'];
const escape: Entry = [/%%|\^[^]/, 'se'];
const space: Entry = [/[ \t,;=]+/, ''];
const string: Entry = [/"/, 's2', 'string'];

const text: readonly Entry[] = [string, variable, escape];

const redirections: readonly Entry[] = [
  [/(?<=[\s,;=])\d(?=[<>])/, 'mi'],
  [/(?:>>?&|<&)(?=\d)/, 'p', 'number'],
  [/>>?|</, 'p'],
];

function commandStates(isGroup: boolean): { begin: readonly Entry[]; rest: readonly Entry[]; sums: readonly Entry[] } {
  const rest = isGroup ? 'rest of group' : 'rest';
  const close: readonly Entry[] = isGroup ? [[/(?=\))/, '', 'back']] : [];
  const begin: readonly Entry[] = [
    isGroup ? [/\)/, 'p', 'back'] : [/\).*/, 'c1'],
    [/(?=:)(?<=^[ \t,;=]*):/, 'p', 'target'],
    [/[\s,;=]+/, ''],
    ...redirections,
    [/\(/, 'p', 'group'],
    [/@+/, 'p'],
    [new RegExp(`(?:${commands})${end}`, 'u'), 'k', rest],
    [/call(?=[\s,;=]*:)/, 'k', 'label'],
    [new RegExp(`call${end}`, 'u'), 'k'],
    [/for(?=[\s,;=]+\/l\s)/, 'k', 'numbers'],
    [/for(?=[\s,;=(])/, 'k', 'list'],
    [new RegExp(`goto${end}`, 'u'), 'k', 'label'],
    [/if(?=[\s,;=(])/, 'k', 'condition'],
    [/rem(?=[\s,;=&<>|(]|$).*/, 'c1'],
    [new RegExp(`set${end}(?=[ \\t]*\\/a)`, 'u'), 'k', isGroup ? 'sums of group' : 'sums'],
    [new RegExp(`set${end}`, 'u'), 'k', isGroup ? 'name in group' : 'name'],
    [/(?=[^])/, '', rest],
  ];
  const line: readonly Entry[] = [...close, [/(?=\n)/, '', 'back'], [/\|\|?|&&?/, 'p', 'back'], ...redirections];
  return {
    begin,
    rest: [...line, ...text, [/[^"%!^\s&<>|\d)]+|[^]/, '']],
    sums: [
      ...line,
      [/\/a/, 'k'],
      [/0x[\da-f]+|\d+/, 'mi'],
      [/[(),]+/, 'p'],
      [/[=+\-*/!~]|%(?![\w%~])/, 'o'],
      ...text,
      [/[^()=+\-*/!~%^"\s&<>|,;]+/, 'nv'],
    ],
  };
}

const outside = commandStates(false);
const inside = commandStates(true);

const name = (rest: string): readonly Entry[] => [
  [/[ \t]+/, ''],
  [/\/p/, 'k'],
  [/[^"\n&<>|^=)]+/, 'nv'],
  [/=/, 'p', `back, ${rest}`],
  [/(?=[^])/, '', `back, ${rest}`],
];

const list: readonly Entry[] = [
  [/[\s,;=]+/, ''],
  [/in(?=[\s,;=]*\()/, 'k'],
  [/\/[fl](?=\s)/, 'k'],
  [/[()]/, 'p'],
  [/do(?=[\s(])/, 'k', 'back'],
  [/'[^'\n]*'/, 's1'],
  [/`[^`\n]*`/, 'sb'],
  ...redirections,
  ...text,
  [/[^"%!^\s&<>|()]+|[^]/, ''],
];

/** Batch files of Windows. */
export const batch: Palette = {
  lexicon: new Lexicon(
    {
      start: outside.begin,
      group: inside.begin,
      rest: outside.rest,
      'rest of group': inside.rest,
      sums: outside.sums,
      'sums of group': inside.sums,
      name: name('rest'),
      'name in group': name('rest of group'),
      number: [
        [/\d/, 'mi', 'back'],
        [/(?=[^])/, '', 'back'],
      ],
      string: [[/"/, 's2', 'back'], variable, [/\^!|%%/, 'se'], [/(?=\n)/, '', 'back'], [/[^"%^!\n]+|[%^!]/, 's2']],
      // The name of a place to go to; what stands behind it on its own line is a comment.
      target: [
        [/[^\s,;=&<>|+:^]+/, 'nl'],
        [/\n/, '', 'back'],
        [/.+/, 'c1'],
      ],
      label: [
        [/[ \t]+/, ''],
        [/:/, 'p'],
        [/[^\s,;=&<>|+:^)]+/, 'nl', 'back'],
        [/(?=[^])/, '', 'back'],
      ],
      condition: [
        space,
        [/\/i(?=\s)/, 'k'],
        [/not(?=\s)/, 'k'],
        [/(?:cmdextversion|errorlevel)(?=\s)/, 'k', 'back, body, level'],
        [/defined(?=\s)/, 'k', 'back, body, defined'],
        [/exist(?=\s)/, 'k', 'back, body, word, space'],
        [/-?\d+(?=\s+(?:equ|geq|gtr|leq|lss|neq)\s)/, 'mi', 'back, body, operator'],
        [/(?=[^])/, '', 'back, body, operator, word'],
      ],
      level: [space, [/\d+/, 'mi', 'back'], [/(?=[^])/, '', 'back']],
      defined: [space, [/[^\s"&<>|()]+/, 'nv', 'back'], [/(?=[^])/, '', 'back']],
      space: [[/[ \t,;=]*/, '', 'back']],
      operator: [
        [/[ \t]*==[ \t,;=]*/, 'o', 'back, word'],
        [/[ \t]+/, ''],
        [/(?:equ|geq|gtr|leq|lss|neq)(?=\s)/, 'ow', 'back, number or word'],
        [/(?=[^])/, '', 'back'],
      ],
      'number or word': [space, [/\d+(?=[\s)])/, 'mi', 'back'], [/(?=[^])/, '', 'back, word']],
      word: [[/(?=[\s,;=&<>|)]|$)/, '', 'back'], ...text, [/[^"%!^\s,;=&<>|)]+|[^]/, '']],
      body: [space, [/\(/, 'p', 'back, else, group'], [/(?=[^])/, '', 'back']],
      else: [
        [/[ \t]+/, ''],
        [/else(?=[\s(])/, 'k', 'back'],
        [/(?=[^])/, '', 'back'],
      ],
      list,
      numbers: [[/-?\d+/, 'mi'], ...list],
    },
    { ignoreCase: true },
  ),
};
