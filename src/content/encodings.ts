import { analyse } from 'chardet';

/**
 * Those of chardet's that documents are really written in; the ISO-8859s are what it sees in any bytes.
 */
export const plausibleEncodings: ReadonlySet<string> = new Set([
  'GB18030',
  'Big5',
  'Shift_JIS',
  'EUC-JP',
  'EUC-KR',
  'windows-1251',
  'KOI8-R',
]);

/** Of a hundred, as chardet counts. */
const leastConfidence = 30;

/**
 * The encoding that a label means, by the WHATWG's list; null where there is none, or none that is safe (UTF-7).
 * gb2312 and gbk are read as gb18030, which contains them, as browsers do.
 */
export function encodingOf(label: string | undefined): string | null {
  if (label === undefined) return null;
  try {
    const { encoding } = new TextDecoder(label.trim());
    return encoding === 'gbk' || encoding === 'gb2312' ? 'gb18030' : encoding;
  } catch {
    return null;
  }
}

/** What bytes that are no UTF-8, and of which nothing is said, look like; GB18030 where they look like nothing. */
export function likelyEncoding(sample: Uint8Array): string {
  const likely = analyse(sample).find(
    ({ name, confidence }) => plausibleEncodings.has(name) && confidence >= leastConfidence,
  );
  return encodingOf(likely?.name) ?? 'gb18030';
}

// What ISO-8859-1 means on the web has letters where ISO has controls.
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Text that Node 20 has decoded as windows-1252, which it takes for ISO-8859-1: 0x80 came out as U+0080, and not as the euro sign. */
export function mendWindows1252(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? character);
}
