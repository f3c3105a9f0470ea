import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { longestAddress } from './site-link.ts';

/** What is told of a page, in its order. Nothing is known of what stands within what. */
export interface TagHandler {
  /** A tag in lower case with those of its attributes that are wanted; one that is too long is left out. */
  readonly open: (name: string, attributes: ReadonlyMap<string, string>) => void;
  readonly close: (name: string) => void;
  /** A piece of text; that of scripts, too. */
  readonly text: (text: string) => void;
}

/** A page that is read as it comes. */
export interface TagReader {
  readonly write: (text: string) => void;
  /** The page has ended: what is left is told. */
  readonly end: () => void;
  /** Nothing more is wanted. */
  readonly stop: () => void;
}

const longestName = 32;
const leastCarried = 2 * longestAddress;

/**
 * Reads HTML in pieces, in time and memory that a page cannot drive up: there is no tree and no stack, and of names and
 * attributes no more is kept than what could be of use.
 */
export function openTagReader(wanted: ReadonlySet<string>, handler: TagHandler): TagReader {
  // What came last: names and values may have begun in an earlier piece.
  let carried = '';
  let carriedAt = 0;
  let isStopped = false;
  let tag = '';
  let attribute = '';
  let value = '';
  let isTooLong = false;
  let attributes = new Map<string, string>();
  const slice = (start: number, end: number, most: number): string | null =>
    end - start > most || start < carriedAt ? null : carried.slice(start - carriedAt, end - carriedAt);
  const addToValue = (piece: string | null): void => {
    if (attribute === '' || isTooLong) return;
    if (piece === null || value.length + piece.length > longestAddress) isTooLong = true;
    else value += piece;
  };
  const opened = (): void => {
    if (tag !== '') handler.open(tag, attributes);
    tag = '';
  };
  const callbacks: TokenizerCallbacks = {
    onopentagname: (start, end) => {
      tag = (slice(start, end, longestName) ?? '').toLowerCase();
      attributes = new Map();
    },
    onopentagend: opened,
    onselfclosingtag: opened,
    onclosetag: (start, end) => {
      const name = (slice(start, end, longestName) ?? '').toLowerCase();
      if (name !== '') handler.close(name);
    },
    onattribname: (start, end) => {
      const name = (slice(start, end, longestName) ?? '').toLowerCase();
      attribute = wanted.has(name) && !attributes.has(name) ? name : '';
      value = '';
      isTooLong = false;
    },
    onattribdata: (start, end) => addToValue(attribute === '' ? '' : slice(start, end, longestAddress)),
    onattribentity: (codePoint) => addToValue(String.fromCodePoint(codePoint)),
    onattribend: () => {
      if (attribute !== '' && !isTooLong) attributes.set(attribute, value);
      attribute = '';
    },
    ontext: (start, end) => {
      const from = Math.max(start, carriedAt);
      handler.text(carried.slice(from - carriedAt, end - carriedAt));
    },
    ontextentity: (codePoint) => handler.text(String.fromCodePoint(codePoint)),
    oncdata: () => undefined,
    oncomment: () => undefined,
    ondeclaration: () => undefined,
    onprocessinginstruction: () => undefined,
    onend: () => undefined,
  };
  const tokenizer = new Tokenizer({}, callbacks);
  return {
    write: (text) => {
      if (isStopped || text === '') return;
      if (carried.length > leastCarried) {
        carriedAt += carried.length - longestAddress;
        carried = carried.slice(-longestAddress);
      }
      carried += text;
      tokenizer.write(text);
    },
    end: () => {
      if (!isStopped) tokenizer.end();
      isStopped = true;
    },
    stop: () => {
      isStopped = true;
      tokenizer.pause();
    },
  };
}
