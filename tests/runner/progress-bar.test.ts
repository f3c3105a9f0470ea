import { expect, test } from 'vitest';
import type { Host } from '../../src/core/host.ts';
import { openProgressBar, type ProgressBar } from '../../src/runner/progress-bar.ts';
import { testHost, testNowMs, type TestHost } from '../helpers/host.ts';
import { noFlags } from './stage.ts';

/** A bar on a terminal whose clock goes on by hand. */
function open(machine: Partial<Host> = {}, quiet = false): { bar: ProgressBar; host: TestHost; wait: () => void } {
  let elapsedMs = 0;
  const clock = { nowMs: () => testNowMs, elapsedMs: () => elapsedMs, isFixed: false };
  const host = testHost({ stderrIsTerminal: true, clock, ...machine });
  return { host, bar: openProgressBar(host, { ...noFlags, quiet }), wait: () => void (elapsedMs += 1000) };
}

test('a bar is drawn over itself on a terminal, on standard error', () => {
  const { bar, host, wait } = open();

  bar.total(4);
  wait();
  bar.step(3);

  expect(host.stderr()).toBe(`\r\x1b[K[${'-'.repeat(30)}] 0/4\r\x1b[K[${'#'.repeat(23)}${'-'.repeat(7)}] 3/4`);
  expect(host.stdout()).toBe('');
});

test.each<[string, Partial<Host>, boolean]>([
  ['where there is no terminal', { stderrIsTerminal: false, stdoutIsTerminal: true }, false],
  ['with --quiet', {}, true],
  ['on a terminal that knows no such thing', { variables: { TERM: 'dumb' } }, false],
])('nothing is drawn %s', (_, machine, quiet) => {
  const { bar, host, wait } = open(machine, quiet);

  bar.total(4);
  wait();
  bar.step();
  bar.hide();

  expect(host.stderr() + host.stdout()).toBe('');
});

test('a thousand steps within a moment are drawn once', () => {
  const { bar, host } = open();

  for (let count = 0; count < 1000; count++) bar.step();

  expect(host.stderr()).toBe('\r\x1b[K1 done');
});

test('where the total is not known, or is nothing, what is done is counted', () => {
  const { bar, host, wait } = open();

  bar.total(null);
  wait();
  bar.step(5);
  wait();
  bar.total(0);

  expect(host.stderr().split('\r\x1b[K').slice(1)).toEqual(['0 done', '5 done', '5 done']);
});

test('more than there was to do fills the bar and no more', () => {
  const { bar, host, wait } = open();

  bar.total(2);
  wait();
  bar.step(5);

  expect(host.stderr()).toContain(`[${'#'.repeat(30)}] 5/2`);
});

test('a bar that is not there is not taken away, and a hidden one is taken away once', () => {
  const { bar, host } = open();

  bar.hide();
  expect(host.stderr()).toBe('');

  bar.total(1);
  bar.hide();
  bar.hide();
  expect(host.stderr().match(/\r\x1b\[K/g)).toHaveLength(2);
});
