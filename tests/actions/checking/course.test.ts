import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newCourse, nextCourse, type Course, type Rule, type Verdict } from '../../../src/actions/checking/course.ts';

const hour = 3_600_000;
const rule: Rule = { failAfter: 3, failOverMs: 24 * hour, backAfter: 2 };

/** Where looks lead, one each so many hours: standing, and what was done at each. */
function walk(verdicts: readonly Verdict[], { every = 12, from = newCourse, by = rule } = {}) {
  let course: Course = from;
  const acts = verdicts.map((verdict, index) => {
    const next = nextCourse(course, verdict, by, index * every * hour);
    course = next.course;
    return next.act;
  });
  return { course, acts, standing: course.standing };
}

const hidden: Course = { standing: 'hidden', dead: { count: 3, sinceMs: 0 }, missing: null, successes: 0 };

describe('a friend that is shown', () => {
  test('is hidden at the third failure in a row that is a day after the first', () => {
    expect(walk(['dead', 'dead', 'dead'])).toMatchObject({ acts: [null, null, 'hide'], standing: 'hidden' });
  });

  test('is suspect before', () => {
    expect(walk(['alive', 'dead', 'dead'])).toMatchObject({ acts: [null, null, null], standing: 'suspect' });
  });

  test('is not hidden by failures that follow each other too fast', () => {
    expect(walk(['dead', 'dead', 'dead', 'dead'], { every: 6 }).acts).toEqual([null, null, null, null]);
    expect(walk(['dead', 'dead', 'dead', 'dead', 'dead'], { every: 6 }).acts.at(-1)).toBe('hide');
  });

  test('is hidden at once by the rule of the old task', () => {
    expect(walk(['dead'], { by: { failAfter: 1, failOverMs: 0, backAfter: 1 } }).acts).toEqual(['hide']);
  });

  test.each(['alive', 'living-feed', 'no-link'] as const)('starts anew with what shows that it lives: %s', (sign) => {
    expect(walk(['dead', 'dead', sign, 'dead', 'dead']).acts).toEqual([null, null, null, null, null]);
  });

  test('is neither hidden nor cleared by looks that tell nothing', () => {
    const { acts, course } = walk(['dead', 'unknown', 'unknown', 'dead', 'unknown', 'unknown', 'dead']);

    expect(acts).toEqual([null, null, null, null, null, null, 'hide']);
    expect(course.dead).toEqual({ count: 3, sinceMs: 0 });
    expect(walk(Array.from({ length: 50 }, () => 'unknown' as const))).toMatchObject({ standing: 'ok' });
  });

  test('is hidden for the link that it lacks by a series of its own', () => {
    expect(walk(['no-link', 'dead', 'no-link', 'dead', 'no-link']).acts).toEqual([null, null, null, null, 'hide']);
    expect(walk(['no-link', 'no-link', 'dead']).acts).toEqual([null, null, null]);
    expect(walk(['no-link', 'no-link', 'alive', 'no-link']).acts).toEqual([null, null, null, null]);
    expect(walk(['no-link', 'no-link', 'living-feed', 'no-link']).acts.at(-1)).toBe('hide');
  });
});

describe('a friend that we hid', () => {
  test('is back after two successes in a row, and then begins anew', () => {
    const { acts, course } = walk(['alive', 'alive'], { from: hidden });

    expect(acts).toEqual([null, 'show']);
    expect(course).toEqual(newCourse);
  });

  test('is not back after a success and a failure', () => {
    expect(walk(['alive', 'dead', 'alive', 'no-link', 'alive'], { from: hidden }).acts.join()).toBe(',,,,');
  });

  test('waits while nothing can be told, or where only its feed answers', () => {
    expect(walk(['alive', 'unknown', 'living-feed', 'alive'], { from: hidden }).acts).toEqual([
      null,
      null,
      null,
      'show',
    ]);
  });
});

test('whatever comes, only a failure hides, only a success shows, and never twice the same', () => {
  const verdicts = fc.array(fc.constantFrom<Verdict>('alive', 'living-feed', 'no-link', 'dead', 'unknown'), {
    maxLength: 40,
  });
  const rules = fc.record({
    failAfter: fc.integer({ min: 1, max: 4 }),
    failOverMs: fc.integer({ min: 0, max: 30 * hour }),
    backAfter: fc.integer({ min: 1, max: 3 }),
  });

  fc.assert(
    fc.property(verdicts, rules, (all, by) => {
      const { acts } = walk(all, { by });
      const done = acts.filter((act) => act !== null);
      expect(done.every((act, index) => act === (index % 2 === 0 ? 'hide' : 'show'))).toBe(true);
      acts.forEach((act, index) => {
        const verdict = all[index];
        if (act === 'hide') expect(['dead', 'no-link']).toContain(verdict);
        if (act === 'show') expect(verdict).toBe('alive');
      });
    }),
    { seed: 5 },
  );
});
