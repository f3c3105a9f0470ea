import { createInterface } from 'node:readline/promises';
import { InterruptedError, UsageError } from '../../core/errors.ts';

/** Asks a person on the terminal; an empty answer takes the default. Throws at Ctrl-C, and where the input ends without an answer. */
export async function askFor(question: string, fallback: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<never>((_, reject) => {
    // The terminal is in raw mode: the key is no signal of the system.
    terminal.once('SIGINT', () => reject(new InterruptedError('SIGINT')));
    terminal.once('close', () => reject(new UsageError(`no answer to: ${question}; nothing was written`)));
  });
  try {
    const answer = (await Promise.race([terminal.question(`${question} [${fallback}]: `), ended])).trim();
    return answer === '' ? fallback : answer;
  } catch (error) {
    // The line of the question has not ended.
    process.stderr.write('\n');
    throw error;
  } finally {
    terminal.close();
  }
}
