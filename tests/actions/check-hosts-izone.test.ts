import { expect, test } from 'vitest';
import { describeIzone, dialects, izoneBlog } from '../helpers/blog.ts';
import { readIzone } from '../helpers/izone-oracle.ts';
import { useToldBlog } from './told-blog.ts';

const oracle = JSON.parse(readIzone('after/check_host_status.json')) as {
  readonly mail: readonly { readonly subject: string; readonly body: string }[];
};

for (const dialect of dialects) {
  describeIzone(dialect, `check-hosts beside the blog's own task, on ${dialect}`, () => {
    const { blog, check, server, mails } = useToldBlog(dialect, () => izoneBlog(dialect));
    const settings = { compat: 'izone' };

    test('with --compat izone sends the very mail of the blog, and touches no row of it', async () => {
      const before = await blog().rows('select * from monitor_monitorserver order by id');

      const run = await check(0, { settings });

      expect(run).toMatchObject({ status: 'succeeded', counts: { silent: 4, told: 1 }, findings: [] });
      const sent = server().mails.map(({ email }) => ({
        subject: email.subject,
        body: email.text?.replace(/\r?\n$/, ''),
      }));
      expect(sent).toEqual(oracle.mail);
      expect(await blog().rows('select * from monitor_monitorserver order by id')).toEqual(before);
    });

    test('with --compat izone a run that misses the minute tells nobody, as the blog would not', async () => {
      const run = await check(2, { settings });

      expect(run.counts).toMatchObject({ told: 0 });
      expect(mails()).toEqual([]);
    });

    test('with --compat izone the quiet hours swallow what happens in them', async () => {
      await check(0, { settings: { ...settings, quietHours: '14:00-15:00' } });
      await check(61, { settings: { ...settings, quietHours: '14:00-15:00' } });

      expect(mails()).toEqual([]);
    });

    test('as itself it tells of all that have reached a step, a minute later too', async () => {
      await check(1);

      expect(mails()).toEqual([
        {
          subject: '⚠️服务监控告警 2026-03-18 14:06:09',
          lines: [
            '警告：节点 host-0 离线 1 分钟',
            '警告：节点 host-1 离线 2 分钟',
            '警告：节点 host-9 离线 10 分钟',
            '警告：节点 host-10 离线 11 分钟',
            '警告：节点 host-11 离线 12 分钟',
            '警告：节点 host-60 离线 1 小时 1 分钟',
            '警告：节点 host-1440 离线 1 天',
            '警告：节点 host-5000 离线 3 天 11 小时',
            '注意：所有节点都没有上报，可能是博客的上报接口或网络有问题',
          ],
        },
      ]);
    });
  });
}
