import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

const space: readonly Entry[] = [
  [/--\[(?<level>=*)\[[^]{0,20000}?\]\k<level>\]/, 'cm'],
  [/--.*|(?<![^])#!.*/, 'c1'],
  [/\s+/, ''],
];

const escape: Entry = [/\\(?:[abfnrtv\\"']|\n|z\s*|x[0-9a-fA-F]{2}|\d{1,3}|u\{[0-9a-fA-F]+\})/, 'se'];

/** Lua. */
export const lua: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        ...space,
        [/0[xX][\da-fA-F]*(?:\.[\da-fA-F]*)?(?:[pP][+-]?\d+)?/, 'mh'],
        [/(?:\d*\.\d+|\d+\.\d*|\d+)(?:[eE][+-]?\d+)?/, 'mf'],
        [/\[(?<marks>=*)\[[^]{0,20000}?\]\k<marks>\]/, 's'],
        [/::/, 'p', 'label'],
        [/\.{3}/, 'p'],
        [/[=<>|~&+\-*/%#^]+|\.\./, 'o'],
        [/[[\]{}().,:;]/, 'p'],
        [/(?:and|or|not)\b/, 'ow'],
        [/(?:break|do|else|elseif|end|for|if|in|repeat|return|then|until|while)\b/, 'kr'],
        [/goto\b/, 'kr', 'goto'],
        [/local\b/, 'kd'],
        [/(?:true|false|nil)\b/, 'kc'],
        [/function\b/, 'kr', 'function'],
        [/(?:coroutine|debug|io|math|os|package|string|table|utf8)\.[a-z]+/, 'nb'],
        [/[A-Za-z_][\p{L}\p{N}_]*/u, 'n'],
        [/'/, 's1', 'single'],
        [/"/, 's2', 'double'],
      ],
      function: [
        ...space,
        [/[.:]/, 'p'],
        [/[\p{L}_][\p{L}\p{N}_]*(?=\s*[.:])/u, 'nc'],
        [/[\p{L}_][\p{L}\p{N}_]*/u, 'nf', 'back'],
        [/\(/, 'p', 'back'],
      ],
      goto: [...space, [/[\p{L}_][\p{L}\p{N}_]*/u, 'nl', 'back']],
      label: [...space, [/::/, 'p', 'back'], [/[\p{L}_][\p{L}\p{N}_]*/u, 'nl']],
      single: [escape, [/'/, 's1', 'back'], [/[^\\']+/, 's1']],
      double: [escape, [/"/, 's2', 'back'], [/[^\\"]+/, 's2']],
    },
    { isStrict: true },
  ),
};
