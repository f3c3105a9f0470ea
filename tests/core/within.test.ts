import { expect, test } from 'vitest';
import { within } from '../../src/core/within.ts';

const late = (): Error => new Error('too late');

test('gives what the work gives, and throws what it throws', async () => {
  const failing = Promise.reject(new Error('it cannot be done'));

  await expect(within(Promise.resolve(7), 10_000, late)).resolves.toBe(7);
  await expect(within(failing, 10_000, late)).rejects.toThrow('it cannot be done');
});

test('does not wait for ever', async () => {
  const never = new Promise<never>(() => undefined);

  await expect(within(never, 5, late)).rejects.toThrow('too late');
});
