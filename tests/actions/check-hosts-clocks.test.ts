import { beforeEach, expect, test } from 'vitest';
import { createBlogTime } from '../../src/blog/time.ts';
import { describeBlog } from '../helpers/blog.ts';
import { putHosts } from '../helpers/hosts.ts';
import { testNowMs } from '../helpers/run.ts';
import { useToldBlog } from './told-blog.ts';

// In Berlin the clocks go from 03:00 back to 02:00 on 2026-10-25, at 01:00 UTC.
const zone = 'Europe/Berlin';
const time = createBlogTime(zone, () => testNowMs);

describeBlog('sqlite', 'check-hosts in an hour that comes twice, in a blog of naive times', () => {
  const { blog, check, mails } = useToldBlog('sqlite');
  beforeEach(async () => {
    await blog().query.deleteFrom('monitor_monitorserver').execute();
  });
  /** Runs at a time of the day in UTC; the hosts have last reported at theirs. Returns what was told, or the findings. */
  async function at(clock: string, reports: Readonly<Record<string, string>>, compat?: 'izone') {
    const ms = (text: string): number => Date.parse(`2026-10-25T${text}Z`);
    const hosts = Object.entries(reports).map(([name, text], index) => {
      return { id: index + 1, name, updateDate: time.fromEpochMs(ms(text)) };
    });
    await putHosts(blog(), hosts);
    const settings = compat === undefined ? {} : { compat };
    const { findings } = await check((ms(clock) - testNowMs) / 60_000, { settings, about: { timezone: zone } });
    return [...mails().flatMap(({ lines }) => lines), ...findings.map(({ message }) => message)];
  }

  test('hosts that report in its second time are not silent', async () => {
    const told = [];
    for (const minute of ['00:59', '01:00', '01:01', '01:30', '01:59', '02:00']) {
      told.push(...(await at(`${minute}:02`, { one: `${minute}:01`, two: `${minute}:03` })));
    }

    expect(told).toEqual([]);
  });

  test('one that fell silent in its first time stays so, and is told when it is back', async () => {
    const told = [];
    for (const [clock, report] of [
      ['00:41:00', '00:40:00'],
      ['00:50:00', '00:40:00'],
      ['01:40:30', '00:40:00'],
      ['01:41:00', '00:40:00'],
      ['01:45:00', '01:44:59'],
    ] as const) {
      told.push((await at(clock, { one: report, well: clock })).join());
    }

    expect(told).toEqual([
      '警告：节点 one 离线 1 分钟',
      '警告：节点 one 离线 10 分钟',
      '警告：节点 one 离线 1 小时',
      '',
      '恢复：节点 one 已恢复，离线 1 小时 4 分钟',
    ]);
  });

  test('one that falls silent in its second time is told with its length', async () => {
    await at('01:20:00', { one: '01:20:00', well: '01:20:00' });

    expect(await at('01:30:30', { one: '01:20:00', well: '01:30:30' })).toEqual(['警告：节点 one 离线 10 分钟']);
    expect(await at('02:20:30', { one: '01:20:00', well: '02:20:30' })).toEqual(['警告：节点 one 离线 1 小时']);
  });

  test('as the blog’s own task does it, the faces of the clocks are compared', async () => {
    expect(await at('01:30:30', { one: '01:20:00' }, 'izone')).toEqual(['警告：节点 one 离线 10 分钟']);
  });
});
