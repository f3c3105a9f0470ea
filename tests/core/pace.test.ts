import { expect, test } from 'vitest';
import { createPace } from '../../src/core/pace.ts';

const quick = { waitedMs: 0, heldMs: 1, isBusy: false };
const slow = { waitedMs: 0, heldMs: 70, isBusy: false };

test('goes in larger steps while they are fast, and in smaller ones when they are slow', () => {
  const pace = createPace();
  const sizes: number[] = [pace.size()];

  for (const time of [quick, quick, slow, slow]) {
    pace.after({ rows: pace.size(), ...time });
    sizes.push(pace.size());
  }

  expect(sizes).toEqual([100, 150, 225, 113, 57]);
});

test('stays within bounds, however fast or slow the database is', () => {
  const [fast, lame] = [createPace(), createPace()];

  for (let batch = 0; batch < 30; batch++) {
    fast.after({ rows: fast.size(), ...quick });
    lame.after({ rows: lame.size(), ...slow });
  }

  expect([fast.size(), lame.size()]).toEqual([250, 50]);
});

test('learns nothing from a small last batch that was fast', () => {
  const pace = createPace();

  pace.after({ rows: 3, ...quick });

  expect(pace.size()).toBe(100);
});

test('pauses twice as long as a batch took, and longer where somebody else writes, or held the lock', () => {
  const pace = createPace();

  const pauses = [
    pace.after({ rows: 100, ...quick }),
    pace.after({ rows: 100, waitedMs: 0, heldMs: 20, isBusy: false }),
    pace.after({ rows: 100, waitedMs: 0, heldMs: 10, isBusy: true }),
    pace.after({ rows: 100, waitedMs: 40, heldMs: 10, isBusy: false }),
    pace.after({ rows: 100, waitedMs: 5000, heldMs: 10, isBusy: true }),
  ];

  expect(pauses).toEqual([5, 40, 30, 40, 200]);
});
