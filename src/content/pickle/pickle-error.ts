/** A pickle that cannot be read or written: one sentence that says what was met, and at which byte. */
export class PickleError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PickleError';
  }
}

/** How deep lists, tuples and dicts may nest, both ways. Python's own pickler gives up at some 500. */
export const maxDepth = 200;
