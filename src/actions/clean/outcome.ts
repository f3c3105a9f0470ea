import type { Outcome } from '../../core/outcome.ts';
import type { Cleaned } from './clean.ts';

/**
 * A run's result: all that was deleted, and how many of which kind; `kinds` has the table of each, the first word of the
 * summary first. A single kind needs no count of its own.
 */
export function outcomeOf(
  { deleted, total, notes, freedBytes }: Cleaned,
  kinds: Readonly<Record<string, string>>,
): Outcome {
  const counted = Object.entries(kinds).map(([kind, table]) => [kind, deleted.get(table) ?? 0] as const);
  const words = counted.map(
    ([kind, rows]) => `${rows} ${kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
  );
  return {
    summary: [`${words.join(', ')} deleted`, ...notes].join('; '),
    counts: {
      deleted: total,
      ...(counted.length === 1 ? {} : Object.fromEntries(counted)),
      ...(freedBytes === undefined ? {} : { freedBytes }),
    },
  };
}
