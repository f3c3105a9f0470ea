import { createInterface } from 'node:readline/promises';
import { UsageError } from '../../core/errors.ts';

/** Asks a person on the terminal; an empty answer takes the default. Throws where the input ends without an answer. */
export async function askFor(question: string, fallback: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<never>((_, reject) => {
    terminal.once('close', () => reject(new UsageError(`no answer to: ${question}; nothing was written`)));
  });
  try {
    const answer = (await Promise.race([terminal.question(`${question} [${fallback}]: `), ended])).trim();
    return answer === '' ? fallback : answer;
  } finally {
    terminal.close();
  }
}
