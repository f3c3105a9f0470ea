import type { TableCounts } from '../../blog/expired.ts';
import type { Outcome } from '../../core/outcome.ts';

/** The words of a run's result, each with the table that it stands for: `{ systemNotifications: 'comment_systemnotification' }`. */
export type Kinds = Readonly<Record<string, string>>;

/** All rows together, and how many of each kind; a single kind needs no count of its own. */
export function countsOf(deleted: TableCounts, kinds: Kinds): Outcome['counts'] {
  const counted = Object.entries(kinds).map(([kind, table]) => [kind, deleted.get(table) ?? 0] as const);
  return { deleted: totalOf(deleted), ...(counted.length === 1 ? {} : Object.fromEntries(counted)) };
}

/** `8 notifications, 2 system notifications`. */
export function wordsOf(deleted: TableCounts, kinds: Kinds): string {
  const words = Object.entries(kinds).map(([kind, table]) => {
    return `${deleted.get(table) ?? 0} ${kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`;
  });
  return words.join(', ');
}

/** The rows of all tables. */
export function totalOf(counts: TableCounts): number {
  return [...counts.values()].reduce((sum, rows) => sum + rows, 0);
}
