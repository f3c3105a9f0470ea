import { plainText } from '../../core/plain-text.ts';

/** Keeps the end of what comes in pieces. */
export interface Tail {
  readonly add: (piece: Buffer) => void;
  readonly text: () => string;
}

/** A tail of at most so many bytes. */
export function keepTail(mostBytes: number): Tail {
  let kept = Buffer.alloc(0);
  let isCut = false;
  return {
    add: (piece) => {
      isCut ||= kept.length + piece.length > mostBytes;
      kept = Buffer.concat([kept, piece.subarray(-mostBytes)]).subarray(-mostBytes);
    },
    text: () => {
      const text = new TextDecoder().decode(kept);
      // Half a line goes: half a secret would not be known for one, nor half a character.
      const whole = isCut ? text.slice(text.indexOf('\n') + 1 || text.length) : text;
      const isOneLine = isCut && !text.includes('\n');
      return isOneLine ? `(a line of more than ${mostBytes} bytes)` : plainText(asShown(whole)).trim();
    },
  };
}

// A bar of progress writes over its own line: what a terminal would show in the end.
function asShown(text: string): string {
  return text.replace(/\r+\n/g, '\n').replace(/^[^\n]*\r(?=[^\n])/gm, '');
}
