import type { ArchivedRow, ArchiveHeader } from './archive.ts';

/** What readers of other versions go by. */
export const archiveFormat = 1;

/** The first line. */
export function headerLine(header: ArchiveHeader): string {
  return JSON.stringify({ blogctl: 'archive', format: archiveFormat, ...header });
}

/** A row's line. Values that JSON has no word for are objects with one of ours: `{"base64": "…"}`, `{"json": "…"}`. */
export function rowLine(table: string, row: ArchivedRow): string {
  return JSON.stringify({
    table,
    row: Object.fromEntries(Object.entries(row).map(([name, value]) => [name, packed(value)])),
  });
}

/** The last line. */
export function endLine(rows: number): string {
  return JSON.stringify({ end: true, rows });
}

function packed(value: unknown): unknown {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  if (typeof value === 'bigint') return String(value);
  // A column of JSON, which the driver has read.
  return typeof value === 'object' && value !== null ? { json: JSON.stringify(value) } : value;
}
