import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';
import { commandLine, shellStates } from './bash.ts';
import { jsonWords } from './data.ts';

const nginxValues: readonly Entry[] = [
  [/#.*/, 'c1'],
  [/on|off/, 'no'],
  [/\$[^\s;#()]+/, 'nv'],
  [/[a-z0-9.-]+(?=:\d)/, 'n'],
  [/(?<=[a-z0-9.-]):(?=\d)/, 'p'],
  [/[a-z-]+\/[a-z-+]+/, 's'],
  [/\d+[km]?\b/, 'mi'],
  [/(?<=~\s*)[^\s{~]+/, 'sr'],
  [/[:=~]/, 'p'],
  [/[^\s;#{}$]+/, 's'],
  [/[$;]/, ''],
];

/** The configuration of nginx. */
export const nginx: Palette = {
  lexicon: new Lexicon({
    start: [[/(?<=\binclude\s+)[^\s;]+/, 'n'], [/#.*/, 'c1'], [/[^\s;#]+/, 'k', 'statement'], ...nginxValues],
    statement: [[/\{/, 'p', 'block'], [/;/, 'p', 'back'], ...nginxValues],
    block: [[/\}/, 'p', 'back, back'], [/[^\s;#]+/, 'kn', 'statement'], ...nginxValues],
  }),
};

/** Dockerfiles: instructions, most of which hold a command line. */
export const dockerfile: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [/#.*/, 'c'],
        [/FROM(?=[ \t])/, 'k', 'image'],
        [/(?:CMD|ENTRYPOINT|SHELL|VOLUME)(?=\s+\[)/, 'k', 'json'],
        [/(?:MAINTAINER|EXPOSE|WORKDIR|USER|STOPSIGNAL|VOLUME)(?=\s)/, 'k', 'text'],
        [/(?:ONBUILD|HEALTHCHECK|RUN|CMD|ENTRYPOINT|ENV|ARG|LABEL|ADD|COPY|SHELL)(?=\s)/, 'k', 'line'],
        [/(?=\S)[^](?<=[^])/, '', 'line'],
      ],
      image: [
        [/\n/, '', 'back'],
        [/(?<=\s)AS(?=\s)|(?<=\s)as(?=\s)/, 'k'],
        [/\S+/, 's'],
      ],
      text: [
        [/\n/, '', 'back'],
        [/\S.*/, 's'],
      ],
      json: [[/\n/, '', 'back'], ...jsonWords],
      line: [[/(?<!\\)\n/, '', 'back'], ...commandLine],
      ...shellStates,
    },
    { ignoreCase: true },
  ),
};

/** HTTP messages; a body is shown as what its type says only where that is JSON. */
export const http: Palette = {
  lexicon: new Lexicon({
    start: [
      [/(?:GET|POST|PUT|DELETE|HEAD|OPTIONS|TRACE|PATCH|CONNECT)(?= )/, 'nf'],
      [/HTTP(?=\/)/, 'kr'],
      [/(?<=HTTP)\//, 'o'],
      [/(?<=HTTP\/)[\d.]+(?:\n|$)/, 'm', 'headers'],
      [/(?<=HTTP\/)[\d.]+/, 'm'],
      [/(?<=HTTP\/[\d.]+ +)\d{3}/, 'm'],
      [/(?<=HTTP\/[\d.]+ +\d{3} +)[^\n]*(?:\n|$)/, 'ne', 'headers'],
      [/[^ \n]+/, 'nn'],
    ],
    headers: [
      [/^\n/, '', 'body'],
      [/^[^\s:]+/, 'na'],
      [/(?<=^[^\s:]+ *):/, 'o'],
      [/[^\s][^\n]*/, 'l'],
    ],
    body: [
      [/^(?=[[{])[^](?<=[^])/, 'p', 'json'],
      [/.+/, ''],
    ],
    json: jsonWords,
  }),
};
