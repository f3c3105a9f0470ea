import { setFlagsFromString } from 'node:v8';

let isKeptSmall = false;

/**
 * Keeps the engine's space for young objects small from now on. Thousands of batches would let it grow to 32 MB, of which
 * they need two. Where an engine does not heed it, the process is that much larger, and nothing else changes.
 */
export function keepYoungSpaceSmall(): void {
  if (isKeptSmall) return;
  isKeptSmall = true;
  setFlagsFromString('--semi-space-growth-factor=1');
}
