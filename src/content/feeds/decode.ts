import { analyse } from 'chardet';
import type { Reading } from '../../core/parser.ts';
import { encodingOf, likelyEncoding, mendWindows1252, plausibleEncodings } from '../encodings.ts';

// Of a document that is declared so, not more than one in so many characters beyond ASCII may be broken.
const mostBroken = 10;
const sureConfidence = 90;
const sampleBytes = 65_536;

/**
 * The text of a feed or a page. A byte order mark is believed, and UTF-8 wherever the bytes are UTF-8; then the first of
 * what the server and the document itself say under which the bytes are characters; then what they look like. Servers
 * say ISO-8859-1 or UTF-8 of everything, and documents were moved from one encoding to another with their declaration.
 */
export function decodeDocument(bytes: Uint8Array, contentType: string): string {
  const marked = encodingByMark(bytes);
  if (marked !== null) return decoded(bytes, marked);
  const head = latin1(bytes.subarray(0, 1024));
  const declared = encodingOf(/<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']/i.exec(head)?.[1]);
  const inPage = encodingOf(/<meta[^>]{0,300}?charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(head)?.[1]);
  const served = encodingOf(/;\s*charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType)?.[1]);
  // The one encoding whose bytes are all ASCII.
  const told = [served, declared, inPage];
  if (told.includes('iso-2022-jp') && bytes.includes(0x1b)) return decoded(bytes, 'iso-2022-jp');
  // Any bytes are characters of those with one byte each, so what a server says by default must not come first.
  const inOrder = served !== null && isOneByte(served) ? [declared, inPage, served] : told;
  const candidates = ['utf-8', ...inOrder.filter((one) => one !== null && !one.startsWith('utf-16'))] as string[];
  let best: Attempt | null = null;
  for (const encoding of new Set(candidates)) {
    const attempt = attemptOf(bytes, encoding);
    if (attempt.broken === 0) return (isOneByte(encoding) ? surelyOther(bytes) : null) ?? attempt.text;
    if (best === null || attempt.broken < best.broken) best = attempt;
  }
  if (best !== null && best.broken * mostBroken <= best.beyondAscii) return best.text;
  const guessed = attemptOf(bytes, likelyEncoding(bytes.subarray(0, sampleBytes)));
  return best === null || guessed.broken < best.broken ? guessed.text : best.text;
}

/** What comes of an image, of an archive. */
export const noText: Reading = { isRead: false, problem: 'not-a-feed', reason: 'is no text' };

// What images, archives and the like begin with.
const signatures = [
  '\x89PNG',
  'GIF8',
  '\xff\xd8\xff',
  '\x1f\x8b',
  'PK\x03\x04',
  'RIFF',
  '%PDF',
  'BZh',
  '\x28\xb5\x2f\xfd',
  '7z\xbc',
];
const mostControls = 10;

/** Is it text in an encoding that is read, by its beginning? */
export function isText(bytes: Uint8Array): boolean {
  const head = latin1(bytes.subarray(0, 1024));
  if (signatures.some((one) => head.startsWith(one)) || /^(\xff\xfe\0\0|\0\0\xfe\xff)/.test(head)) return false;
  const controls = count(head, /[\0-\x08\x0e-\x1a\x1c-\x1f]/g);
  return encodingByMark(bytes) !== null || controls * mostControls <= head.length;
}

interface Attempt {
  readonly text: string;
  /** Characters that could not be read. */
  readonly broken: number;
  /** Counted where some could not. */
  readonly beyondAscii: number;
}

function attemptOf(bytes: Uint8Array, encoding: string): Attempt {
  const text = decoded(bytes, encoding);
  const broken = text.includes('\ufffd') ? count(text, /\ufffd/g) : 0;
  return { text, broken, beyondAscii: broken === 0 ? 0 : count(text, /[^\0-\x7f]/g) };
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  while (pattern.test(text)) found++;
  return found;
}

function encodingByMark([first, second, third, fourth]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  // A < in two bytes.
  if (first === 0x3c && second === 0 && fourth === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c && third === 0) return 'utf-16be';
  return null;
}

function isOneByte(encoding: string): boolean {
  return /^(iso-8859|windows-|koi8|ibm|macintosh|x-mac)/.test(encoding);
}

// Any bytes are characters of an encoding with one byte each, but hardly any text in one looks like Chinese.
function surelyOther(bytes: Uint8Array): string | null {
  const [likely] = analyse(bytes.subarray(0, sampleBytes));
  const encoding = encodingOf(likely?.name);
  if (likely === undefined || likely.confidence < sureConfidence || !plausibleEncodings.has(likely.name)) return null;
  if (encoding === null || isOneByte(encoding)) return null;
  const attempt = attemptOf(bytes, encoding);
  return attempt.broken === 0 ? attempt.text : null;
}

function decoded(bytes: Uint8Array, encoding: string): string {
  // As a stream: half a character at the end is left out, not broken.
  const text = new TextDecoder(encoding).decode(bytes, { stream: true });
  return encoding === 'windows-1252' ? mendWindows1252(text) : text;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
