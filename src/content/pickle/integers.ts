import type { CacheValue } from '../../core/cache.ts';

/** Whether Python would hold the value as an int: a bigint, or a whole number that JavaScript holds exactly, but not -0. */
export function isPythonInt(value: CacheValue): value is number | bigint {
  return typeof value === 'bigint' || (Number.isSafeInteger(value) && !Object.is(value, -0));
}

/** A number where it fits exactly, else the bigint. */
export function narrowInt(value: bigint): number | bigint {
  const isSafe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  return isSafe ? Number(value) : value;
}

/** The shortest little-endian two's complement of an int, as LONG1 and LONG4 want it; no bytes at all for 0. */
export function encodeLong(value: bigint): Uint8Array {
  if (value === 0n) return new Uint8Array();
  const magnitude = (value < 0n ? -value - 1n : value).toString(16);
  // One bit more than the magnitude has, for the sign.
  const bits = (magnitude.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(magnitude.charAt(0), 16))) + 1;
  const sizeBytes = Math.ceil(bits / 8);
  const hex = BigInt.asUintN(sizeBytes * 8, value)
    .toString(16)
    .padStart(sizeBytes * 2, '0');
  return Uint8Array.from({ length: sizeBytes }, (_, index) => {
    const at = (sizeBytes - 1 - index) * 2;
    return Number.parseInt(hex.slice(at, at + 2), 16);
  });
}

/** The int of a little-endian two's complement. */
export function decodeLong(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).reverse();
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex.join('')}`));
}
