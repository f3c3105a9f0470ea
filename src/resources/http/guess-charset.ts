import { isUtf8 } from 'node:buffer';
import { likelyEncoding } from '../../content/encodings.ts';

/** The encoding of text that nothing is said of: UTF-8 where it can be, else what it looks like, else GB18030. */
export function guessEncoding(sample: Uint8Array): string {
  return isUtf8Text(sample) ? 'utf-8' : likelyEncoding(sample);
}

// The sample may end in the middle of a character, up to three bytes of which may be there.
function isUtf8Text(sample: Uint8Array): boolean {
  const tail = sample.subarray(-3);
  const lead = tail.findLastIndex((byte) => byte >= 0xc0);
  const isBare = lead < 0 || tail.subarray(lead + 1).some((byte) => byte < 0x80);
  return isUtf8(sample) || (!isBare && isUtf8(sample.subarray(0, sample.length - tail.length + lead)));
}
