import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CacheValue, Tuple } from '../../../src/core/cache.ts';

/** One key that izone wrote: the bytes as they stood in Redis, and what they mean. */
export interface OracleEntry {
  readonly key: string;
  readonly hex: string;
  readonly value: CacheValue;
}

const file = fileURLToPath(new URL('../../../../shared/izone/cache.json', import.meta.url));

/** Why the oracle cannot be asked; null where it can. */
export const oracleMissing = existsSync(file) ? null : `${file} is not there`;

/** The plain data that a running izone wrote. Its lists of Django objects are no plain data, and left out. */
export function oracleEntries(): OracleEntry[] {
  if (oracleMissing !== null) return [];
  const entries = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { pickle_hex?: string; value?: unknown }>;
  return Object.entries(entries).flatMap(([key, { pickle_hex: hex, value }]) => {
    if (hex === undefined || value === undefined || key.includes(':hot.')) return [];
    const isArticle = key.includes('article:markdown');
    const plain = fromJson(value);
    return [{ key, hex, value: isArticle && Array.isArray(plain) ? new Tuple(...(plain as CacheValue[])) : plain }];
  });
}

/** The pickles of Django objects that izone keeps beside. */
export function oracleObjects(): string[] {
  if (oracleMissing !== null) return [];
  const entries = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { pickle_hex?: string }>;
  return Object.entries(entries).flatMap(([key, { pickle_hex: hex }]) => (key.includes(':hot.') && hex ? [hex] : []));
}

function fromJson(value: unknown): CacheValue {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return value as CacheValue;
  return new Map(Object.entries(value).map(([name, item]) => [name, fromJson(item)]));
}
