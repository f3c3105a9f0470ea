/** Whether a driver's error says that a table is not there: better-sqlite3's, mysql2's or pg's. */
export function isMissingTable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  // SQLite has one code for every mistake in a statement.
  if (code === 'SQLITE_ERROR') return error.message.startsWith('no such table');
  return code === 'ER_NO_SUCH_TABLE' || code === '42P01';
}
