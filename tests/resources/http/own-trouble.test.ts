import { expect, test } from 'vitest';
import { failureOf } from '../../../src/resources/http/failures.ts';

function failed(code: string, address: string): Error {
  return Object.assign(new Error(`connect ${code} ${address}`), { code, address });
}

const withoutIpv6 = { hasIpv6: () => false };
const withIpv6 = { hasIpv6: () => true };

test('what this machine cannot do is not held against anybody', () => {
  const results = ['EACCES', 'EPERM', 'EADDRNOTAVAIL', 'EMFILE', 'ENFILE', 'ENOBUFS'].map(
    (code) => failureOf(failed(code, '93.184.216.34'), '10s', withIpv6).result,
  );

  expect(new Set(results)).toEqual(new Set(['no-way']));
});

test('a host of IPv6 addresses alone cannot be reached by a machine that has none', () => {
  const six = failed('ENETUNREACH', '2606:4700::1');
  const four = failed('ENETUNREACH', '93.184.216.34');
  const both = new AggregateError([six, failed('EHOSTUNREACH', '93.184.216.34')]);

  expect(failureOf(six, '10s', withoutIpv6)).toMatchObject({
    result: 'no-way',
    reason: 'it has IPv6 addresses alone, and this machine has none',
  });
  expect(failureOf(six, '10s', withIpv6).result).toBe('refused');
  expect(failureOf(four, '10s', withoutIpv6).result).toBe('refused');
  expect(failureOf(both, '10s', withoutIpv6)).toMatchObject({
    result: 'refused',
    reason: 'the host cannot be reached',
  });
  expect(failureOf(new AggregateError([six, six]), '10s', withoutIpv6).result).toBe('no-way');
});
