import * as fc from 'fast-check';
import { type CacheValue, Tuple } from '../../../src/core/cache.ts';

/** Strings of any UTF-16 units: lone surrogates, NUL and byte order marks included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom('', '-', '\ufeff', '\ud800', '\0', 'a'.repeat(255), 'é'.repeat(128), 'ä'.repeat(40_000)),
);

const limits = [0xff, 0x100, 0xffff, 0x10000, 0x7fffffff, 0x80000000, -0x80000000, -0x80000001];
const beyondSafe = fc
  .bigInt({ min: -(2n ** 2100n), max: 2n ** 2100n })
  .map((value) => (value < 0n ? value - 2n ** 53n : value + 2n ** 53n));

/** Any plain data that the cache can hold. */
export const anyCacheValue: fc.Arbitrary<CacheValue> = fc.letrec<{ value: CacheValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.constantFrom(...limits),
    fc.double(),
    beyondSafe,
    anyText,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(tie('value'), { maxLength: 5 }).map((items) => new Tuple(...items)),
    fc.array(fc.tuple(anyText, tie('value')), { maxLength: 5 }).map((entries) => new Map(entries)),
  ),
})).value;
