import { archiveFormat } from './archive-format.ts';
import type { ArchivedRow, ArchiveHeader } from './archive.ts';

/** A line of an archive, taken apart. */
export type ArchiveLine =
  | { readonly kind: 'row'; readonly table: string; readonly row: ArchivedRow }
  | { readonly kind: 'end'; readonly rows: number };

function unpacked(value: unknown): unknown {
  if (!isObject(value)) return value;
  if (typeof value['base64'] === 'string') return Buffer.from(value['base64'], 'base64');
  return value['json'];
}

/** Reads the first line; null where it is none of an archive's. `format` may be one that is not known here. */
export function parseHeader(line: string): { readonly format: number; readonly header: ArchiveHeader } | null {
  const value = parsed(line);
  if (!isObject(value) || value['blogctl'] !== 'archive' || typeof value['format'] !== 'number') return null;
  const { format, blog, dialect, zone, action, createdAt, tables } = value;
  // Of a newer format no more is known than its number.
  if (format !== archiveFormat) return { format, header: { ...emptyHeader } };
  if (typeof blog !== 'string' || typeof dialect !== 'string' || typeof zone !== 'string') return null;
  if (typeof action !== 'string' || typeof createdAt !== 'string' || !isTables(tables)) return null;
  return { format, header: { blog, dialect, zone, action, createdAt, tables } };
}

function isTables(value: unknown): value is ArchiveHeader['tables'] {
  const isList = (names: unknown): boolean => Array.isArray(names) && names.every((name) => typeof name === 'string');
  return isObject(value) && Object.values(value).every(isList);
}

const emptyHeader: ArchiveHeader = { blog: '', dialect: '', zone: '', action: '', createdAt: '', tables: {} };

/** Reads another line; null where it is neither a row nor the end. */
export function parseLine(line: string): ArchiveLine | null {
  const value = parsed(line);
  if (!isObject(value)) return null;
  if (value['end'] === true && typeof value['rows'] === 'number') return { kind: 'end', rows: value['rows'] };
  const { table, row } = value;
  if (typeof table !== 'string' || !isObject(row)) return null;
  const values = Object.entries(row).map(([name, packedValue]) => [name, unpacked(packedValue)]);
  return { kind: 'row', table, row: Object.fromEntries(values) as ArchivedRow };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
