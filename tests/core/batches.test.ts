import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inPieces, walkByKey } from '../../src/core/batches.ts';

/** Walks over the numbers as over a table, and tells its pages and what was asked for. */
async function walk(
  table: number[],
  size: number,
): Promise<{ pages: (readonly number[])[]; asked: (number | null)[] }> {
  const asked: (number | null)[] = [];
  const pages: (readonly number[])[] = [];
  const walking = walkByKey<number, number>(
    size,
    (row) => row,
    async (after, most) => {
      asked.push(after);
      return table.filter((row) => after === null || row > after).slice(0, most);
    },
  );
  for await (const page of walking) pages.push(page);
  return { pages, asked };
}

describe('a walk by key', () => {
  test('goes page by page and ends with the first that is not full', async () => {
    const { pages, asked } = await walk([1, 2, 5, 8, 9], 2);

    expect(pages).toEqual([[1, 2], [5, 8], [9]]);
    expect(asked).toEqual([null, 2, 8]);
  });

  test('asks once more where the last page was full', async () => {
    const { pages, asked } = await walk([1, 2], 2);

    expect(pages).toEqual([[1, 2]]);
    expect(asked).toEqual([null, 2]);
  });

  test('of an empty table has no page', async () => {
    expect(await walk([], 2)).toEqual({ pages: [], asked: [null] });
  });

  test('ends though nothing of what it walks over is ever removed', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => index);

    const { pages } = await walk(rows, 7);

    expect(pages.flat()).toEqual(rows);
  });

  test('asks for nothing more once the walker stops', async () => {
    let asked = 0;
    const walking = walkByKey<number, number>(
      1,
      (row) => row,
      async () => [asked++],
    );

    for await (const [row] of walking) if (row === 2) break;

    expect(asked).toBe(3);
  });

  test('passes a failure on', async () => {
    const walking = walkByKey<number, number>(
      1,
      (row) => row,
      async () => {
        throw new Error('gone');
      },
    );

    await expect(walking.next()).rejects.toThrow('gone');
  });
});

describe('pieces of a list', () => {
  test('are full but the last', () => {
    expect([...inPieces([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]]);
    expect([...inPieces([1, 2], 2)]).toEqual([[1, 2]]);
    expect([...inPieces([], 2)]).toEqual([]);
  });

  test('make up the whole again', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (items, size) => {
        const pieces = [...inPieces(items, size)];

        expect(pieces.flat()).toEqual(items);
        expect(pieces.every((piece) => piece.length > 0 && piece.length <= size)).toBe(true);
      }),
    );
  });
});
