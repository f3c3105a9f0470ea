import { opcode } from './opcodes.ts';

const frameHeaderBytes = 9;
const smallestFrameBytes = 4;
const fullFrameBytes = 64 * 1024;

/**
 * The growing bytes of a pickle, cut into frames exactly as CPython's C pickler cuts them (Modules/_pickle.c): a frame
 * ends at the first value after 64 KiB, a string of 64 KiB or more stands outside of any frame.
 */
export class FramedBytes {
  #bytes = new Uint8Array(1024);
  #length = 0;
  #frameStart: number | null = null;
  #isFraming = false;

  /** From here on the bytes stand in frames: called once, after the PROTO opcode. */
  startFraming(): void {
    this.#isFraming = true;
  }

  write(...bytes: readonly number[]): void {
    this.#open();
    this.#append(bytes);
  }

  /** An opcode with its length, and the bytes that it announces. */
  writeCounted(header: Uint8Array, data: Uint8Array): void {
    const isOutside = data.length >= fullFrameBytes;
    if (isOutside) this.#commit();
    else this.#open();
    this.#append(header);
    this.#append(data);
  }

  /** To be called before each value: ends the frame where it is full. */
  boundary(): void {
    if (this.#frameStart === null) return;
    if (this.#length - this.#frameStart - frameHeaderBytes >= fullFrameBytes) this.#commit();
  }

  finish(): Uint8Array {
    this.#commit();
    return this.#bytes.slice(0, this.#length);
  }

  #open(): void {
    if (!this.#isFraming || this.#frameStart !== null) return;
    this.#frameStart = this.#length;
    this.#append(new Uint8Array(frameHeaderBytes));
  }

  /** Fills in the header of the open frame, or takes it out again where the frame is not worth one. */
  #commit(): void {
    const start = this.#frameStart;
    if (start === null) return;
    this.#frameStart = null;
    const size = this.#length - start - frameHeaderBytes;
    if (size < smallestFrameBytes) {
      this.#bytes.copyWithin(start, start + frameHeaderBytes, this.#length);
      this.#length -= frameHeaderBytes;
      return;
    }
    this.#bytes[start] = opcode.frame;
    new DataView(this.#bytes.buffer).setBigUint64(start + 1, BigInt(size), true);
  }

  #append(bytes: ArrayLike<number>): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = needed;
  }
}
