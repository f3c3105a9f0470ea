import { expect, test } from 'vitest';
import { pause } from '../../src/core/pause.ts';

test('ends by itself', async () => {
  await expect(pause(1, new AbortController().signal)).resolves.toBeUndefined();
});

test('ends at once when the run is stopped, with the reason', async () => {
  const stop = new AbortController();

  const waiting = pause(60_000, stop.signal);
  stop.abort(new Error('SIGTERM'));

  await expect(waiting).rejects.toThrow('SIGTERM');
  await expect(pause(60_000, stop.signal)).rejects.toThrow('SIGTERM');
});
