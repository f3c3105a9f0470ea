import { beforeEach, expect, test } from 'vitest';
import { describeBlog, dialects } from '../helpers/blog.ts';
import { alive, putHosts, report } from '../helpers/hosts.ts';
import { startWebServer } from '../helpers/http-server.ts';
import { freePort } from '../helpers/servers/free-port.ts';
import { useToldBlog } from './told-blog.ts';

const alarm = '⚠️服务监控告警 2026-03-18 14:05:09';

for (const dialect of dialects) {
  describeBlog(dialect, `check-hosts on ${dialect}`, () => {
    const { blog, check, mails, notify } = useToldBlog(dialect);
    beforeEach(async () => {
      await blog().query.deleteFrom('monitor_monitorserver').execute();
    });
    const outages = () => blog().query.selectFrom('blogctl_outage').selectAll().orderBy('id').execute();
    const messages = () => blog().query.selectFrom('blogctl_message').selectAll().orderBy('id').execute();

    test('one mail tells of all hosts that have reached a step', async () => {
      await putHosts(blog(), [
        { id: 1, silentMinutes: 0 },
        { id: 2, name: '主机-2', silentMinutes: 1 },
        { id: 3, silentMinutes: 37 },
        { id: 4, silentMinutes: 21 * 1440 + 185 },
      ]);

      const run = await check();

      expect(run).toMatchObject({
        status: 'succeeded',
        counts: { hosts: 4, silent: 3, told: 1, failed: 0 },
        findings: [],
      });
      expect(mails()).toEqual([
        {
          subject: alarm,
          lines: [
            '警告：节点 主机-2 离线 1 分钟',
            '警告：节点 host-3 离线 37 分钟',
            '警告：节点 host-4 离线 21 天 3 小时',
          ],
        },
      ]);
      expect(await outages()).toMatchObject([
        { host_id: 2, open_id: 2, step: 1, told_step: 1, told_at: '2026-03-18T06:05:09.000Z', ended_at: null },
        { host_id: 3, step: 10, told_step: 10, began_at: '2026-03-18T05:27:49.000Z' },
        { host_id: 4, step: 1440, told_step: 1440 },
      ]);
    });

    test('those are watched that are active, to be told of, and set up', async () => {
      await putHosts(blog(), [
        { id: 1, silentMinutes: 60, active: false },
        { id: 2, silentMinutes: 60, alarm: false },
        { id: 3, silentMinutes: 60, data: null },
        { id: 4, silentMinutes: 60, data: '' },
        { id: 5, silentMinutes: 60, secretKey: null },
        { id: 6, silentMinutes: 60, secretKey: '' },
      ]);

      const run = await check();

      expect(run).toMatchObject({ counts: { hosts: 0, silent: 0 }, changes: [], findings: [] });
      expect(mails()).toEqual([]);
    });

    test('each step is told once, whenever the next run comes', async () => {
      await putHosts(blog(), [{ id: 1, silentMinutes: 1 }]);
      const told: string[] = [];

      for (const minute of [0, 1, 5, 8, 9, 36, 37, 300, 301, 1440, 3000]) {
        await check(minute);
        told.push(
          `${minute}: ${mails()
            .map(({ lines }) => lines[0])
            .join()}`,
        );
      }

      expect(told).toEqual([
        '0: 警告：节点 host-1 离线 1 分钟',
        '1: ',
        '5: ',
        '8: ',
        '9: 警告：节点 host-1 离线 10 分钟',
        '36: ',
        '37: ',
        '300: 警告：节点 host-1 离线 5 小时 1 分钟',
        '301: ',
        '1440: 警告：节点 host-1 离线 1 天',
        '3000: ',
      ]);
    });

    test('a run with nothing new changes nothing', async () => {
      await putHosts(blog(), [{ id: 1, silentMinutes: 1 }]);
      await check();

      const run = await check(1);

      expect(run).toMatchObject({ changes: [], findings: [], counts: { silent: 1, told: 0 } });
    });

    test('the recovery of a host that was told is told, with the length of its silence', async () => {
      await putHosts(blog(), [{ id: 1, silentMinutes: 1 }, alive]);
      await check();
      mails();
      await report(blog(), 1, 191);

      const run = await check(191);
      const after = await check(191.5);

      expect(run.counts).toMatchObject({ recovered: 1, told: 1, silent: 0 });
      expect(mails()).toEqual([
        { subject: '✅服务监控恢复 2026-03-18 17:16:09', lines: ['恢复：节点 host-1 已恢复，离线 3 小时 12 分钟'] },
      ]);
      expect(after.changes).toEqual([]);
      expect(await outages()).toMatchObject([{ open_id: null, is_settled: 1, ended_at: '2026-03-18T09:15:49.000Z' }]);
    });

    test('a silence that came and went between two runs is no news', async () => {
      await putHosts(blog(), [{ id: 1 }]);
      await check();
      await report(blog(), 1, 300);

      await check(300);

      expect(mails()).toEqual([]);
    });

    test('a host that was back in between and is silent again is told of both', async () => {
      await putHosts(blog(), [{ id: 1, silentMinutes: 10 }]);
      await check();
      mails();
      await report(blog(), 1, 60);

      await check(75);

      expect(mails()).toMatchObject([
        {
          lines: [
            '警告：节点 host-1 离线 15 分钟',
            '恢复：节点 host-1 已恢复，离线 1 小时 10 分钟',
            expect.stringContaining('注意'),
          ].slice(0, 2),
        },
      ]);
    });

    test('a host that is deleted, or watched no longer, is told of no more', async () => {
      await putHosts(blog(), [
        { id: 1, silentMinutes: 10 },
        { id: 2, silentMinutes: 10 },
      ]);
      await check();
      mails();
      await blog().query.deleteFrom('monitor_monitorserver').where('id', '=', 1).execute();
      await putHosts(blog(), [{ id: 2, silentMinutes: 10, alarm: false }]);

      const run = await check(100);

      expect(run.counts).toMatchObject({ hosts: 0, silent: 0, recovered: 0 });
      expect(mails()).toEqual([]);
      expect(await outages()).toMatchObject([{ is_settled: 1 }, { is_settled: 1 }]);
      expect(run.changes).toMatchObject([
        { before: 'silent, told at 10 min', after: 'no longer watched' },
        { before: 'silent, told at 10 min', after: 'no longer watched' },
      ]);
      const checks = await blog().query.selectFrom('blogctl_check').selectAll().execute();
      expect(checks.map(({ state, ok_at: okAt }) => [state, okAt])).toEqual([
        ['unwatched', '2026-03-18T05:54:49.000Z'],
        ['unwatched', '2026-03-18T05:54:49.000Z'],
      ]);
      const seen = await blog().query.selectFrom('blogctl_evidence').selectAll().orderBy('id', 'desc').execute();
      expect(seen[0]).toMatchObject({
        result: 'unwatched',
        verdict: 'unknown',
        reason: 'no longer watched; it last reported at 2026-03-18 13:54:49',
      });
    });

    test('a host that was renamed is told by its new name', async () => {
      await putHosts(blog(), [{ id: 1, name: 'old', silentMinutes: 1 }, alive]);
      await check();
      mails();
      await putHosts(blog(), [{ id: 1, name: 'new', silentMinutes: 1 }]);

      await check(9);

      expect(mails()).toMatchObject([{ lines: ['警告：节点 new 离线 10 分钟'] }]);
    });

    test('a name cannot break a line, the subject or the mail', async () => {
      await putHosts(blog(), [{ id: 1, name: 'a\r\nBcc: x@y.z\u001b[2J', silentMinutes: 1 }, alive]);

      await check();

      expect(mails()).toMatchObject([{ lines: ['警告：节点 a Bcc: x@y.z[2J 离线 1 分钟'] }]);
    });

    test('a host without a name is told by its number', async () => {
      await putHosts(blog(), [{ id: 7, name: ' \u200f', silentMinutes: 1 }, alive]);

      await check();

      expect(mails()).toMatchObject([{ lines: ['警告：节点 #7 离线 1 分钟'] }]);
    });

    test('a date that is none, or lies ahead, is a finding', async () => {
      const odd = dialect === 'sqlite' ? [{ id: 1, updateDate: 'yesterday' }] : [];
      await putHosts(blog(), [...odd, { id: 2, updateDate: '2026-03-18 15:05:09' }]);

      const { findings } = await check();

      const ahead = { kind: 'clock-ahead', target: 'host 2 (host-2)', message: expect.stringMatching(/1 h ahead/) };
      expect(findings.slice(odd.length)).toEqual([ahead]);
      if (odd.length > 0) expect(findings[0]).toMatchObject({ kind: 'no-date', target: 'host 1 (host-1)' });
    });

    test('a host whose time runs ahead is told once, and once when it does no longer', async () => {
      const at = (clock: string) => putHosts(blog(), [{ id: 1, updateDate: `2026-03-18 ${clock}` }, alive]);
      const told: string[] = [];
      const run = async (minute: number): Promise<void> => {
        await check(minute);
        told.push(...mails().map(({ subject, lines }) => `${minute} ${subject.split(' ')[0]} ${lines.join()}`));
      };

      await at('16:03:09');
      await run(0);
      await at('16:04:09');
      await run(1);
      await at('14:07:05');
      await run(2);
      await run(2.5);

      expect(told).toEqual([
        '0 ⚠️服务监控告警 警告：节点 host-1 的上报时间超前 1 小时 58 分钟，在此期间它离线不会被发现',
        '2 ✅服务监控恢复 恢复：节点 host-1 的上报时间不再超前',
      ]);
      const rows = await blog().query.selectFrom('blogctl_evidence').selectAll().orderBy('id').execute();
      expect(rows).toMatchObject([
        { result: 'clock-ahead', verdict: 'unknown', reason: 'its time is 1 h 58 min ahead', done: 'told' },
        { result: 'in-time', verdict: 'alive', done: 'told' },
      ]);
      expect(await blog().query.selectFrom('blogctl_check').select('state').execute()).toEqual([{ state: 'ok' }]);
    });

    test('a host whose time moves but lies behind is taken for one that reports, and is a finding', async () => {
      const at = (clock: string) => putHosts(blog(), [{ id: 1, updateDate: `2026-03-18 ${clock}` }, alive]);
      await at('06:05:05');
      await check();
      mails();
      const runs = [];
      for (const minute of [1, 2, 3]) {
        await at(`06:0${5 + minute}:05`);
        runs.push(await check(minute));
      }

      expect(runs.map((run) => run.findings)).toEqual(
        runs.map(() => [expect.objectContaining({ kind: 'clock-behind', target: 'host 1 (host-1)' })]),
      );
      expect(mails().map(({ lines }) => lines[0])).toEqual([expect.stringMatching(/^恢复/)]);
    });

    test('that every host is silent is told as well: it may be the blog that does not hear', async () => {
      await putHosts(blog(), [
        { id: 1, silentMinutes: 1 },
        { id: 2, silentMinutes: 1 },
      ]);

      await check();

      expect(mails()[0]?.lines.at(-1)).toBe('注意：所有节点都没有上报，可能是博客的上报接口或网络有问题');
    });

    test('what could not be sent waits, and is sent once; a channel that took it does not get it again', async () => {
      const web = await startWebServer({ '*': { body: '{}' } });
      const port = await freePort();
      const { mail, ...rest } = notify();
      const settings = {
        ...rest,
        mail: mail && { ...mail, smtp: `smtp://127.0.0.1:${port}` },
        webhooks: [{ kind: 'json' as const, url: `${web.url}/hook`, name: 'chat' }],
      };
      await putHosts(blog(), [{ id: 1, silentMinutes: 1 }, alive]);

      const failed = await check(0, { config: { notify: settings } });
      const tooSoon = await check(0.5, { config: { notify: settings } });
      const again = await check(1, { config: { notify: { ...settings, mail } } });

      await web.stop();
      expect(failed).toMatchObject({
        status: 'succeeded',
        counts: { told: 1, failed: 1 },
        findings: [
          {
            kind: 'not-told',
            target: 'mail to owner@example.test',
            message: `nobody accepts connections at 127.0.0.1:${port}; it is kept, and a later run tries again`,
          },
        ],
      });
      expect(failed.stderr).toContain('not told');
      expect(tooSoon).toMatchObject({ changes: [], findings: [] });
      expect(again.counts).toMatchObject({ told: 1, failed: 0 });
      expect(web.requests).toHaveLength(1);
      expect(mails()).toMatchObject([{ subject: alarm, lines: ['警告：节点 host-1 离线 1 分钟'] }]);
      expect(await messages()).toMatchObject([
        { channel: 'mail to owner@example.test', status: 'sent', attempts: 1 },
        { channel: 'json chat', status: 'sent', attempts: 0 },
      ]);
    });

    test('whatever a service answers in its refusal, it is kept and told without control or half characters', async () => {
      const odd = `a\u0000b\u001b[2J\ud83c ${'🎉'.repeat(1200)}`;
      const web = await startWebServer({ '*': { body: JSON.stringify({ errcode: 1, errmsg: odd }) } });
      const webhooks = [{ kind: 'wecom' as const, url: `${web.url}/send?key=0123456789`, name: 'chat' }];
      await putHosts(blog(), [{ id: 1, silentMinutes: 1 }, alive]);

      const run = await check(0, { config: { notify: { webhooks, failedJobs: true } } });

      await web.stop();
      const told = /^127\.0\.0\.1:\d+ refuses it: 1 ab\[2J\ufffd (🎉)+…$/u;
      const [message] = await messages();
      const [channel] = await blog().query.selectFrom('blogctl_channel').selectAll().execute();
      expect(run).toMatchObject({ status: 'succeeded', counts: { told: 0, failed: 1 } });
      expect(message?.last_failure).toMatch(told);
      expect(channel?.last_failure).toBe(message?.last_failure);
      expect(run.findings[0]?.message).toBe(`${message?.last_failure}; it is kept, and a later run tries again`);
    });

    test('after a long failure one mail has all that waits; after three days it is given up', async () => {
      const { mail, ...rest } = notify();
      const dead = { notify: { ...rest, mail: mail && { ...mail, smtp: `smtp://127.0.0.1:${await freePort()}` } } };
      await putHosts(blog(), [{ id: 1, silentMinutes: 1 }, alive]);
      await check(0, { config: dead });
      await check(9, { config: dead });

      await check(60);
      const all = mails();
      await check(1439, { config: dead });
      const lost = await check(1440 * 4 + 1439, { config: dead });

      expect(all).toEqual([
        {
          subject: '⚠️服务监控告警 2026-03-18 15:05:09 (+2)',
          lines: [
            alarm,
            '警告：节点 host-1 离线 1 分钟',
            '',
            '⚠️服务监控告警 2026-03-18 14:14:09',
            '警告：节点 host-1 离线 10 分钟',
            '',
            '⚠️服务监控告警 2026-03-18 15:05:09',
            '警告：节点 host-1 离线 1 小时 1 分钟',
          ],
        },
      ]);
      expect(lost.status).toBe('failed');
      expect(lost.summary).toMatch(
        /^somebody was not told\n {2}mail to owner@example.test: 1 message for .*: given up, three days have passed$/,
      );
      expect((await messages()).map(({ status }) => status)).toEqual(['sent', 'sent', 'sent', 'given up']);
    });

    test('where no channel works the third attempt fails the run, and each one after it; a pause is no failure', async () => {
      const { mail, ...rest } = notify();
      const dead = { notify: { ...rest, mail: mail && { ...mail, smtp: `smtp://127.0.0.1:${await freePort()}` } } };
      await putHosts(blog(), [{ id: 1, silentMinutes: 1 }, alive]);

      const runs = [];
      for (const minute of [0, 1, 6, 7, 21]) runs.push(await check(minute, { config: dead }));
      const again = await check(81);

      expect(runs.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'failed', 'succeeded', 'failed']);
      expect(runs[2]?.error?.message).toMatch(
        /^nobody can be told: no channel of notify works\n {2}mail to owner@example.test: nobody accepts/,
      );
      expect(again).toMatchObject({ status: 'succeeded', counts: { told: 1 } });
    });

    test('where nobody is named, silent hosts are findings; once somebody is, they are told', async () => {
      const nobody = { notify: { webhooks: [], failedJobs: true } };
      await putHosts(blog(), [{ id: 1, silentMinutes: 37 }, { id: 2, silentMinutes: 5 }, alive]);

      const untold = [await check(0, { config: nobody }), await check(1, { config: nobody })];
      await report(blog(), 2, 2);
      await check(2, { config: nobody });
      await check(2.5);

      expect(untold.map(({ findings }) => findings.map(({ kind, target }) => `${kind} ${target}`))).toEqual(
        untold.map(() => ['host-silent host 1 (host-1)', 'host-silent host 2 (host-2)']),
      );
      expect(mails()).toMatchObject([{ lines: ['警告：节点 host-1 离线 39 分钟（13:27 起）'] }]);
    });

    test('a dry run shows what would be told to whom, and tells nobody', async () => {
      await putHosts(blog(), [{ id: 1, silentMinutes: 37 }, alive]);

      const dry = await check(0, { dryRun: true });
      const sentDry = mails();
      const real = await check();

      expect(dry.changes).toEqual([
        { what: 'write', target: 'message', after: `${alarm}\n警告：节点 host-1 离线 37 分钟` },
        { what: 'note', target: 'host 1 (host-1)', before: 'reports', after: 'silent for 37 min 20 s' },
        { what: 'tell', target: `mail to owner@example.test: ${alarm}` },
      ]);
      expect(sentDry).toEqual([]);
      expect(real).toMatchObject({ changes: dry.changes, counts: dry.counts, findings: dry.findings });
    });

    test('the time line of a host is kept', async () => {
      await putHosts(blog(), [{ id: 1, silentMinutes: 1 }, alive]);
      await check();
      await check(9);
      await report(blog(), 1, 20);
      await check(20);

      const rows = await blog().query.selectFrom('blogctl_evidence').selectAll().orderBy('id').execute();
      expect(rows.map(({ kind, target_id: id, result, verdict, done }) => [kind, id, result, verdict, done])).toEqual([
        ['host', 1, 'silent', 'dead', 'told'],
        ['host', 1, 'silent', 'dead', 'told'],
        ['host', 1, 'reports', 'alive', 'told'],
      ]);
      expect(rows[1]?.reason).toBe('silent for 10 min 20 s, since 2026-03-18 14:03:49');
      const checks = await blog().query.selectFrom('blogctl_check').selectAll().execute();
      expect(checks).toMatchObject([{ kind: 'host', target_id: 1, link: 'host-1', state: 'ok', failures: 0 }]);
    });

    test('two thousand hosts are told in one mail of a bearable length', async () => {
      const rows = Array.from({ length: 2000 }, (_, index) => ({ id: index + 1, silentMinutes: 1 }));
      await putHosts(blog(), rows.slice(0, 1));
      const [row] = await blog().query.selectFrom('monitor_monitorserver').selectAll().execute();
      if (row === undefined) throw new Error('there is no host');
      for (let at = 1; at < rows.length; at += 200) {
        const some = rows
          .slice(at, at + 200)
          .map(({ id }) => ({ ...row, id, name: `h${id}`, username: `u${id}`, password: `p${id}` }));
        await blog().query.insertInto('monitor_monitorserver').values(some).execute();
      }

      const run = await check();

      expect(run.counts).toMatchObject({ hosts: 2000, silent: 2000 });
      const [mail, ...others] = mails();
      expect(others).toEqual([]);
      expect(mail?.lines).toHaveLength(102);
      expect(mail?.lines[100]).toBe('……另有 1900 个节点');
    });
  });
}
