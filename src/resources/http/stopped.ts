/** Waits for something that cannot be stopped itself; a signal ends the wait with its reason. */
export async function unlessStopped<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  let stop: () => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Signals of requests: each follows the one that it came with, and all can be stopped together. */
export interface Stops {
  readonly follow: (signal: AbortSignal) => { readonly signal: AbortSignal; readonly release: () => void };
  readonly all: (reason: Error) => void;
}

/** One listener for each signal, however many requests follow it: node warns of more than ten. */
export function openStops(): Stops {
  const followers = new Map<AbortSignal, { readonly running: Set<AbortController>; readonly relay: () => void }>();
  let stopped: Error | null = null;

  const followersOf = (signal: AbortSignal): Set<AbortController> => {
    const known = followers.get(signal);
    if (known !== undefined) return known.running;
    const running = new Set<AbortController>();
    const relay = (): void => {
      for (const stop of running) stop.abort(signal.reason);
    };
    signal.addEventListener('abort', relay);
    followers.set(signal, { running, relay });
    return running;
  };

  return {
    follow: (signal) => {
      signal.throwIfAborted();
      if (stopped !== null) throw stopped;
      const running = followersOf(signal);
      const stop = new AbortController();
      running.add(stop);
      const release = (): void => {
        running.delete(stop);
        const known = followers.get(signal);
        if (running.size > 0 || known?.running !== running) return;
        signal.removeEventListener('abort', known.relay);
        followers.delete(signal);
      };
      return { signal: stop.signal, release };
    },
    all: (reason) => {
      stopped = reason;
      for (const { running } of followers.values()) for (const stop of running) stop.abort(reason);
    },
  };
}
