import { countRows, type TableCounts } from '../../blog/expired.ts';
import type { ChangeLimit } from '../../core/change-limit.ts';
import type { Database } from '../../core/database.ts';
import { FailedError } from '../../core/errors.ts';

/** Throws a FailedError where more would go than the limit allows: rows of all tables together, or a share of any of them. */
export async function refuseTooMany(database: Database, found: TableCounts, limit: ChangeLimit): Promise<void> {
  const rows = [...found.values()].reduce((sum, some) => sum + some, 0);
  if (limit.kind === 'rows' && rows <= limit.most) return;
  const told: string[] = [];
  for (const [table, some] of found) {
    if (some === 0) continue;
    const all = await countRows(database, table);
    const percent = (100 * some) / Math.max(all, 1);
    if (limit.kind === 'rows' || percent > limit.most)
      told.push(`${some} of ${all} rows of ${table} (${shareText(percent, limit)})`);
  }
  if (told.length === 0) return;
  const most = limit.kind === 'rows' ? `${limit.text} rows` : limit.text;
  throw new FailedError(
    `it would delete ${told.join(' and ')}, and --max-changes allows ${most}: nothing was deleted`,
    {
      hint: 'Look at it with --dry-run, without the limit; then raise the limit once.',
    },
  );
}

// As exact as it must be to lie above a limit that is a share, too.
function shareText(percent: number, limit: ChangeLimit): string {
  const digits = [0, 1, 2, 3].find((some) => {
    const isExact = percent >= 10 || some > 0;
    return isExact && (limit.kind === 'rows' || Number(percent.toFixed(some)) > limit.most);
  });
  return `${percent.toFixed(digits ?? 3)}%`;
}
