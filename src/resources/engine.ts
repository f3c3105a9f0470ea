import { setFlagsFromString } from 'node:v8';

/**
 * What V8 is told by each version of node: a regular expression is compiled once and well, and not first for an
 * interpreter and again at its second use; and a function must have worked for longer before it is optimised.
 * `--no-regexp-tier-up` is no way to say the former: set in a process that has used regular expressions, it crashes it.
 */
const flagsByNode: Readonly<Record<string, string>> = {
  20: '--regexp-tier-up-ticks=0 --interrupt-budget=400000',
  22: '--regexp-tier-up-ticks=0 --invocation-count-for-turbofan=15000',
  24: '--regexp-tier-up-ticks=0 --invocation-count-for-turbofan=15000',
};

/** The flags for a version of node such as `20.19.0`; none for one not known here, as V8 complains about strange flags. */
export function briefWorkFlags(nodeVersion: string): string | undefined {
  return flagsByNode[nodeVersion.replace(/\..*/, '')];
}

/**
 * Tells V8 that the work ahead is brief: some dozen articles are rendered before most of what it optimises has paid off,
 * so this takes a quarter off. To be called when the program's chunks are loaded, because V8 refuses code that the build
 * has kept under other flags.
 */
export function expectBriefWork(): void {
  const flags = briefWorkFlags(process.versions.node);
  if (flags !== undefined) setFlagsFromString(flags);
}

let isHeapSmall = false;

/**
 * Keeps the engine's heap small from now on. Thousands of batches or requests would let the space of young objects grow to
 * 32 MB, of which they need two, and the rest to four times what is alive before anybody looks. Where an engine does not
 * heed it, the process is that much larger, and nothing else changes.
 */
export function keepHeapSmall(): void {
  if (isHeapSmall) return;
  isHeapSmall = true;
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=50');
}
