/** Did a statement lose against somebody else's locks, so that its transaction may simply be begun again? */
export function isLockConflict(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ER_LOCK_DEADLOCK', '40P01', '40001'].includes(code);
}
