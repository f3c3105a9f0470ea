import { createHash } from 'node:crypto';
import type { BlogDialect } from './dialect.ts';

// What Django knows of each database's limit; SQLite has none and Django then says 200.
const maxNameLength: Record<BlogDialect, number> = { sqlite: 200, mysql: 64, postgres: 63 };

/**
 * The name that Django gives to an index or constraint: table, columns, a digest of both, a suffix; cut down to the
 * database's limit. Equal names let Django's later migrations find what they want to alter.
 */
export function djangoName(dialect: BlogDialect, table: string, columns: readonly string[], suffix: string): string {
  const limit = maxNameLength[dialect];
  const joined = columns.join('_');
  const digest = createHash('md5')
    .update(table + columns.join(''))
    .digest('hex');
  let ending = digest.slice(0, 8) + suffix;
  const whole = `${table}_${joined}_${ending}`;
  if (whole.length <= limit) return whole;
  ending = ending.slice(0, Math.floor(limit / 3));
  const rest = Math.floor((limit - ending.length) / 2) - 1;
  return `${table.slice(0, rest)}_${joined.slice(0, rest)}_${ending}`;
}
