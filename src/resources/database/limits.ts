/** Milliseconds that a connection may take to be made. */
export const connectTimeoutMs = 10_000;
/** Milliseconds that a statement may wait for somebody else's lock. */
export const lockTimeoutMs = 10_000;
/** Milliseconds that a statement may run. */
export const statementTimeoutMs = 120_000;
