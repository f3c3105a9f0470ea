import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellQuote } from '../../src/schedule/shell-quote.ts';

test.each([
  ['/usr/bin/node', '/usr/bin/node'],
  ['--config=/etc/blogctl/a_b.yaml', '--config=/etc/blogctl/a_b.yaml'],
  ['user@host:1,2+3', 'user@host:1,2+3'],
  ['', "''"],
  ['two words', "'two words'"],
  ['A=b', "'A=b'"],
  ['~/x', "'~/x'"],
  ['$(id)', "'$(id)'"],
  ['then', "'then'"],
  ["it's", `'it'"'"'s'`],
  ['100%', "'100%'"],
  ['我的博客', "'我的博客'"],
  ['a\nb', "'a\nb'"],
])('%j is written %s', (word, quoted) => {
  expect(shellQuote(word)).toBe(quoted);
});

test('the shell gives back every word as it was', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...Array.from(` '"\\$\`!*?[]{}()<>|&;#~%=-\n\t aé我`)) }),
  );
  fc.assert(
    fc.property(
      fc.array(
        word.map((text) => text.replaceAll('\0', '')),
        { minLength: 1 },
      ),
      (words) => {
        const output = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${words.map(shellQuote).join(' ')}`], {
          encoding: 'utf8',
        });

        expect(output.split('\0').slice(0, -1)).toEqual(words);
      },
    ),
  );
});
