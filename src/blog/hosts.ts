import { plainText, wellFormed } from '../core/plain-text.ts';
import type { Database } from '../core/database.ts';

/** A host that pushes its state to the blog: a row of monitor_monitorserver. */
export interface MonitoredHost {
  readonly id: number;
  /** In one line, without control characters; `#7` where it has none. */
  readonly name: string;
  /** When it last pushed, in the database's form; perhaps no date at all. */
  readonly updateDate: string;
  /** Active, to be told of, and set up: the blog's own condition. */
  readonly isWatched: boolean;
  /** The first of the conditions that it does not meet; null where it is watched. */
  readonly missing: MissingForWatch | null;
}

/** Why a host is not watched: switched off, not to be told of, without the secret it reports with, or it never has. */
export type MissingForWatch = 'active' | 'alarm' | 'secret' | 'data';

/** All hosts, by id. What they push is not read, only whether there is any. */
export async function monitoredHosts({ query }: Database): Promise<readonly MonitoredHost[]> {
  const rows = await query
    .selectFrom('monitor_monitorserver')
    .select(['id', 'name', 'update_date', 'active', 'alarm'])
    .select((row) => [
      row.and([row('data', 'is not', null), row('data', '!=', '')]).as('has_data'),
      row
        .and([
          row('secret_key', 'is not', null),
          row('secret_key', '!=', ''),
          row('secret_value', 'is not', null),
          row('secret_value', '!=', ''),
        ])
        .as('has_secrets'),
    ])
    .orderBy('id')
    .execute();
  return rows.map((row) => {
    const conditions = { active: row.active, alarm: row.alarm, secret: row.has_secrets, data: row.has_data } as const;
    const missing = (['active', 'alarm', 'secret', 'data'] as const).find((one) => !conditions[one]) ?? null;
    const { id, update_date: updateDate } = row;
    return { id, name: oneLine(row.name) || `#${id}`, updateDate, isWatched: missing === null, missing };
  });
}

// The column takes 30 characters; SQLite takes what it gets.
const longestName = 60;

function oneLine(name: string): string {
  const characters = Array.from(wellFormed(plainText(name.replace(/\s+/g, ' '))).trim());
  return characters.length <= longestName ? characters.join('') : `${characters.slice(0, longestName - 1).join('')}…`;
}
