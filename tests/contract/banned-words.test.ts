import { expect, test } from 'vitest';
import { readSources } from './source-files.ts';

// The demo's articles are texts about programs, with code in them.
const sources = readSources().filter(({ name }) => !name.startsWith('demo/articles/'));

/** The lines outside of main.ts and of the files named that have such a word. */
function linesWith(word: RegExp, allowed: readonly string[] = ['main.ts']): string[] {
  return sources
    .filter(({ name }) => !allowed.includes(name))
    .flatMap(({ name, code }) =>
      code
        .split('\n')
        .filter((line) => word.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    );
}

test.each([
  [
    'the clock',
    /\bnew Date\(\s*\)|\bDate\.now\b|\bDateTime\.(now|local|utc)\(\s*\)|\bperformance\.now\b|process\.hrtime/,
  ],
  ['the environment', /\bprocess\.env\b/],
  ['the command line', /\bprocess\.argv\b/],
  ['the end of the process', /\bprocess\.(exit|exitCode|abort)\b/],
  ['signals', /\bprocess\.(on|once|addListener)\b/],
  ['the working folder', /\bprocess\.(cwd|chdir)\b/],
  ['the standard streams', /\bprocess\.(stdout|stderr)\b/],
])('%s is main’s alone', (_, word) => {
  // A question to a person needs the terminal's own streams.
  expect(linesWith(word, ['main.ts', 'runner/init/ask.ts'])).toEqual([]);
});

test('nothing is printed by way of the global console', () => {
  const globalConsole = /(?<![.\w])console\.(debug|dir|error|info|log|table|trace|warn)\(/;

  expect(linesWith(globalConsole, [])).toEqual([]);
});

test('content has no chance in it, and no clock', () => {
  const inContent = linesWith(/\bMath\.random\b|\bcrypto\b|\bnew Date\b|\bsetTimeout\b/, []).filter((line) =>
    line.startsWith('content/'),
  );

  expect(inContent).toEqual([]);
});

test('nothing of ours reads the machine’s own zone', () => {
  const localTime = /\.get(Hours|Minutes|Date|Day|Month|FullYear)\(|\.toLocale(Date|Time)?String\(|\bsetHours\(/;

  expect(linesWith(localTime, [])).toEqual([]);
});
