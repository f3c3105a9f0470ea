import { PickleError } from './pickle-error.ts';

const encoder = new TextEncoder();
// ignoreBOM keeps a leading U+FEFF, which the decoder would else swallow.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const loneSurrogate = /\p{Surrogate}/u;

/** A string as UTF-8; a lone surrogate becomes its three bytes, as Python's `surrogatepass` writes it. */
export function encodeText(text: string): Uint8Array {
  if (!loneSurrogate.test(text)) return encoder.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0xd800 || code > 0xdfff) for (const byte of encoder.encode(character)) bytes.push(byte);
    else bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
  return Uint8Array.from(bytes);
}

/** UTF-8 as a string, lone surrogates allowed. Throws a PickleError at any other byte that is no UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return decodeSurrogates(bytes);
  }
}

/** Splits the bytes at each encoded surrogate (ED A0…BF 80…BF); the pieces between have to be strict UTF-8. */
function decodeSurrogates(bytes: Uint8Array): string {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at + 2 < bytes.length; at++) {
    const second = bytes[at + 1] ?? 0;
    const third = bytes[at + 2] ?? 0;
    if (bytes[at] !== 0xed || second < 0xa0 || second > 0xbf || (third & 0xc0) !== 0x80) continue;
    const code = 0xd000 | ((second & 0x3f) << 6) | (third & 0x3f);
    parts.push(decodeStrictly(bytes.subarray(start, at)), String.fromCharCode(code));
    start = at + 3;
    at += 2;
  }
  parts.push(decodeStrictly(bytes.subarray(start)));
  return parts.join('');
}

function decodeStrictly(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new PickleError('the pickle holds a string that is not UTF-8');
  }
}

/** Python's `raw-unicode-escape`, the strings of protocol 0: Latin-1 with `\uXXXX` and `\UXXXXXXXX`. */
export function decodeRawUnicodeEscape(latin1: string): string {
  return latin1.replace(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g, (_, short?: string, long?: string) => {
    const code = Number.parseInt(short ?? long ?? '', 16);
    if (code > 0x10ffff) throw new PickleError('the pickle holds a string with a character beyond U+10FFFF');
    return String.fromCodePoint(code);
  });
}
