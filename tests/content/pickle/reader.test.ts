import { describe, expect, test } from 'vitest';
import { unpickle } from '../../../src/content/pickle/reader.ts';
import { type CacheValue, Tuple } from '../../../src/core/cache.ts';
import { oracleEntries, oracleMissing } from './oracle.ts';

describe.skipIf(oracleMissing !== null)(
  `izone's own bytes${oracleMissing ? ` (skipped: ${oracleMissing})` : ''}`,
  () => {
    test.each(oracleEntries())('are read for $key', ({ hex, value }) => {
      expect(read(hex)).toEqual(value);
    });
  },
);

/** Taken from CPython 3.11: the same value in each protocol. */
const value = new Tuple(
  'é€😀\\n',
  [1, -2, 300, 2n ** 70n, 1.5, true, false, null],
  new Map<string, CacheValue>([['k', new Tuple()]]),
  new Tuple('a', 'a', 'b', 'c'),
);

const sameInEachProtocol: readonly (readonly [protocol: number, hex: string])[] = [
  [
    0,
    '2856e95c75323061635c5530303031663630305c75303035636e0a70300a286c70310a49310a61492d320a61493330300a614c313138303539313632303731373431313330333432344c0a6146312e350a614930310a614930300a614e61286470320a566b0a70330a2874732856610a70340a67340a56620a70350a56630a70360a7470370a7470380a2e',
  ],
  [
    1,
    '28580b000000c3a9e282acf09f98805c6e71005d7101284b014afeffffff4d2c014c313138303539313632303731373431313330333432344c0a473ff80000000000004930310a4930300a4e657d710258010000006b710329732858010000006171046804580100000062710558010000006371067471077471082e',
  ],
  [
    2,
    '800228580b000000c3a9e282acf09f98805c6e71005d7101284b014afeffffff4d2c018a09000000000000000040473ff800000000000088894e657d710258010000006b710329732858010000006171046804580100000062710558010000006371067471077471082e',
  ],
  [
    3,
    '800328580b000000c3a9e282acf09f98805c6e71005d7101284b014afeffffff4d2c018a09000000000000000040473ff800000000000088894e657d710258010000006b710329732858010000006171046804580100000062710558010000006371067471077471082e',
  ],
  [
    4,
    '8004955000000000000000288c0bc3a9e282acf09f98805c6e945d94284b014afeffffff4d2c018a09000000000000000040473ff800000000000088894e657d948c016b942973288c01619468048c0162948c016394749474942e',
  ],
  [
    5,
    '8005955000000000000000288c0bc3a9e282acf09f98805c6e945d94284b014afeffffff4d2c018a09000000000000000040473ff800000000000088894e657d948c016b942973288c01619468048c0162948c016394749474942e',
  ],
];

test.each(sameInEachProtocol)('reads protocol %i', (_, hex) => {
  expect(read(hex)).toEqual(value);
});

test('keeps a byte order mark, NUL and a lone surrogate', () => {
  expect(read('8004950b000000000000008c07efbbbf00eda080942e')).toBe('\ufeff\0\ud800');
});

test('narrows an int to a number where that is exact, and leaves it a bigint where not', () => {
  expect(read('80048a07ffffffffffff1f2e')).toBe(Number.MAX_SAFE_INTEGER);
  expect(read('80048a07000000000000202e')).toBe(2n ** 53n);
  expect(read('80048a002e')).toBe(0);
});

test('reads the floats that JSON has no words for', () => {
  expect(Number.isNaN(read(hexOf('Fnan\n.')))).toBe(true);
  expect(read(hexOf('F-inf\n.'))).toBe(-Infinity);
  expect(read('80044780000000000000002e')).toBe(-0);
});

test('lets a later key of a dict win, as Python does', () => {
  expect(read(hexOf('(dVa\nI1\nsVa\nI2\ns.'))).toEqual(new Map([['a', 2]]));
});

function read(hex: string): CacheValue {
  return unpickle(Buffer.from(hex, 'hex'));
}

function hexOf(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex');
}
