import { type Entry, Lexicon, type States } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

/** Differences between files, line by line. */
export const diff: Palette = {
  lexicon: new Lexicon([
    [/^\+.*/, 'gi'],
    [/^-.*/, 'gd'],
    [/^@.*/, 'gu'],
    [/.+/, ''],
  ]),
};

/** Running text. A character before a mark belongs to it, so that two marked words that touch are one too few. */
const inline: readonly Entry[] = [
  [/\\./, ''],
  [/[^`\n](?=`[^`\n]{1,1000}`)/, '', 'code'],
  [/`[^`\n]{1,1000}`/, 'sb'],
  [
    /[^*]?\*\*[^* \n][^*\n]{0,500}\*\*|[^_]?__[^_ \n][^_\n]{0,500}__|[^*]?\*[^* \n][^*\n]{0,500}\*|[^_]?_[^_ \n][^_\n]{0,500}_/,
    '',
  ],
  [/[^~](?=~~[^~ \n][^~\n]{0,500}~~)/, '', 'struck'],
  [/~~[^~ \n][^~\n]{0,500}~~/, 'gd'],
  [/[@#][\p{L}\p{N}_/:]+/u, 'ni'],
  [/!?\[(?=[^\]]{1,1000}\](?:\([^)]{1,1000}\)|\[[^\]]{0,1000}\]))/, '', 'link'],
  [/(?<=^\s{0,40}\[[^\]\n]{0,200}\]:\s{0,40})[^\s].*/, 'na'],
  [/^[^\S\n]*\[[^\]]{0,200}\]:[^\S\n]*(?=.)/, ''],
  [/[^\\\s]+/, ''],
  [/[ \t\\]/, ''],
];

const inlineStates: States = {
  code: [[/`[^`\n]+`/, 'sb', 'back']],
  struck: [[/~~[^~\n]+~~/, 'gd', 'back']],
  link: [
    [/\]\[[^\]]*\]/, '', 'back'],
    [/\]\(/, '', 'back, address'],
    [/[^\]]+/, 'nt'],
  ],
  address: [
    [/\)/, '', 'back'],
    [/[^)]+/, 'na'],
  ],
};

/** The code behind a fence is in the language that the fence names. */
function languageOfFence(_word: string, code: string, at: number): string {
  return `in ${code
    .slice(code.lastIndexOf('\n', at - 2) + 1, at)
    .trim()
    .replace(/^`+/, '')}`;
}

/** Markdown. Code in it is in its own language. */
export const markdown: Palette = {
  lexicon: new Lexicon({
    start: [
      [/^#[^#\n].+/, ''],
      [/^#{2,6}[^#\n].+/, 'gu'],
      [/^.+(?=\n=+\n)/, '', 'underline'],
      [/^.+(?=\n-+\n)/, 'gu', 'second underline'],
      [/^[^\S\n]*[*-] \[[ xX]\](?= .)/, 'k', 'line'],
      [/^[^\S\n]*[*-](?=\s.)/, 'k', 'line'],
      [/^[^\S\n]*[0-9]+\.(?= .)/, 'k', 'line'],
      [/^[^\S\n]*>(?=\s.)/, 'k', 'quote'],
      [/^[^\S\n]*```\n[^]{0,20000}?^[^\S\n]*```$/, 'sb'],
      [/^[^\S\n]*```[\p{L}\p{N}_]+\n(?=[^]{0,20000}?^[^\S\n]*```$)/u, 'sb', 'fence'],
      [/\n/, ''],
      ...inline,
    ],
    line: [[/\n/, '', 'back'], ...inline],
    quote: [[/.*\n?/, '', 'back']],
    underline: [
      [/\n/, ''],
      [/=+/, '', 'back'],
    ],
    'second underline': [
      [/\n/, ''],
      [/-+/, 'gu', 'back'],
    ],
    fence: [
      [/^[^\S\n]*```$/, 'sb', 'back'],
      [/[^]*?(?=^\s*```$)/, languageOfFence, 'back, end'],
    ],
    end: [[/^[^\S\n]*```$/, 'sb', 'back']],
    ...inlineStates,
  }),
};
