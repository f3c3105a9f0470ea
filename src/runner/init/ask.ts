import { createInterface } from 'node:readline/promises';
import { InterruptedError, UsageError } from '../../core/errors.ts';

/** A person on the terminal who can be asked. */
export interface Person {
  /** An empty answer takes the default. Throws at Ctrl-C, and where the input ends without an answer. */
  readonly ask: (question: string, fallback: string) => Promise<string>;
  readonly leave: () => void;
}

/** Opens the terminal once for all questions: answers that are pasted together must not be lost between two. */
export function meetPerson(): Person {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const lines = terminal[Symbol.asyncIterator]();
  const interrupted = new Promise<never>((_, reject) => {
    // The terminal is in raw mode: the key is no signal of the system.
    terminal.once('SIGINT', () => reject(new InterruptedError('SIGINT')));
  });
  // Nobody may be waiting for an answer when the key is pressed.
  interrupted.catch(() => undefined);
  return {
    ask: async (question, fallback) => {
      process.stderr.write(`${question} [${fallback}]: `);
      try {
        const line = await Promise.race([lines.next(), interrupted]);
        if (line.done === true) throw new UsageError(`no answer to: ${question}; nothing was written`);
        const answer = line.value.trim();
        return answer === '' ? fallback : answer;
      } catch (error) {
        // The line of the question has not ended.
        process.stderr.write('\n');
        throw error;
      }
    },
    leave: () => terminal.close(),
  };
}
