import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDiff } from '../../src/schedule/line-diff.ts';

test('equal texts have no difference', () => {
  expect(lineDiff('a\nb\n', 'a\nb\n')).toEqual([]);
  expect(lineDiff('', '')).toEqual([]);
});

test('marks what goes and what comes, with three lines around it', () => {
  const before = '1\n2\n3\n4\n5\n6\n7\n8\n';
  const after = '1\n2\n3\n4\nfive\n6\n7\n8\n9\n';

  expect(lineDiff(before, after)).toEqual([
    '@@ line 2 @@',
    '  2',
    '  3',
    '  4',
    '- 5',
    '+ five',
    '  6',
    '  7',
    '  8',
    '+ 9',
  ]);
});

test('says where it goes on after lines that were left out', () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
  const changed = lines.with(1, 'new 2').with(25, 'new 26');

  const output = lineDiff(`${lines.join('\n')}\n`, `${changed.join('\n')}\n`);

  expect(output.filter((line) => line.startsWith('@@'))).toEqual(['@@ line 23 @@']);
  expect(output).toHaveLength(5 + 1 + 1 + 8);
});

test('a new file is all additions', () => {
  expect(lineDiff('', 'a\nb\n')).toEqual(['+ a', '+ b']);
});

test('a missing last newline is a difference', () => {
  expect(lineDiff('a', 'a\n')).toEqual(['- a', '\\ no newline at the end', '+ a']);
});

test('keeps an unchanged line between two changes', () => {
  expect(lineDiff('a\nx\nb\n', 'A\nx\nB\n')).toEqual(['- a', '+ A', '  x', '- b', '+ B']);
});

test('takes texts of any size', () => {
  const text = (word: string): string =>
    `${Array.from({ length: 5000 }, (_, index) => `${word} ${index}`).join('\n')}\n`;

  expect(lineDiff(text('old'), text('new'))).toHaveLength(10_000);
  expect(lineDiff(`${text('old')}end\n`, `${text('old')}END\n`)).toHaveLength(1 + 3 + 2);
});

test('leads from the old text to the new one', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const output = lineDiff(before.map((line) => `${line}\n`).join(''), after.map((line) => `${line}\n`).join(''));
      const side = (mark: string): string[] =>
        output.filter((line) => line.startsWith(mark) || line.startsWith('  ')).map((line) => line.slice(2));

      if (output.some((line) => line.startsWith('@@'))) return;
      const tail = before.length - side('- ').length;
      expect(tail).toBe(after.length - side('+ ').length);
      expect(before.slice(0, side('- ').length)).toEqual(output.length > 0 ? side('- ') : []);
      expect(after.slice(0, side('+ ').length)).toEqual(output.length > 0 ? side('+ ') : []);
    }),
  );
});
