import { expect, test } from 'vitest';
import { anyAddress } from '../../../src/resources/http/address-rules.ts';
import { failureOf } from '../../../src/resources/http/failures.ts';
import { openNames, type NameAddress } from '../../../src/resources/http/names.ts';

const address: NameAddress = { address: '93.184.216.34', family: 4 };

/** Names whose lookups end when the test says so, and the hosts that were looked up. */
function slowNames() {
  const started: string[] = [];
  const ends = new Map<string, (addresses: readonly NameAddress[]) => void>();
  const resolve = (host: string) =>
    new Promise<readonly NameAddress[]>((done) => {
      started.push(host);
      ends.set(host, done);
    });
  const { addressesOf } = openNames(() => 0, resolve, { longestMs: 1 });
  const ask = (host: string) => addressesOf(host, anyAddress);
  return { ask, started, end: (host: string) => ends.get(host)?.([address]) };
}

test('a lookup that takes too long keeps its thread until it ends: no other name is late for its sake', async () => {
  const { ask, started, end } = slowNames();
  const late = await Promise.allSettled(['a.example', 'b.example'].map(ask));

  const waiting = ask('living.example');
  const again = await Promise.allSettled([ask('a.example')]);
  const before = [...started];
  end('b.example');
  await expect.poll(() => started).toHaveLength(3);
  end('living.example');

  expect([...late, ...again].map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
  expect(before).toEqual(['a.example', 'b.example']);
  await expect(waiting).resolves.toEqual([address]);
  expect(await ask('b.example')).toEqual([address]);
});

test('for a name that took too long nobody waits a second time', async () => {
  const { ask } = slowNames();

  const [late] = await Promise.allSettled([ask('a.example')]);

  expect(late.status === 'rejected' && failureOf(late.reason, '10s')).toEqual({
    result: 'dns',
    reason: 'the name servers do not answer',
    isPassing: false,
  });
});
