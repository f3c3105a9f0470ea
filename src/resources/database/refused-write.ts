/** Did a driver refuse a statement because its session may only read? (SQLite, MySQL and MariaDB, PostgreSQL) */
export function isRefusedWrite(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'SQLITE_READONLY' || code === 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION' || code === '25006';
}
