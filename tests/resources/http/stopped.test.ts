import { expect, onTestFinished, test } from 'vitest';
import { unlessStopped, type Stop } from '../../../src/resources/http/stopped.ts';

test('work that fails after its request was stopped fails for nobody', async () => {
  const stop: Stop = { reason: () => new Error('stopped'), isStopped: () => true, onStop: null };
  const unheard: unknown[] = [];
  const note = (error: unknown): void => void unheard.push(error);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));

  const waiting = unlessStopped(Promise.reject(new Error('no such name')), stop);

  await expect(waiting).rejects.toThrow('stopped');
  // Node tells of rejections between two turns of its loop.
  await new Promise((resolve) => setImmediate(resolve));
  expect(unheard).toEqual([]);
});
