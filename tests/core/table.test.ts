import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { cutToWidth, formatTable, type Column } from '../../src/core/table.ts';

const layout: readonly Column[] = [
  { heading: 'name' },
  { heading: 'count', align: 'right' },
  { heading: 'note', canShrink: true },
];

/** At which column of the terminal each cell begins. */
function startsOf(line: string, cells: readonly string[]): number[] {
  return cells.map((cell) => stringWidth(line.slice(0, line.indexOf(cell))));
}

describe('a table', () => {
  test('sets its cells under their headings', () => {
    expect(
      formatTable(
        layout,
        [
          ['warm-cache', '7', 'ok'],
          ['x', '1234567', ''],
        ],
        null,
      ),
    ).toEqual(['name          count  note', 'warm-cache        7  ok', 'x           1234567']);
  });

  test('counts a Chinese letter as two columns, an emoji too, a combining mark as none', () => {
    const lines = formatTable(
      layout,
      [
        ['中文博客', '1', 'zzz'],
        ['👨‍👩‍👧', '2', 'yyy'],
        ['cafe\u0301', '3', 'xxx'],
        ['plain', '4', 'www'],
      ],
      null,
    );

    expect(startsOf(lines[1] ?? '', ['zzz'])).toEqual([17]);
    expect(startsOf(lines[2] ?? '', ['yyy'])).toEqual([17]);
    expect(startsOf(lines[3] ?? '', ['xxx'])).toEqual([17]);
    expect(startsOf(lines[4] ?? '', ['www'])).toEqual([17]);
  });

  test('keeps a row on one line and free of control characters', () => {
    const [, row] = formatTable([{ heading: 'a' }], [['one\ntwo\t\x1b[2Jthree']], null);

    expect(row).toBe('one two [2Jthree');
  });

  test('fits the terminal by cutting what may shrink, the last first, and nothing else', () => {
    const lines = formatTable(
      [{ heading: 'a', canShrink: true }, { heading: 'b' }, { heading: 'c', canShrink: true }],
      [['a'.repeat(20), 'b'.repeat(20), 'c'.repeat(20)]],
      56,
    );

    expect(lines[1]).toBe(`${'a'.repeat(20)}  ${'b'.repeat(20)}  ${'c'.repeat(11)}…`);
  });

  test('rather goes over the edge than cut a cell to nothing', () => {
    const [, row = ''] = formatTable([{ heading: 'a', canShrink: true }], [['abcdefghijkl']], 3);

    expect(row).toBe('abcdefg…');
  });

  test('with no rows is its headings', () => {
    expect(formatTable(layout, [], 80)).toEqual(['name  count  note']);
  });

  test('sets all cells of a column at the same column of the terminal, whatever stands before them', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (texts) => {
        const lines = formatTable(
          [{ heading: 'x' }, { heading: '§' }],
          texts.map((text) => [text.replaceAll('§', ''), '§']),
          null,
        );

        const starts = lines.map((line) => stringWidth(line.slice(0, line.lastIndexOf('§'))));
        expect(new Set(starts).size).toBe(1);
      }),
    );
  });
});

describe('a cut', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['中文博客', 8, '中文博客'],
    ['中文博客', 7, '中文博…'],
    ['中文博客', 6, '中文…'],
    ['中文博客', 2, '…'],
    ['👨‍👩‍👧👨‍👩‍👧', 3, '👨‍👩‍👧…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ])('of %s to %d columns is %s', (text, width, expected) => {
    expect(cutToWidth(text, width)).toBe(expected);
  });
});
