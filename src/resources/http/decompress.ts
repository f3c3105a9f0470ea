import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** What becomes of a body's bytes on their way through. */
export interface BytesEvents {
  readonly onBytes: (bytes: Uint8Array) => void;
  /** Go on: what was held back is through. */
  readonly onReady: () => void;
  /** What came cannot be decompressed any further. */
  readonly onBroken: () => void;
}

/** Takes a body as it was sent and gives it as it was meant, piece by piece, so that a bomb never unfolds. */
export interface Decompressor {
  /** False: hold the next until `onReady`. */
  readonly write: (bytes: Uint8Array) => boolean;
  /** Resolves when all that came is through. */
  readonly end: () => Promise<void>;
  readonly stop: () => void;
}

// Three are a mistake already; what has more is made to hurt.
const mostLayers = 3;
// Enough to see what begins here.
const signBytes = 2;

/** The ways of compression that we say we understand. */
export const acceptedEncodings = 'gzip, deflate, br';

/** The layers of a Content-Encoding, outermost first; null where one of them is not known to us or they are too many. */
export function layersOf(contentEncoding: string): string[] | null {
  const names = contentEncoding.toLowerCase().split(',');
  const layers = names.map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity');
  const isKnown = layers.every((name) => ['gzip', 'x-gzip', 'deflate', 'br'].includes(name));
  return isKnown && layers.length <= mostLayers ? layers.reverse() : null;
}

/** Undoes layers, outermost first. A body that is not compressed in spite of its header goes through as it is. */
export function openDecompressor(layers: readonly string[], events: BytesEvents): Decompressor {
  const [outermost, ...others] = layers;
  if (outermost === undefined) return plain(events);
  let held: Uint8Array = new Uint8Array();
  let inner: Decompressor | null = null;
  const begin = (): Decompressor => {
    const stream = streamFor(outermost, held);
    inner =
      stream === null ? plain(events) : through([stream, ...others.map((name) => streamFor(name, null)!)], events);
    return inner;
  };
  return {
    write: (bytes) => {
      if (inner !== null) return inner.write(bytes);
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      return held.length < signBytes || begin().write(held);
    },
    end: async () => {
      if (inner === null && held.length > 0) begin().write(held);
      await inner?.end();
    },
    stop: () => inner?.stop(),
  };
}

function plain({ onBytes }: BytesEvents): Decompressor {
  return {
    write: (bytes) => {
      onBytes(bytes);
      return true;
    },
    end: async () => undefined,
    stop: () => undefined,
  };
}

// Null: no such compression begins like that. Brotli has no sign to know it by.
function streamFor(name: string, beginning: Uint8Array | null): Transform | null {
  const [first = 0, second = 0] = beginning ?? [];
  if (name === 'br') return createBrotliDecompress();
  if (name === 'deflate') {
    // RFC 9110 means zlib's format; some servers send the bare one.
    const isZlib = beginning === null || ((first & 0x0f) === 8 && (first * 256 + second) % 31 === 0);
    return isZlib ? createInflate() : createInflateRaw();
  }
  return beginning === null || (first === 0x1f && second === 0x8b) ? createGunzip() : null;
}

function through(streams: readonly Transform[], { onBytes, onReady, onBroken }: BytesEvents): Decompressor {
  const [first, last] = [streams[0]!, streams.at(-1)!];
  let isOver = false;
  let done: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (done = resolve));
  const stop = (): void => {
    isOver = true;
    for (const stream of streams) stream.destroy();
    done();
  };
  for (const [index, stream] of streams.entries()) {
    const next = streams[index + 1];
    if (next !== undefined) stream.pipe(next);
    stream.on('error', () => {
      if (isOver) return;
      stop();
      onBroken();
    });
  }
  last.on('data', (bytes: Uint8Array) => {
    if (!isOver) onBytes(bytes);
  });
  last.once('end', done);
  first.on('drain', onReady);
  return {
    write: (bytes) => isOver || first.write(bytes),
    end: () => {
      if (!isOver) first.end();
      return over;
    },
    stop,
  };
}
