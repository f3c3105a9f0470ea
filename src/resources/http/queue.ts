import { longestTimerMs } from '../../core/duration.ts';
import { throwIfStopped, type Stop } from './stopped.ts';

/** Who may ask when. */
export interface Queue {
  /**
   * Waits for a place and runs the work in it. A place is one of all, and one of its host.
   * Throws the reason where the request is stopped while it waits.
   */
  readonly run: <Value>(turn: Turn, work: () => Promise<Value>) => Promise<Value>;
  /** Nothing starts on this host for a while. */
  readonly rest: (host: string, ms: number) => void;
}

/** Whose turn is asked for. */
export interface Turn {
  readonly host: string;
  /** Before all who are not: it goes on with what has begun, and that should come to its end. */
  readonly isUrgent: boolean;
  /** As far from the start before it on its host as the bounds say. */
  readonly isSpaced: boolean;
  readonly stop: Stop;
}

/** How many at once, over all and on one host, and how far apart on one host. */
export interface QueueBounds {
  readonly concurrency: number;
  readonly perHost: number;
  readonly spacingMs: number;
  readonly elapsedMs: () => number;
}

interface Waiting extends Pick<Turn, 'isUrgent' | 'isSpaced'> {
  readonly start: () => void;
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
  // Hosts with somebody who could start at once if there were a place, in the order of their turns.
  const [ready, urgent] = [new Set<string>(), new Set<string>()];
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
      urgent.delete(host);
      clearTimeout(state.timer);
      const isIdle = state.running === 0 && elapsedMs() >= Math.max(state.nextStartMs, state.restsUntilMs);
      if (isIdle) hosts.delete(host);
      return;
    }
    if (state.running >= perHost) return;
    const startMs = Math.max(first.isSpaced ? state.nextStartMs : 0, state.restsUntilMs);
    const waitMs = startMs - elapsedMs();
    clearTimeout(state.timer);
    if (waitMs > 0) state.timer = setTimeout(again, Math.min(waitMs, longestTimerMs), host);
    else if (first.isUrgent) urgent.add(host);
    else ready.add(host);
  };

  const again = (host: string): void => {
    consider(host);
    pump();
  };

  const pump = (): void => {
    while (free > 0) {
      const [host] = urgent.size > 0 ? urgent : ready;
      if (host === undefined) return;
      urgent.delete(host);
      ready.delete(host);
      const state = stateOf(host);
      const next = state.waiting.shift();
      if (next === undefined) continue;
      free--;
      state.running++;
      if (next.isSpaced) state.nextStartMs = elapsedMs() + spacingMs;
      next.start();
      consider(host);
    }
  };

  const turn = ({ host, isUrgent, isSpaced, stop }: Turn): Promise<void> =>
    new Promise((resolve, reject) => {
      const state = stateOf(host);
      const start = (): void => {
        stop.onStop = null;
        resolve();
      };
      const waiting: Waiting = { isUrgent, isSpaced, start };
      stop.onStop = () => {
        state.waiting = state.waiting.filter((other) => other !== waiting);
        consider(host);
        reject(stop.reason());
      };
      const at = isUrgent ? state.waiting.findIndex((other) => !other.isUrgent) : -1;
      if (at < 0) state.waiting.push(waiting);
      else state.waiting.splice(at, 0, waiting);
      consider(host);
      pump();
    });

  return {
    run: async (wanted, work) => {
      throwIfStopped(wanted.stop);
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
      urgent.delete(host);
      consider(host);
    },
  };
}
