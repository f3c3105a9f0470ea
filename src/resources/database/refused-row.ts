import { isDuplicate } from './duplicate.ts';

/** Did a database refuse a row because of what stands in it: a key that is taken, a parent that is not there, a bad value? */
export function isRefusedRow(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // 22 and 23 are PostgreSQL's classes of bad data and of broken constraints.
  return (
    isDuplicate(error) ||
    code.startsWith('SQLITE_CONSTRAINT') ||
    /^ER_(NO_REFERENCED_ROW|DATA_TOO_LONG|TRUNCATED_WRONG_VALUE|BAD_NULL_ERROR|WARN_DATA_OUT_OF_RANGE)/.test(code) ||
    /^2[23]...$/.test(code)
  );
}
