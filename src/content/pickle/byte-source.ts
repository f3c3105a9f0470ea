import { PickleError } from './pickle-error.ts';

/** The bytes of a pickle, read from the front. Each reading method throws a PickleError where they end too early. */
export class ByteSource {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** How many bytes were read. */
  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  uint8(): number {
    return this.#view.getUint8(this.#skip(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#skip(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#skip(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#skip(4), true);
  }

  /** A length of eight bytes; beyond 2^53 it is rounded, which is still too long for any input. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#skip(8), true));
  }

  /** A float of eight bytes, big-endian unlike all else. */
  float64(): number {
    return this.#view.getFloat64(this.#skip(8), false);
  }

  bytes(count: number): Uint8Array {
    const start = this.#skip(count);
    return this.#bytes.subarray(start, start + count);
  }

  /** The rest of the line as Latin-1, without its line feed. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw this.#tooShort();
    const line = this.bytes(end - this.#at);
    this.#at += 1;
    let text = '';
    for (const byte of line) text += String.fromCharCode(byte);
    return text;
  }

  /** Checks that so many bytes are there, without reading them. */
  expect(count: number): void {
    if (count > this.left) throw this.#tooShort();
  }

  #skip(count: number): number {
    this.expect(count);
    const start = this.#at;
    this.#at += count;
    return start;
  }

  #tooShort(): PickleError {
    return new PickleError(`the pickle is cut off: it ends after ${this.#bytes.length} bytes, within a value`);
  }
}
