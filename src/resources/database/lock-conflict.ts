/** Did a statement lose against somebody else's locks, so that its transaction may simply be begun again? */
export function isLockConflict(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ER_LOCK_DEADLOCK', '40P01', '40001'].includes(code);
}

/** Does the server refuse the level `read committed`, as MySQL does whose binary log holds statements and not rows? */
export function isLevelRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ER_BINLOG_STMT_MODE_AND_ROW_ENGINE';
}
