import { encodingOf } from '../../content/encodings.ts';

/** How far into a page a browser looks for what it says of its own characters. */
export const sniffedBytes = 1024;

/** What the first bytes say by themselves. */
export function encodingOfMark(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return null;
}

/** What a Content-Type says; JSON is UTF-8 whatever it says. */
export function encodingOfType(contentType: string): string | null {
  if (/^\s*application\/([\w.-]+\+)?json\b/i.test(contentType)) return 'utf-8';
  const [, quoted, bare] = /;\s*charset\s*=\s*(?:"([^"]*)"|'?([^\s;"',]+))/i.exec(contentType) ?? [];
  return encodingOf(quoted ?? bare);
}

const xmlDeclaration = /^\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)["']/i;
const metaCharset = /<meta\s[^>]{0,900}?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i;

/** What the beginning of a page or a document says of itself: its XML declaration, `<meta charset>` or http-equiv. */
export function encodingOfMarkup(bytes: Uint8Array): string | null {
  const beginning = bytes.subarray(0, sniffedBytes);
  const [first, second, third, fourth] = beginning;
  // An XML declaration without a mark in front of it.
  if (first === 0x3c && second === 0 && third === 0x3f && fourth === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c && third === 0 && fourth === 0x3f) return 'utf-16be';
  const text = Buffer.from(beginning)
    .toString('latin1')
    .replace(/<!--[^]*?(-->|$)/g, '');
  const label = xmlDeclaration.exec(text)?.[1] ?? metaCharset.exec(text)?.[1];
  const encoding = encodingOf(label);
  // It could not have been read if it were so.
  return encoding?.startsWith('utf-16') === true ? 'utf-8' : encoding;
}
