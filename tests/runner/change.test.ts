import { expect, test } from 'vitest';
import { mostChanges, openDoor } from '../../src/runner/change.ts';

test('a change is made, its result comes back, and it is noted', async () => {
  const door = openDoor(false);

  const result = await door.change({ what: 'set', target: 'a', before: 1, after: 2 }, async () => 'made');

  expect(result).toBe('made');
  expect(door.changes).toEqual([{ what: 'set', target: 'a', before: 1, after: 2 }]);
});

test('in a dry run a change is noted and never made', async () => {
  const door = openDoor(true);
  let made = 0;

  const result = await door.change({ what: 'set', target: 'a' }, async () => ++made);

  expect(result).toBeUndefined();
  expect(made).toBe(0);
  expect(door.changes).toEqual([{ what: 'set', target: 'a' }]);
});

test('a change that fails is not noted', async () => {
  const door = openDoor(false);

  const failing = door.change({ what: 'set', target: 'a' }, async () => {
    throw new Error('refused');
  });

  await expect(failing).rejects.toThrow('refused');
  expect(door.changes).toEqual([]);
});

test('changes are noted in the order in which they were made', async () => {
  const door = openDoor(false);
  let finishFirst = (): void => undefined;
  const first = new Promise<void>((resolve) => (finishFirst = resolve));

  const slow = door.change({ what: 'set', target: 'slow' }, () => first);
  await door.change({ what: 'set', target: 'quick' }, async () => undefined);
  finishFirst();
  await slow;

  expect(door.changes.map((change) => change.target)).toEqual(['quick', 'slow']);
});

test.each([true, false])('more changes than are listed are counted (dry run: %s)', async (isDryRun) => {
  const door = openDoor(isDryRun);

  for (let count = 0; count < mostChanges + 3; count++) {
    await door.change({ what: 'set', target: String(count) }, async () => undefined);
  }

  expect(door.changes).toHaveLength(mostChanges);
  expect(door.changes.at(-1)?.target).toBe(String(mostChanges - 1));
  expect(door.omitted()).toBe(3);
});
