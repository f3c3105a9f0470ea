import { createInterface } from 'node:readline/promises';

/** Asks a person on the terminal; an empty answer takes the default. */
export async function askFor(question: string, fallback: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = (await terminal.question(`${question} [${fallback}]: `)).trim();
    return answer === '' ? fallback : answer;
  } finally {
    terminal.close();
  }
}
