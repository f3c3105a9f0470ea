/** Who may ask when. */
export interface Queue {
  /**
   * Waits for a place and runs the work in it. A place is one of all, and one of its host; starts on one host are
   * spaced, unless the work only goes on with what has begun there (a redirect): that also comes first.
   * Throws the signal's reason where the run is stopped while it waits.
   */
  readonly run: <Value>(turn: Turn, work: () => Promise<Value>) => Promise<Value>;
  /** Nothing starts on this host for a while. */
  readonly rest: (host: string, ms: number) => void;
}

/** Whose turn is asked for. */
export interface Turn {
  readonly host: string;
  /** Without spacing, and before those who have not begun. */
  readonly isUrgent: boolean;
  readonly signal: AbortSignal;
}

/** How many at once, over all and on one host, and how far apart on one host. */
export interface QueueBounds {
  readonly concurrency: number;
  readonly perHost: number;
  readonly spacingMs: number;
  readonly elapsedMs: () => number;
}

interface Waiting {
  readonly start: () => void;
  readonly isUrgent: boolean;
}

interface HostState {
  waiting: Waiting[];
  running: number;
  nextStartMs: number;
  restsUntilMs: number;
  timer: NodeJS.Timeout | undefined;
}

/** Hosts take turns: one that is slow, or has much to do, keeps no other waiting while there is a place. */
export function openQueue({ concurrency, perHost, spacingMs, elapsedMs }: QueueBounds): Queue {
  const hosts = new Map<string, HostState>();
  // Those who could start at once if there were a place, in the order of their turns.
  const ready = new Set<string>();
  let free = concurrency;

  const stateOf = (host: string): HostState => {
    const known = hosts.get(host) ?? { waiting: [], running: 0, nextStartMs: 0, restsUntilMs: 0, timer: undefined };
    hosts.set(host, known);
    return known;
  };

  const consider = (host: string): void => {
    const state = stateOf(host);
    const [first] = state.waiting;
    if (first === undefined) {
      ready.delete(host);
      clearTimeout(state.timer);
      const isIdle = state.running === 0 && elapsedMs() >= Math.max(state.nextStartMs, state.restsUntilMs);
      if (isIdle) hosts.delete(host);
      return;
    }
    if (state.running >= perHost) return;
    const startMs = Math.max(first.isUrgent ? 0 : state.nextStartMs, state.restsUntilMs);
    const waitMs = startMs - elapsedMs();
    clearTimeout(state.timer);
    if (waitMs > 0) state.timer = setTimeout(again, waitMs, host);
    else ready.add(host);
  };

  const again = (host: string): void => {
    consider(host);
    pump();
  };

  const pump = (): void => {
    while (free > 0) {
      const [host] = ready;
      if (host === undefined) return;
      ready.delete(host);
      const state = stateOf(host);
      const next = state.waiting.shift();
      if (next === undefined) continue;
      free--;
      state.running++;
      if (!next.isUrgent) state.nextStartMs = elapsedMs() + spacingMs;
      next.start();
      consider(host);
    }
  };

  const turn = ({ host, isUrgent, signal }: Turn): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        state.waiting = state.waiting.filter((other) => other !== waiting);
        consider(host);
        reject(signal.reason as Error);
      };
      const state = stateOf(host);
      const start = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const waiting: Waiting = { isUrgent, start };
      signal.addEventListener('abort', stop);
      const at = isUrgent ? state.waiting.findIndex((other) => !other.isUrgent) : -1;
      state.waiting.splice(at < 0 ? state.waiting.length : at, 0, waiting);
      consider(host);
      pump();
    });

  return {
    run: async (wanted, work) => {
      wanted.signal.throwIfAborted();
      await turn(wanted);
      try {
        return await work();
      } finally {
        free++;
        stateOf(wanted.host).running--;
        consider(wanted.host);
        pump();
      }
    },
    rest: (host, ms) => {
      const state = stateOf(host);
      state.restsUntilMs = Math.max(state.restsUntilMs, elapsedMs() + ms);
      ready.delete(host);
      consider(host);
    },
  };
}
