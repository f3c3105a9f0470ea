// Measures what the project promises of its speed:
// npm run bench [start] [render] [memory] [statistics] [links] [sessions [--rows 1200000] [--on sqlite]]
import { linkChecks } from './links.ts';
import { largeBlog } from './memory.ts';
import { rendering } from './render.ts';
import { expiredSessions } from './sessions.ts';
import { startUp } from './start.ts';
import { statistics } from './statistics.ts';

/** One line of the result. */
export interface Result {
  readonly label: string;
  readonly figure: string;
  readonly target?: string;
  readonly isMet?: boolean;
}

const benches: Readonly<Record<string, () => Iterable<Result> | AsyncIterable<Result>>> = {
  start: startUp,
  render: rendering,
  memory: largeBlog,
  statistics,
  links: linkChecks,
  sessions: expiredSessions,
};

const wanted = process.argv.slice(2).filter((word) => word in benches);
let isMissed = false;
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for await (const { label, figure, target, isMet } of bench()) {
    const verdict = target === undefined ? '' : `${target}: ${isMet === true ? 'met' : 'MISSED'}`;
    console.log(`${label.padEnd(42)} ${figure.padEnd(44)} ${verdict}`.trimEnd());
    isMissed ||= isMet === false;
  }
}
process.exitCode = isMissed ? 1 : 0;
