import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exitCodeOf, exitCodes, InterruptedError, TimeoutError } from '../../src/core/errors.ts';
import { startDeadline } from '../../src/runner/deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new AbortController().signal;

/** Work that never ends, whatever it is told. */
const deaf = (): Promise<never> => new Promise(() => undefined);

/** Work that ends as soon as it is told to stop, with a failure of its own. */
function obedient(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('the query was cancelled')));
  });
}

/** How the work ended: its value, or what it threw. */
function ending(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: unknown) => error);
}

test('work that ends in time gives its value, and leaves no timer', async () => {
  const deadline = startDeadline(1000, never);

  const value = await deadline.over(Promise.resolve('done'));
  deadline.clear();

  expect(value).toBe('done');
  expect(deadline.signal.aborted).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

test('work that fails in time fails as it did', async () => {
  const deadline = startDeadline(1000, never);

  await expect(deadline.over(Promise.reject(new Error('mine')))).rejects.toThrow('mine');
});

test('after the time-out the work is told to stop, and the time-out is the news', async () => {
  const deadline = startDeadline(90_000, never);
  const ended = ending(deadline.over(obedient(deadline.signal)));

  await vi.advanceTimersByTimeAsync(89_999);
  expect(deadline.signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);

  const error = await ended;
  expect(error).toEqual(new TimeoutError('the run took longer than its time-out of 1m30s'));
  expect(exitCodeOf(error)).toBe(exitCodes.timeout);
  expect(exitCodes.timeout).toBe(124);
});

test('work that does not heed the signal is left after a grace', async () => {
  const deadline = startDeadline(1000, never);
  let isOver = false;
  const ended = ending(deadline.over(deaf())).finally(() => (isOver = true));

  await vi.advanceTimersByTimeAsync(1000 + 2999);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);

  expect(await ended).toBeInstanceOf(TimeoutError);
});

test('work that is done within the grace is done', async () => {
  const deadline = startDeadline(1000, never);
  const work = new Promise((resolve) =>
    deadline.signal.addEventListener('abort', () => setTimeout(resolve, 500, 'all')),
  );
  const ended = deadline.over(work);

  await vi.advanceTimersByTimeAsync(1500);

  expect(await ended).toBe('all');
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends the run with %d', async (name, code) => {
  const stop = new AbortController();
  const deadline = startDeadline(60_000, stop.signal);
  const ended = ending(deadline.over(obedient(deadline.signal)));

  stop.abort(new InterruptedError(name));

  const error = await ended;
  expect(error).toEqual(new InterruptedError(name));
  expect(exitCodeOf(error)).toBe(code);
});

test('a signal that came before the work began stops it, too', async () => {
  const stop = new AbortController();
  stop.abort(new InterruptedError('SIGTERM'));
  const deadline = startDeadline(60_000, stop.signal);
  const ended = ending(deadline.over(deaf()));

  await vi.advanceTimersByTimeAsync(3000);

  expect(await ended).toBeInstanceOf(InterruptedError);
});

test('a signal that comes after the run is over starts nothing that keeps the process', async () => {
  const stop = new AbortController();
  const deadline = startDeadline(60_000, stop.signal);
  await deadline.over(Promise.resolve());
  deadline.clear();

  stop.abort(new InterruptedError('SIGTERM'));

  expect(vi.getTimerCount()).toBe(0);
});

test('a time-out of years does not fire at once, as a timer beyond its range would', async () => {
  const deadline = startDeadline(10 * 365 * 86_400_000, never);

  await vi.advanceTimersByTimeAsync(60_000);

  expect(deadline.signal.aborted).toBe(false);
  deadline.clear();
});
