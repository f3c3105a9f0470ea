import * as fc from 'fast-check';
import { parseSchedule, type Schedule, ScheduleError } from '../../src/schedule/cron-expression.ts';

function itemIn(low: number, high: number): fc.Arbitrary<string> {
  const number = fc.integer({ min: low, max: high });
  const range = fc.tuple(number, number).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const step = fc.integer({ min: 1, max: high });
  return fc.oneof(
    number.map(String),
    range,
    fc.tuple(range, step).map(([span, by]) => `${span}/${by}`),
    step.map((by) => `*/${by}`),
  );
}

function fieldIn(low: number, high: number): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant('*') },
    {
      weight: 3,
      arbitrary: fc.array(itemIn(low, high), { minLength: 1, maxLength: 3 }).map((items) => items.join(',')),
    },
  );
}

/** Any schedule that is accepted, spread over all that the fields allow. */
export const anySchedule: fc.Arbitrary<Schedule> = fc
  .tuple(fieldIn(0, 59), fieldIn(0, 23), fieldIn(1, 31), fieldIn(1, 12), fieldIn(0, 7))
  .map((fields) => parsedOrNull(fields.join(' ')))
  .filter((schedule) => schedule !== null);

/** Schedules for times around which clocks are changed: at fixed hours of the night, or with stars. */
export const nightSchedule: fc.Arbitrary<Schedule> = fc
  .tuple(fieldIn(0, 59), fc.oneof(fieldIn(0, 4), fc.constant('*')), fc.constant('*'), fc.constant('*'), fieldIn(0, 7))
  .map((fields) => parseSchedule(fields.join(' ')));

function parsedOrNull(text: string): Schedule | null {
  try {
    return parseSchedule(text);
  } catch (error) {
    if (error instanceof ScheduleError) return null;
    throw error;
  }
}
