import { StringDecoder } from 'node:string_decoder';
import { mendWindows1252 } from '../../content/encodings.ts';
import { encodingOfMark, encodingOfMarkup, encodingOfType, sniffedBytes } from './charset.ts';
import { guessEncoding } from './guess-charset.ts';

/** Turns a body's bytes into text as they come. */
export interface BodyDecoder {
  readonly write: (bytes: Uint8Array) => string;
  /** What is left. `isWhole`: nothing more would have come, so that half a character is a broken one. */
  readonly end: (isWhole: boolean) => string;
}

// Enough to tell the encodings apart by.
const sampleBytes = 8192;

/**
 * Decodes as a browser does: a byte order mark, then the Content-Type, then what the page says within its first 1024
 * bytes, then a guess. Bytes that are no characters become U+FFFD.
 */
export function openBodyDecoder(contentType: string): BodyDecoder {
  let held: Uint8Array = new Uint8Array();
  let decode: BodyDecoder | null = null;
  const declared = encodingOfType(contentType);

  const begin = (isOver: boolean): BodyDecoder | null => {
    const known = encodingOfMark(held) ?? declared;
    if (known !== null) return decoderOf(known);
    if (held.length < sniffedBytes && !isOver) return null;
    const told = encodingOfMarkup(held);
    if (told !== null) return decoderOf(told);
    // ASCII alone says nothing, and more of it would be held for nothing: it is the same in all of them.
    if (held.length < sampleBytes && !isOver) return null;
    return decoderOf(guessEncoding(held));
  };

  const write = (bytes: Uint8Array, isOver: boolean): string => {
    if (decode !== null) return decode.write(bytes);
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    if (held.length < 4 && !isOver) return '';
    decode = begin(isOver);
    if (decode === null) return '';
    const text = decode.write(held);
    held = new Uint8Array();
    return text;
  };

  return {
    write: (bytes) => write(bytes, false),
    end: (isWhole) => {
      const text = decode === null ? write(new Uint8Array(), true) : '';
      return text + (decode?.end(isWhole) ?? '');
    },
  };
}

function decoderOf(encoding: string): BodyDecoder {
  if (encoding === 'utf-8') return utf8Decoder();
  const decoder = new TextDecoder(encoding);
  const mended = encoding === 'windows-1252' ? mendWindows1252 : (text: string) => text;
  return {
    write: (bytes) => mended(decoder.decode(bytes, { stream: true })),
    end: (isWhole) => (isWhole ? decoder.decode() : ''),
  };
}

// What TextDecoder does, in half the memory: its strings have two bytes for each letter, those of ASCII too.
function utf8Decoder(): BodyDecoder {
  const decoder = new StringDecoder('utf8');
  let isFirst = true;
  const unmarked = (text: string): string => {
    if (!isFirst || text === '') return text;
    isFirst = false;
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  };
  return {
    write: (bytes) => unmarked(decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))),
    end: (isWhole) => (isWhole ? unmarked(decoder.end()) : ''),
  };
}
