import { expect, test } from 'vitest';
import { sizeInWords } from '../../src/core/size.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 KB'],
  [1_159_168, '1.2 MB'],
  [426_000_000, '426 MB'],
  [7_634_000_000, '7.6 GB'],
])('puts %d bytes into words', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words);
});
