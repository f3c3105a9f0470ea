import { type Entry, Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';
import { commandLine, shellStates } from './bash.ts';

const nginxValues: readonly Entry[] = [
  [/#.*/, 'c1'],
  [/on|off/, 'no'],
  [/\$[^\s;#()]+/, 'nv'],
  [/[a-z0-9.-]+(?=:\d)/, 'n'],
  [/(?<=[a-z0-9.-]):(?=\d)/, 'p'],
  [/[a-z-]+\/[a-z-+]+/, 's'],
  [/\d+[km]?\b/, 'mi'],
  [/(?<=~\s{0,40})[^\s{~]+/, 'sr'],
  [/[:=~]/, 'p'],
  [/[^\s;#{}$]+/, 's'],
  [/[$;]/, ''],
];

/** The configuration of nginx. */
export const nginx: Palette = {
  lexicon: new Lexicon({
    start: [[/(?<=\binclude\s{1,40})[^\s;]+/, 'n'], [/#.*/, 'c1'], [/[^\s;#]+/, 'k', 'statement'], ...nginxValues],
    statement: [[/\{/, 'p', 'block'], [/;/, 'p', 'back'], ...nginxValues],
    block: [[/\}/, 'p', 'back, back'], [/[^\s;#]+/, 'kn', 'statement'], ...nginxValues],
  }),
};

const instructions = '(?:RUN|CMD|ENTRYPOINT|ENV|ARG|LABEL|ADD|COPY)';

/** Dockerfiles: instructions, most of which hold a command line. */
export const dockerfile: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [/\n/, ''],
        [/#.*/, 'c'],
        [/FROM/, 'k', 'image'],
        [/ONBUILD(?=\s)/, 'k', 'instruction'],
        [/HEALTHCHECK(?=\s)/, 'k', 'options'],
        [/(?:VOLUME|ENTRYPOINT|CMD|SHELL)(?=\s+(?:\\\s+)?\[.*?\])/, 'k', 'list'],
        [/(?:MAINTAINER|EXPOSE|WORKDIR|USER|STOPSIGNAL|VOLUME)(?=\s)/, 'k', 'text'],
        [new RegExp(`${instructions}(?=\\s)`, 'u'), 'k', 'space'],
        [/(?=[^])/, '', 'line'],
      ],
      space: [[/\s*/, '', 'back']],
      image: [
        [/[ \t]+/, ''],
        [/(?<=[ \t])AS(?=[ \t])/, 'k'],
        [/\S+/, 's'],
        [/\n/, '', 'back'],
      ],
      text: [
        [/\s+/, ''],
        [/.+/, 's', 'back'],
      ],
      list: [
        [/\s+/, ''],
        [/\\/, 'se'],
        [/\[.*?\]/, 'in json', 'back'],
      ],
      options: [
        [/\s+|\\\n/, ''],
        [/--[\p{L}\p{N}_]+(?==)/u, ''],
        [/=/, 'o'],
        [/(?<==)[\p{L}\p{N}_]+/u, ''],
        [/(?=[^])/, '', 'back'],
      ],
      instruction: [
        [/\s+/, ''],
        [/(?=[^])/, '', 'back'],
      ],
      // The shell's rules want a comment to end in a line's end, which the last line of an instruction lacks.
      line: [[/(?<!\\)\n/, '', 'back'], [/#(?=.*(?<!\\)$)/, ''], ...commandLine],
      ...shellStates,
    },
    { ignoreCase: true },
  ),
};

const bodies: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'application/javascript': 'javascript',
  'application/x-javascript': 'javascript',
  'application/xml': 'xml',
  'application/xhtml+xml': 'html',
  'application/sql': 'sql',
  'application/x-sh': 'bash',
  'application/x-python': 'python',
  'application/toml': 'toml',
  'image/svg+xml': 'xml',
  'text/css': 'css',
  'text/html': 'html',
  'text/javascript': 'javascript',
  'text/x-yaml': 'yaml',
  'text/xml': 'xml',
  'text/x-python': 'python',
  'text/x-markdown': 'markdown',
};

/** The body of a message is in the language that the last of its headers about that names. */
function languageOfBody(_word: string, code: string, at: number): string {
  const [type] = [...code.slice(0, at).matchAll(/^content-type *: *([^;\s]+)/gim)]
    .slice(-1)
    .map((found) => found[1] ?? '');
  const general = type?.replace(/\/.*\+/, '/');
  const language = bodies[type ?? ''] ?? bodies[general ?? ''];
  return language === undefined ? '' : `in ${language}`;
}

/** HTTP messages. */
export const http: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [
          /(?:GET|POST|PUT|DELETE|HEAD|OPTIONS|TRACE|PATCH|CONNECT)(?= +[^ ]+ +HTTP\/(?:1\.[01]|2(?:\.0)?|3)(?:\n|$(?!\n)))/,
          'nf',
          'request',
        ],
        [/HTTP(?=\/(?:1\.[01]|2(?:\.0)?|3) +\d{3}(?: |$))/, 'kr', 'response'],
      ],
      request: [
        [/ +/, ''],
        [/HTTP(?=\/[\d.]+$)/, 'kr'],
        [/(?<=HTTP)\/(?=[\d.]+$)/, 'o'],
        [/(?<=HTTP\/)[\d.]+\n?/, 'm', 'headers'],
        [/[^ \n]+/, 'nn'],
      ],
      response: [
        [/ +/, ''],
        [/\n/, '', 'headers'],
        [/(?<=HTTP)\//, 'o'],
        [/(?<=HTTP\/[\d.]* *)[\d.]+/, 'm'],
        [/[^ \n].*/, 'ne'],
      ],
      headers: [
        [/^[^\s:]+(?= *: *.)/, 'na', 'value'],
        [/(?<=^[\t ]+)[^\t \n].*\n?/, 'l'],
        [/^[\t ]+(?=.)/, ''],
        [/^\n/, '', 'body'],
      ],
      value: [
        [/ *:/, 'o'],
        [/ +/, ''],
        [/[^\n]+\n?/, 'l', 'back'],
      ],
      body: [[/[^]+/, languageOfBody]],
    },
    { isStrict: true },
  ),
};
