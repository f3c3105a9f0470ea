import { beforeEach, expect, test } from 'vitest';
import { createBlogTime, zoneOffsetOf } from '../../src/blog/time.ts';
import { describeBlog, dialects } from '../helpers/blog.ts';
import { alive, putHosts, report } from '../helpers/hosts.ts';
import { testNowMs } from '../helpers/run.ts';
import { useToldBlog } from './told-blog.ts';

// The tests' clock stands at 14:05:09.
const quietHours = '14:00-18:00';
const untilSix = 235;

for (const dialect of dialects) {
  describeBlog(dialect, `the quiet hours of check-hosts on ${dialect}`, () => {
    const { blog, check, mails } = useToldBlog(dialect);
    const settings = { quietHours };
    beforeEach(async () => {
      await blog().query.deleteFrom('monitor_monitorserver').execute();
    });

    test('nobody is told in them; after them once, with the highest step', async () => {
      await putHosts(blog(), [{ id: 1, silentMinutes: 1 }, alive]);

      const quiet = [
        await check(0, { settings }),
        await check(10, { settings }),
        await check(untilSix - 1, { settings }),
      ];
      const inThem = mails();
      await check(untilSix, { settings });
      await check(untilSix + 1, { settings });

      expect(quiet.map(({ counts }) => counts['putOff'])).toEqual([1, 1, 1]);
      expect(quiet[0]?.summary).toBe('2 hosts watched, 1 silent, 1 to be told after the quiet hours');
      expect(inThem).toEqual([]);
      expect(mails()).toEqual([
        { subject: '⚠️服务监控告警 2026-03-18 18:00:09', lines: ['警告：节点 host-1 离线 3 小时 56 分钟（14:03 起）'] },
      ]);
    });

    test('a host that went and came back in them is told in one line', async () => {
      await putHosts(blog(), [{ id: 1, silentMinutes: 1 }, { id: 2 }, alive]);
      await check(0, { settings });
      await report(blog(), 1, 191);
      await check(191, { settings });
      await report(blog(), 1, untilSix);
      await report(blog(), 2, untilSix);

      await check(untilSix, { settings });

      expect(mails()).toEqual([
        {
          subject: '✅服务监控恢复 2026-03-18 18:00:09',
          lines: [
            '提示：节点 host-1 离线 3 小时 12 分钟（14:03 至 17:15），已恢复',
            '提示：节点 host-2 离线 3 小时 55 分钟（14:04 至 17:59），已恢复',
          ],
        },
      ]);
    });

    test('the recovery of a host that was told before them is told after them', async () => {
      await putHosts(blog(), [{ id: 1, silentMinutes: 1 }, alive]);
      await check();
      mails();
      await report(blog(), 1, 10);
      await check(10, { settings });
      await report(blog(), 1, untilSix);
      const inThem = mails();

      await check(untilSix, { settings });

      expect(inThem).toEqual([]);
      expect(mails()).toMatchObject([{ lines: ['恢复：节点 host-1 已恢复，离线 11 分钟（14:03 至 14:14）'] }]);
    });

    test('what could not be sent before them is not sent in them', async () => {
      await putHosts(blog(), [{ id: 1, silentMinutes: 1 }, alive]);
      const dead = {
        mail: { from: 'a@b.c', to: ['owner@example.test'], smtp: 'smtp://127.0.0.1:1' },
        webhooks: [],
        failedJobs: true,
      };
      await check(0, { config: { notify: dead } });

      await check(5, { settings });
      const inThem = mails();
      await check(untilSix, { settings });

      expect(inThem).toEqual([]);
      expect(mails()).toMatchObject([{ subject: '⚠️服务监控告警 2026-03-18 18:00:09 (+1)' }]);
    });
  });
}

describeBlog('sqlite', 'quiet hours across midnight and where the clocks change', () => {
  const { blog, check, mails } = useToldBlog('sqlite');
  const zone = 'Europe/Berlin';
  const time = createBlogTime(zone, () => testNowMs);

  test.each([
    ['22:59:59', true],
    ['23:00:00', false],
    ['23:59:59', false],
    ['00:00:00', false],
    ['06:59:59', false],
    ['07:00:00', true],
  ])('at %s somebody is told: %s', async (clock, isTold) => {
    const at = Date.parse(`2026-03-18T${clock}+08:00`);
    const updateDate = createBlogTime('Asia/Shanghai', () => at).fromEpochMs(at - 60_000);
    await putHosts(blog(), [{ id: 1, updateDate }]);

    await check((at - testNowMs) / 60_000, { settings: { quietHours: '23:00-07:00' } });

    expect(mails()).toHaveLength(isTold ? 1 : 0);
  });

  // In Berlin the hour from 2 to 3 is left out on 2026-03-29, and comes twice on 2026-10-25.
  test.each([
    ['2026-03-29T00:59:00Z', '01:59', false],
    ['2026-03-29T01:00:00Z', '03:00', true],
    ['2026-10-25T00:30:00Z', '02:30', false],
    ['2026-10-25T01:30:00Z', '02:30', false],
    ['2026-10-25T02:00:00Z', '03:00', true],
  ])('at %s, %s in Berlin, somebody is told: %s', async (instant, clock, isTold) => {
    const at = Date.parse(instant);
    await putHosts(blog(), [{ id: 1, updateDate: time.fromEpochMs(at - 3 * 3_600_000) }]);

    const about = { timezone: zone };
    await check((at - testNowMs) / 60_000, { about, settings: { quietHours: '00:00-03:00' } });

    expect(new Date(at + zoneOffsetOf(zone, at)).toISOString().slice(11, 16)).toBe(clock);
    expect(mails()).toHaveLength(isTold ? 1 : 0);
  });
});
