import { expect, test } from 'vitest';
import { lookupsAtOnce } from '../../../src/core/threads.ts';
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
  const dead = Array.from({ length: lookupsAtOnce }, (_, index) => `dead-${index}.example`);
  const late = await Promise.allSettled(dead.map(ask));

  const waiting = ask('living.example');
  const again = await Promise.allSettled([ask('dead-0.example')]);
  const before = [...started];
  end('dead-1.example');
  await expect.poll(() => started).toHaveLength(lookupsAtOnce + 1);
  end('living.example');

  expect(new Set([...late, ...again].map(({ status }) => status))).toEqual(new Set(['rejected']));
  expect(before).toEqual(dead);
  await expect(waiting).resolves.toEqual([address]);
  expect(await ask('dead-1.example')).toEqual([address]);
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
