/** What becomes of a link of the bench. */
export type LinkKind = 'ok' | 'missing' | 'error' | 'redirect' | 'busy' | 'stream' | 'reset' | 'hang';

/** How many links there are, on how many hosts. */
export const links = 2000;
export const hosts = 500;

/** How long a link's server takes for an answer: 50 to 300 ms, the same each time. */
export function latencyMs(link: number): number {
  return 50 + ((Math.imul(link, 2654435761) >>> 0) % 251);
}

/** Of forty links two are missing, one fails, two redirect, one is busy for a second, one streams 20 MB, one is reset. */
export function kindOf(link: number): LinkKind {
  const place = link % 40;
  if (place < 31) return 'ok';
  if (place < 33) return 'missing';
  if (place === 33) return 'error';
  if (place < 36) return 'redirect';
  if (place === 36) return 'busy';
  if (place === 37) return 'stream';
  if (place === 38) return 'reset';
  return link % 400 === 39 ? 'hang' : 'ok';
}

/** A host of its own for every few links: 127.0.1.1, 127.0.1.2 … */
export function hostOf(link: number): string {
  const host = link % hosts;
  return `127.0.${1 + Math.floor(host / 250)}.${1 + (host % 250)}`;
}

/** What a checker cannot do without: the answers it waits for, without the pauses between them. */
export function waitMs(link: number, timeoutMs: number, tries: number): number {
  const latency = latencyMs(link);
  switch (kindOf(link)) {
    case 'redirect':
    case 'busy':
      return 2 * latency;
    case 'reset':
      return tries * latency;
    case 'hang':
      return timeoutMs;
    case 'ok':
    case 'missing':
    case 'error':
    case 'stream':
      return latency;
  }
}
