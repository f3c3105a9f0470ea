import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type Desk } from '../helpers/desk.ts';
import { startWebServer, type WebServer } from '../helpers/http-server.ts';
import { startMailServer, type MailServer } from '../helpers/mail-server.ts';
import { freePort } from '../helpers/servers/free-port.ts';

let web: WebServer;
let mail: MailServer;
let desk: Desk;
let gone: number;
beforeAll(async () => {
  web = await startWebServer({ '*': { body: '{"errcode":0}' } });
  mail = await startMailServer();
  gone = await freePort();
  desk = await openDesk(`blog: { name: my-blog }
notify:
  mail: { from: robot@blog.example.test, to: [owner@example.test], smtp: smtp://127.0.0.1:${mail.port} }
  webhooks:
    - { kind: dingtalk, url: "${web.url}/robot/send?access_token=s3cret-token", name: 群 }
    - { kind: json, url: http://127.0.0.1:${gone}/s3cret-path, name: gone }
`);
});
afterAll(async () => {
  await desk.close();
  await mail.stop();
  await web.stop();
});

test('tells everybody, and says whom it reached', async () => {
  const answer = await desk.blogctl(['notify']);

  expect(answer.code).toBe(1);
  expect(answer.stderr).toBe('');
  expect(answer.stdout.split('\n')).toEqual([
    'channel                     result',
    'mail to owner@example.test  arrived',
    'dingtalk 群                 arrived',
    expect.stringMatching(/^json gone {19}127\.0\.0\.1:\d+: /),
    '',
  ]);
  expect(mail.mails).toMatchObject([{ email: { subject: 'blogctl: 测试消息 test message (my-blog)' } }]);
  expect(mail.mails[0]?.email.text).toMatch(
    /收到它，就能收到.*\n\nBlog: my-blog\nHost: test-host\nTime: 2026-03-18 14:05:09 \(Asia\/Shanghai\)/,
  );
  expect(web.requests).toHaveLength(1);
});

test('tells one of them by its name; all arrived is a success', async () => {
  const before = mail.mails.length;

  const answer = await desk.blogctl(['notify', '--only', 'dingtalk 群']);

  expect(answer).toMatchObject({ code: 0, stderr: '' });
  expect(web.requests).toHaveLength(2);
  expect(mail.mails).toHaveLength(before);
});

test('a name that nobody has', async () => {
  expect(await desk.blogctl(['notify', '--only', 'json gon'])).toMatchObject({
    code: 2,
    stderr: 'blogctl: --only: there is no channel "json gon"; did you mean "json gone"?\n',
  });
});

test('a dry run shows who would be told and what, and tells nobody', async () => {
  const [mails, requests] = [mail.mails.length, web.requests.length];

  const answer = await desk.blogctl(['notify', '--dry-run']);

  expect(answer.code).toBe(0);
  expect(answer.stdout).toContain(
    'would tell:\n  mail to owner@example.test\n  dingtalk 群\n  json gone\n\nblogctl: 测试消息',
  );
  expect([mail.mails.length, web.requests.length]).toEqual([mails, requests]);
});

test('JSON has each delivery, and no secret', async () => {
  const { stdout } = await desk.blogctl(['notify', '--json']);

  expect(JSON.parse(stdout)).toMatchObject({
    dryRun: false,
    deliveries: [
      { channel: 'mail to owner@example.test', failure: null },
      { channel: 'dingtalk 群', failure: null },
      { channel: 'json gone', failure: expect.any(String) },
    ],
  });
  expect(stdout).not.toContain('s3cret');
});

test('where nobody is named it says what to write', async () => {
  const empty = await openDesk('blog: { name: my-blog }\n');

  const answer = await empty.blogctl(['notify']);

  await empty.close();
  expect(answer.code).toBe(2);
  expect(answer.stderr).toMatch(
    /^blogctl: notify: .*blogctl\.yaml names nobody who could be told\n {2}Add notify\.mail or notify\.webhooks/,
  );
});
