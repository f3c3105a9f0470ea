import { describe, expect, test } from 'vitest';
import { pickle } from '../../../src/content/pickle/writer.ts';
import { type CacheValue, Tuple } from '../../../src/core/cache.ts';
import { oracleEntries, oracleMissing } from './oracle.ts';

describe.skipIf(oracleMissing !== null)(
  `izone's own bytes${oracleMissing ? ` (skipped: ${oracleMissing})` : ''}`,
  () => {
    test.each(oracleEntries())('come out for $key', ({ hex, value }) => {
      expect(hexOf(value)).toBe(hex);
    });
  },
);

/** Taken from CPython 3.11: `pickle.dumps(value, 4).hex()`. */
const fixtures: readonly (readonly [python: string, value: CacheValue, hex: string])[] = [
  ['None', null, '80044e2e'],
  ['True', true, '8004882e'],
  ['5', 5, '80044b052e'],
  ['-1', -1, '80049506000000000000004affffffff2e'],
  ['256', 256, '80049504000000000000004d00012e'],
  ['2**31', 2 ** 31, '80049508000000000000008a0500000080002e'],
  ['-2**31-1', -(2 ** 31) - 1, '80049508000000000000008a05ffffff7fff2e'],
  ['1.5', 1.5, '8004950a00000000000000473ff80000000000002e'],
  ["''", '', '80049504000000000000008c00942e'],
  ['()', new Tuple(), '8004292e'],
  ['[]', [], '80045d942e'],
  ['{}', new Map(), '80047d942e'],
  ["('a', 'a')", new Tuple('a', 'a'), '80049509000000000000008c016194680086942e'],
  ["['\\ud800']", ['\ud800'], '8004950a000000000000005d948c03eda08094612e'],
  ["[x := ['x'], x]", twice(['x']), '8004950e000000000000005d94285d948c017894616801652e'],
];

test.each(fixtures)('writes %s as CPython does', (_, value, hex) => {
  expect(hexOf(value)).toBe(hex);
});

test('puts a string of 64 KiB outside of the frames, as CPython does', () => {
  const bytes = pickle('a'.repeat(0x10000));

  expect(Buffer.from(bytes.subarray(0, 8)).toString('hex')).toBe('8004580000010061');
  expect(Buffer.from(bytes.subarray(-3)).toString('hex')).toBe('61942e');
});

test('refuses a value that nests without end', () => {
  let deep: CacheValue = null;
  for (let level = 0; level < 1000; level++) deep = [deep];

  expect(() => pickle(deep)).toThrow('cannot pickle a value that nests more than 200 levels deep');
});

function twice(value: CacheValue): CacheValue {
  return [value, value];
}

function hexOf(value: CacheValue): string {
  return Buffer.from(pickle(value)).toString('hex');
}
