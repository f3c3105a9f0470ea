import { describe, expect, test } from 'vitest';
import { didYouMean, nearestName } from '../../src/core/nearest.ts';

const actions = ['check-friends', 'check-sites', 'warm-cache', 'clean-sessions'];

describe('the nearest name', () => {
  test.each([
    ['warm-cash', 'warm-cache'],
    ['warmcache', 'warm-cache'],
    ['WARM-CACHE', 'warm-cache'],
    ['wram-cache', 'warm-cache'],
    ['check-friend', 'check-friends'],
    ['check-site', 'check-sites'],
    ['clean-sesions', 'clean-sessions'],
  ])('to %s is %s', (given, expected) => {
    expect(nearestName(given, actions)).toBe(expected);
  });

  test.each(['', 'install', 'xyz', 'friends', '温暖'])('to %j is none', (given) => {
    expect(nearestName(given, actions)).toBeNull();
  });

  test('of a short word may differ by one letter, by two swapped ones, and no more', () => {
    expect(nearestName('ab', ['ac'])).toBe('ac');
    expect(nearestName('ba', ['ab'])).toBe('ab');
    expect(nearestName('ab', ['cd'])).toBeNull();
  });

  test('is the better of two, the first of two equals, and none of none', () => {
    expect(nearestName('expirx', ['expires', 'expiry'])).toBe('expiry');
    expect(nearestName('cat', ['bat', 'hat'])).toBe('bat');
    expect(nearestName('cat', [])).toBeNull();
  });
});

test.each([
  ['warm-cash', actions, '; did you mean "warm-cache"?'],
  ['xyz', ['b', 'a'], '; known are a, b'],
  ['xyz', [], ''],
])('for %s of %j the hint is %j', (given, known, expected) => {
  expect(didYouMean(given, known)).toBe(expected);
});
