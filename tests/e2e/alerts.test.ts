import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CliResult } from '../helpers/cli.ts';
import { startWebServer, type WebServer } from '../helpers/http-server.ts';
import { startMailServer, type MailServer } from '../helpers/mail-server.ts';
import { openSite, type Site } from './site.ts';

let mail: MailServer;
let web: WebServer;
beforeAll(async () => {
  mail = await startMailServer();
  web = await startWebServer({ '*': { body: '{"errcode":0}' } });
});
afterAll(async () => {
  await mail.stop();
  await web.stop();
});

const told = (): string[] => mail.mails.map(({ email }) => email.subject ?? '');

/** A site whose owner is told by mail and in a chat. */
function site(jobs: string): Promise<Site> {
  mail.clear();
  (web.requests as unknown[]).length = 0;
  const more = `notify:
  mail: { from: robot@blog.example.test, to: [owner@example.test], smtp: "smtp://127.0.0.1:${mail.port}" }
  webhooks: [{ kind: dingtalk, url: "${web.url}/robot/send?access_token=\${env:CHAT}", secret: "\${env:SIGN}" }]`;
  return openSite({ jobs, more, env: { CHAT: 's3cret-chat', SIGN: 's3cret-sign' } });
}

/** Runs a job as cron does, at a minute of the hour. */
function fromCron(of: Site, job: string, minute: number, env: Record<string, string> = {}): Promise<CliResult> {
  const clock = `2026-03-18T14:${String(minute).padStart(2, '0')}:09+08:00`;
  return of.blogctl(['run', job, '--scheduled'], { env: { BLOGCTL_NOW: clock, ...env } });
}

test('a job of one’s own that fails under cron is told by every channel, once, and when it works again', async () => {
  const here = await site('{ dump: { action: run-command, schedule: "* * * * *", command: [/bin/sh, dump.sh] } }');
  const script = (text: string): void => writeFileSync(join(here.folder, 'dump.sh'), text);
  script('echo the disk is full; exit 3');

  const failed = [await fromCron(here, 'dump', 1), await fromCron(here, 'dump', 2)];
  const first = told();
  script('exit 0');
  const worked = await fromCron(here, 'dump', 3);

  expect(failed.map(({ code }) => code)).toEqual([1, 1]);
  expect(failed[0]?.stderr).toContain('/bin/sh failed: exit code 3\n  the disk is full\n');
  expect(first).toEqual(['blogctl: dump failed (e2e)']);
  expect(mail.mails[0]?.email.text).toContain('the disk is full');
  expect(worked).toMatchObject({ code: 0, stdout: '', stderr: '' });
  expect(told().slice(1)).toEqual(['blogctl: dump works again (e2e)']);
  expect(web.requests).toHaveLength(2);
  expect(web.requests[0]?.path).toMatch(/access_token=s3cret-chat&timestamp=\d+&sign=/);
  expect(JSON.stringify([failed, await here.runs()])).not.toContain('s3cret');
});

test('a job that was killed is told by the run after it', async () => {
  const here = await site('{ dump: { action: run-command, schedule: "* * * * *", command: [/bin/sh, dump.sh] } }');
  writeFileSync(join(here.folder, 'dump.sh'), 'kill -9 $PPID; sleep 1');
  await fromCron(here, 'dump', 1);
  writeFileSync(join(here.folder, 'dump.sh'), 'exit 0');

  await fromCron(here, 'dump', 2);

  expect(told()).toEqual(['blogctl: dump works again (e2e) (+1)']);
  expect(mail.mails[0]?.email.text).toContain('blogctl: dump crashed');
});

test('processes that end in the same second tell of each job once', async () => {
  const names = ['one', 'two', 'three', 'four', 'five'];
  const jobs = names.map((name) => `${name}: { action: run-command, schedule: "* * * * *", command: [/bin/false] }`);
  const here = await site(`{ ${jobs.join(', ')}, clean-sessions: { schedule: "* * * * *" } }`);
  await fromCron(here, 'clean-sessions', 1);

  const ends = await Promise.all(names.map((name) => fromCron(here, name, 2)));

  expect(ends.map(({ code }) => code)).toEqual(names.map(() => 1));
  const chat = web.requests.map(({ body }) => body.toString());
  for (const all of [mail.mails.map(({ email }) => email.text ?? '').join(), chat.join()]) {
    expect(names.map((name) => all.split(`Earlier runs: blogctl history --job ${name}`).length - 1)).toEqual(
      names.map(() => 1),
    );
  }
});

test('hosts that are silent are told in one mail, and nothing more a minute later', async () => {
  const here = await site('{ check-hosts: {} }');

  const runs = [await fromCron(here, 'check-hosts', 5), await fromCron(here, 'check-hosts', 6)];

  expect(runs).toMatchObject([
    { code: 0, stdout: '', stderr: '' },
    { code: 0, stdout: '', stderr: '' },
  ]);
  expect(told()[0]).toBe('⚠️服务监控告警 2026-03-18 14:05:09');
  expect(mail.mails[0]?.email.text).toMatch(/^警告：节点 db-01 离线 1 分钟\n警告：节点 backup-01 离线 15 分钟\n/);
});

test('a run that has nothing to tell loads neither what speaks SMTP nor what speaks HTTP', async () => {
  const here = await site('{ clean-sessions: { schedule: "* * * * *" } }');
  const [trace, list] = [join(here.folder, 'trace.cjs'), join(here.folder, 'loaded.json')];
  const write = `require('node:fs').writeFileSync('${list}', JSON.stringify(process.moduleLoadList))`;
  writeFileSync(trace, `process.on('exit', () => ${write});`);
  const loaded = async (minute: number): Promise<readonly string[]> => {
    await fromCron(here, 'clean-sessions', minute, { NODE_OPTIONS: `--require ${trace}` });
    return JSON.parse(readFileSync(list, 'utf8')) as string[];
  };

  const succeeding = await loaded(1);
  const file = new Sqlite(join(here.folder, 'blog.db'));
  file.exec('alter table django_session rename to gone');
  file.close();
  const failing = await loaded(2);

  expect(succeeding).not.toContain('NativeModule tls');
  expect(failing).toContain('NativeModule tls');
  expect(told()).toEqual(['blogctl: clean-sessions failed (e2e)']);
});
