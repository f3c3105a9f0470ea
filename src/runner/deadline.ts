import { setMaxListeners } from 'node:events';
import { formatDuration, longestTimerMs } from '../core/duration.ts';
import { TimeoutError } from '../core/errors.ts';

/** How long a run may go on after it was told to stop: long enough for a batch, short enough for systemd. */
const graceMs = 3000;

/** What tells a run to stop: its time-out, Ctrl-C, SIGTERM. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Waits for the work; throws the reason where the work does not end soon after the signal. */
  readonly over: <Value>(work: Promise<Value>) => Promise<Value>;
  readonly clear: () => void;
}

/** Starts the clock of a run. */
export function startDeadline(timeoutMs: number, outer: AbortSignal): Deadline {
  const timeout = new AbortController();
  const timer = setTimeout(
    () => timeout.abort(new TimeoutError(`the run took longer than its time-out of ${formatDuration(timeoutMs)}`)),
    Math.min(timeoutMs, longestTimerMs),
  );
  const signal = AbortSignal.any([outer, timeout.signal]);
  // Each of many requests at the same time listens to it; node would take that for a leak, and say so.
  setMaxListeners(0, signal);
  let grace: NodeJS.Timeout | undefined;
  const cleared = new AbortController();
  return {
    signal,
    over: async (work) => {
      const stopped = new Promise<never>((_, reject) => {
        const stop = (): void => {
          grace = setTimeout(() => reject(signal.reason as Error), graceMs);
        };
        if (signal.aborted) stop();
        else signal.addEventListener('abort', stop, { once: true, signal: cleared.signal });
      });
      const value = await Promise.race([work, stopped]).catch((error: unknown) => {
        // Whatever the work threw because it was told to stop, the reason to stop is the news.
        throw signal.aborted ? signal.reason : error;
      });
      return value;
    },
    clear: () => {
      cleared.abort();
      clearTimeout(timer);
      clearTimeout(grace);
    },
  };
}
