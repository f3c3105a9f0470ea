import { describe, expect, test } from 'vitest';
import { tickOf } from '../../src/runner/tick.ts';

/** The tick at an instant of Shanghai. */
function tickAt(schedule: string | null, local: string): string | null {
  return tickOf(schedule, Date.parse(`${local}+08:00`), 'Asia/Shanghai');
}

describe('the tick of a run', () => {
  test.each([
    ['at its minute', '2026-03-18T14:07:00', '2026-03-18T06:07:00.000Z'],
    ['within its minute', '2026-03-18T14:07:59.999', '2026-03-18T06:07:00.000Z'],
    ['a little late', '2026-03-18T14:11:59', '2026-03-18T06:07:00.000Z'],
  ])('%s is that minute', (_, at, expected) => {
    expect(tickAt('7 * * * *', at)).toBe(expected);
  });

  test('long after its minute is none: somebody ran the line by hand', () => {
    expect(tickAt('7 * * * *', '2026-03-18T14:13:00')).toBeNull();
  });

  test('is the same for hosts whose clocks differ by seconds', () => {
    expect(tickAt('*/5 * * * *', '2026-03-18T14:05:00.100')).toBe(tickAt('*/5 * * * *', '2026-03-18T14:05:58'));
  });

  test('goes by the zone of cron', () => {
    const at = Date.parse('2026-03-18T03:00:10+08:00');

    expect(tickOf('0 3 * * *', at, 'Asia/Shanghai')).toBe('2026-03-17T19:00:00.000Z');
    expect(tickOf('0 3 * * *', at, 'UTC')).toBeNull();
    expect(tickOf('0 19 * * *', at, 'UTC')).toBe('2026-03-17T19:00:00.000Z');
  });

  test('is none for a job without a schedule', () => {
    expect(tickAt(null, '2026-03-18T14:07:00')).toBeNull();
  });
});
