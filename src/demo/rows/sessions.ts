import { day, naiveTime } from './naive.ts';
import type { DemoRow, DemoSetting } from './setting.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Five hundred sessions, three of five of them over: visitors who never came back. */
export function sessionRows({ now, random }: DemoSetting): DemoRow<'django_session'>[] {
  // At the limit, to the second: the first one is over, the second not yet.
  const ends = [now - 1, now, now + 1];
  while (ends.length < 500) {
    ends.push(random.chance(0.6) ? now - random.int(2, 120 * day) : now + random.int(2, 14 * day));
  }
  return ends.map((end, index) => {
    const mark = `${random.hex(12)}:${random.hex(43)}`;
    return {
      session_key: Array.from({ length: 32 }, () => random.pick([...alphabet])).join(''),
      session_data: `.eJ${random.hex(random.int(40, 160))}:${mark}`,
      expire_date: naiveTime(end, index < 3 ? 0 : random.int(0, 999_999)),
    };
  });
}
