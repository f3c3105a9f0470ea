import type { HttpRequest } from '../../core/http.ts';
import { layersOf, openDecompressor } from './decompress.ts';
import { openBodyDecoder } from './text-decoder.ts';

/** Why no more of a body is wanted. */
export type Enough = 'enough' | 'full' | 'broken' | 'unreadable';

/** Where the body of an answer goes. */
export interface Sink {
  /** False: hold the next until `onReady`. */
  readonly write: (bytes: Uint8Array) => boolean;
  /** Nothing more comes; resolves when what came is through. */
  readonly end: () => Promise<void>;
  /** Ends the decoding: nothing is written after it, and nothing is kept. */
  readonly finish: (isWhole: boolean) => SunkBody;
  /** Gives back what is held, with or without an end. */
  readonly stop: () => void;
}

/** What a sink has at its end: the body in the form that was asked for, null in the others. */
export interface SunkBody {
  readonly text: string | null;
  readonly bytes: Uint8Array | null;
  /** For a look at what kind of page it is. */
  readonly beginning: string;
}

/** What a sink tells while it is written to. */
export interface SinkEvents {
  readonly onReady: () => void;
  readonly onStop: (why: Enough) => void;
  /** The reader threw. */
  readonly onError: (error: unknown) => void;
}

/** The most that a body may have to be read to its end where nobody wants it, so that its connection can be used again. */
const drainedBytes = 16 * 1024;
const drainedMs = 250;

/** For a body that nobody wants, or that nobody can read. */
export function openDrain(
  headers: Readonly<Record<string, string>>,
  { onStop }: SinkEvents,
  why: 'enough' | 'unreadable' = 'enough',
): Sink {
  let leftBytes = drainedBytes;
  const stop = (): void => onStop(why);
  const timer = setTimeout(stop, drainedMs);
  if (Number(headers['content-length'] ?? 0) > drainedBytes) queueMicrotask(stop);
  return {
    write: (bytes) => {
      leftBytes -= bytes.length;
      if (leftBytes < 0) stop();
      return true;
    },
    end: async () => {
      clearTimeout(timer);
      if (why === 'unreadable') onStop(why);
    },
    finish: () => ({ text: null, bytes: null, beginning: '' }),
    stop: () => clearTimeout(timer),
  };
}

/** The most of a text that is kept for a look at it. */
export const beginningCharacters = 16 * 1024;

/**
 * For a body that is read: decompressed, decoded (of one that is kept or read as bytes only the beginning), counted after
 * decompression, and given to the reader or kept.
 * Null where it is compressed in a way that is not known to us.
 */
export function openBodySink(
  headers: Readonly<Record<string, string>>,
  { read, maxBytes }: { readonly read: Exclude<HttpRequest['read'], 'nothing'>; readonly maxBytes: number },
  { onReady, onStop, onError }: SinkEvents,
): Sink | null {
  const layers = layersOf(headers['content-encoding'] ?? '');
  if (layers === null) return null;
  const decoder = openBodyDecoder(headers['content-type'] ?? '');
  const isText = read === 'text' || (typeof read === 'object' && 'write' in read);
  let parts: string[] = [];
  let byteParts: Uint8Array[] = [];
  let beginning = '';
  let leftBytes = maxBytes;
  let isStopped = false;
  let hasEnough = false;

  const stop = (why: Enough): void => {
    if (isStopped) return;
    isStopped = true;
    decompressor.stop();
    onStop(why);
  };
  const feed = (hasSeenEnough: () => boolean): void => {
    if (hasEnough || !hasSeenEnough()) return;
    hasEnough = true;
    stop('enough');
  };
  const take = (text: string): void => {
    if (text === '') return;
    if (beginning.length < beginningCharacters) beginning += text.slice(0, beginningCharacters - beginning.length);
    if (read === 'text') parts.push(text);
    else if (typeof read === 'object' && 'write' in read) feed(() => read.write(text));
  };
  const decompressor = openDecompressor(layers, {
    onBytes: (bytes) => {
      if (isStopped) return;
      const fitting = bytes.subarray(0, leftBytes);
      leftBytes -= fitting.length;
      try {
        if (read === 'bytes') byteParts.push(fitting);
        else if (typeof read === 'object' && 'take' in read) feed(() => read.take(fitting));
        if (isText || beginning.length < beginningCharacters) take(decoder.write(fitting));
      } catch (error) {
        // In the middle of a stream's event nobody else would catch it.
        isStopped = true;
        decompressor.stop();
        onError(error);
        return;
      }
      if (fitting.length < bytes.length) stop('full');
    },
    onReady,
    onBroken: () => stop('broken'),
  });
  return {
    write: (bytes) => isStopped || decompressor.write(bytes),
    end: () => decompressor.end(),
    finish: (isWhole) => {
      isStopped = true;
      take(decoder.end(isWhole));
      const came = {
        text: read === 'text' ? parts.join('') : null,
        bytes: read === 'bytes' ? Buffer.concat(byteParts) : null,
        beginning,
      };
      [parts, byteParts, beginning] = [[], [], ''];
      return came;
    },
    stop: () => decompressor.stop(),
  };
}
