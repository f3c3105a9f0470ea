import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import { encodingOf } from './charset.ts';

// Those of chardet's that pages are really written in; the ISO-8859s are what it sees in any bytes.
const plausible: ReadonlySet<string> = new Set([
  'GB18030',
  'Big5',
  'Shift_JIS',
  'EUC-JP',
  'EUC-KR',
  'windows-1251',
  'KOI8-R',
]);

const leastConfidence = 30;

/** The encoding of text that nothing is said of: UTF-8 where it can be, else what it looks like, else GB18030. */
export function guessEncoding(sample: Uint8Array): string {
  if (isUtf8Text(sample)) return 'utf-8';
  const likely = analyse(sample).find(({ name, confidence }) => plausible.has(name) && confidence >= leastConfidence);
  return (likely === undefined ? null : encodingOf(likely.name)) ?? 'gb18030';
}

// The sample may end in the middle of a character, up to three bytes of which may be there.
function isUtf8Text(sample: Uint8Array): boolean {
  const tail = sample.subarray(-3);
  const lead = tail.findLastIndex((byte) => byte >= 0xc0);
  const isBare = lead < 0 || tail.subarray(lead + 1).some((byte) => byte < 0x80);
  return isUtf8(sample) || (!isBare && isUtf8(sample.subarray(0, sample.length - tail.length + lead)));
}
