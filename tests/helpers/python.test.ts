import { expect, test } from 'vitest';
import { python } from './python.ts';
import { describeWithServer } from './servers/availability.ts';

describeWithServer('python3', 'the Python helper', () => {
  test('passes text and bytes through unharmed', async () => {
    const reversed = await python('import sys; print(sys.stdin.read()[::-1], end="")', '友链 😀');
    const hex = await python('import sys; print(sys.stdin.buffer.read().hex(), end="")', Buffer.from('80045d', 'hex'));

    expect(reversed).toBe('😀 链友');
    expect(hex).toBe('80045d');
  });

  test("fails with Python's own words", async () => {
    await expect(python('import pickle; pickle.loads(b"x")')).rejects.toThrow('UnpicklingError');
  });
});
