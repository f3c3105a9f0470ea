/**
 * Ends one request. A request waits for one thing at a time, which says here how to end the wait: thousands of requests
 * may wait, and a signal of their own for each would cost more than all the rest of them.
 */
export interface Stop {
  /** What the request then throws. */
  readonly reason: () => unknown;
  readonly isStopped: () => boolean;
  /** Ends what is waited for now; null where nothing is. */
  onStop: (() => void) | null;
}

/** The stops of all requests: each follows the signal that it came with, and all can be stopped together. */
export interface Stops {
  readonly follow: (signal: AbortSignal) => Stop;
  readonly release: (stop: Stop, signal: AbortSignal) => void;
  readonly all: (reason: Error) => void;
}

/** Throws the reason where the request is to end. */
export function throwIfStopped(stop: Stop): void {
  if (stop.isStopped()) throw stop.reason();
}

/** Waits for something that cannot be stopped itself. */
export async function unlessStopped<Value>(work: Promise<Value>, stop: Stop): Promise<Value> {
  // It has begun: where nobody waits for it any more, that it fails must not end the process.
  work.catch(() => undefined);
  throwIfStopped(stop);
  const stopped = new Promise<never>((_, reject) => {
    stop.onStop = () => reject(stop.reason());
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    stop.onStop = null;
  }
}

/** Waits for a while. */
export async function pauseUnlessStopped(ms: number, stop: Stop): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await unlessStopped(over, stop);
  } finally {
    clearTimeout(timer);
  }
}

/** One listener for each signal, however many requests follow it: node warns of more than ten. */
export function openStops(): Stops {
  const followers = new Map<AbortSignal, { readonly stops: Set<Stop>; readonly relay: () => void }>();
  let closed: Error | null = null;

  const endAll = (stops: ReadonlySet<Stop>): void => {
    for (const stop of stops) stop.onStop?.();
  };
  const follow: Stops['follow'] = (signal) => {
    const known = followers.get(signal) ?? { stops: new Set<Stop>(), relay: () => endAll(known.stops) };
    if (!followers.has(signal)) {
      followers.set(signal, known);
      signal.addEventListener('abort', known.relay);
    }
    const stop: Stop = {
      reason: () => closed ?? signal.reason,
      isStopped: () => closed !== null || signal.aborted,
      onStop: null,
    };
    known.stops.add(stop);
    return stop;
  };
  return {
    follow,
    release: (stop, signal) => {
      const known = followers.get(signal);
      if (known === undefined || !known.stops.delete(stop) || known.stops.size > 0) return;
      signal.removeEventListener('abort', known.relay);
      followers.delete(signal);
    },
    all: (reason) => {
      closed = reason;
      for (const { stops } of followers.values()) endAll(stops);
    },
  };
}
