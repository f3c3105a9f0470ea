/*
 * A crontab may hold bytes of any encoding. It is read and written as latin1, one character for each byte, so that what is not ours
 * goes through unharmed; only our own words are turned into UTF-8 bytes on their way in and back on their way out.
 */

/** Ordinary text as its UTF-8 bytes, one character (U+0000 to U+00FF) for each. */
export function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Bytes, one character for each, as ordinary text; what is no UTF-8 becomes U+FFFD, so this is for eyes and not for writing back. */
export function fromBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
