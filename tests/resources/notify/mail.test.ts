import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Message } from '../../../src/core/notify.ts';
import { mailTimeouts, sendMail } from '../../../src/resources/notify/mail.ts';
import { mailFailure } from '../../../src/resources/notify/mail-failure.ts';
import { parseSmtpUrl } from '../../../src/resources/notify/smtp-url.ts';
import {
  authorityPath,
  startMailServer,
  startMuteServer,
  startRefusingServer,
  type MailServer,
  type MailServerOptions,
} from '../../helpers/mail-server.ts';
import { freePort } from '../../helpers/servers/free-port.ts';
import { notifierOf, sendAll } from './notifier.ts';

const message: Message = {
  subject: '⚠️服务监控告警 2026-03-18 14:05:09',
  body: '警告：节点 host-1 离线 1 分钟\n警告：节点 主机-10 🎉 离线 10 分钟\n.\n..two dots\n',
  about: 'hosts',
  at: '2026-03-18T06:05:09.000Z',
};
const never = new AbortController().signal;

async function server(options: MailServerOptions = {}): Promise<MailServer> {
  const started = await startMailServer(options);
  onTestFinished(() => started.stop());
  return started;
}

const send = (
  smtp: string,
  more: { ca?: string; message?: Partial<Message>; signal?: AbortSignal; greetingMs?: number } = {},
) =>
  sendMail(
    {
      mail: { from: '博客机器人 <robot@blog.example.test>', smtp, ca: more.ca },
      to: 'Owner <owner@example.test>',
      blog: 'my-blog',
      folder: '/',
    },
    { ...message, ...more.message },
    more.signal ?? never,
    { ...mailTimeouts, ...(more.greetingMs === undefined ? {} : { greetingMs: more.greetingMs }) },
  );

test('a mail arrives as it was written, Chinese and all, and says that a machine wrote it', async () => {
  const { port, mails } = await server();

  const attempt = await send(`smtp://127.0.0.1:${port}`);

  expect(attempt).toEqual({ failure: null });
  const [mail, ...others] = mails;
  expect(others).toEqual([]);
  expect(mail?.email).toMatchObject({
    subject: message.subject,
    from: { name: '博客机器人', address: 'robot@blog.example.test' },
    to: [{ name: 'Owner', address: 'owner@example.test' }],
    date: '2026-03-18T06:05:09.000Z',
    attachments: [],
  });
  expect(mail?.email.text?.trimEnd()).toBe(message.body.trimEnd());
  expect(mail?.email.html).toBeUndefined();
  expect(mail?.email.headers).toContainEqual(
    expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
  );
  expect(mail?.email.messageId).toMatch(/^<blogctl\.[0-9a-f]{32}@blog\.example\.test>$/);
  expect(mail?.raw).toMatch(/^[\x00-\x7f]*$/);
});

test('the same message has the same Message-ID, another one has another', async () => {
  const { port, mails } = await server();

  await send(`smtp://127.0.0.1:${port}`);
  await send(`smtp://127.0.0.1:${port}`);
  await send(`smtp://127.0.0.1:${port}`, { message: { at: '2026-03-18T06:06:09.000Z' } });
  await send(`smtp://127.0.0.1:${port}`, { message: { subject: 'of the same instant' } });

  const ids = mails.map(({ email }) => email.messageId);
  expect(ids[0]).toBe(ids[1]);
  expect(new Set(ids).size).toBe(3);
});

test('a sender whose domain is Chinese leaves nothing but ASCII in the headers', async () => {
  const { port, mails } = await server();
  const mail = { from: '机器人 <robot@博客.example>', smtp: `smtp://127.0.0.1:${port}` };

  await sendMail({ mail, to: 'owner@例子.example', blog: 'my-blog', folder: '/' }, message, never);

  const [headers = ''] = mails[0]?.raw.split('\r\n\r\n') ?? [];
  expect(headers).toMatch(/^Message-ID: <blogctl\.[0-9a-f]{32}@xn--9krq6q\.example>\r$/m);
  expect(headers).toMatch(/^[\t\r\n\x20-\x7e]+$/);
});

test('a line break in a subject begins no header', async () => {
  const { port, mails } = await server();

  await send(`smtp://127.0.0.1:${port}`, { message: { subject: 'one\r\nBcc: evil@example.test\r\n\r\nbody' } });

  expect(mails[0]?.to).toEqual(['owner@example.test']);
  expect(mails[0]?.email.headers.map(({ key }) => key)).not.toContain('bcc');
  expect(mails[0]?.email.subject).toContain('one');
});

describe('with TLS', () => {
  test('STARTTLS and a user: the password travels encrypted, and the authority is the one that was named', async () => {
    const { port, mails } = await server({ tls: 'starttls', password: 'p@ss:w/rd 密' });
    const password = encodeURIComponent('p@ss:w/rd 密');

    const attempt = await send(`smtp+starttls://robot:${password}@127.0.0.1:${port}`, { ca: authorityPath });

    expect(attempt).toEqual({ failure: null });
    expect(mails).toMatchObject([{ user: 'robot', isSecure: true, email: { subject: message.subject } }]);
  });

  test('TLS at once', async () => {
    const { port, mails } = await server({ tls: 'at-once', password: 'secret' });

    const attempt = await send(`smtps://robot:secret@127.0.0.1:${port}`, { ca: authorityPath });

    expect(attempt).toEqual({ failure: null });
    expect(mails).toMatchObject([{ user: 'robot', isSecure: true }]);
  });

  test.each(['smtps', 'smtp+starttls'] as const)(
    '%s: an authority that nobody named is not trusted',
    async (scheme) => {
      const { port, mails } = await server({ tls: scheme === 'smtps' ? 'at-once' : 'starttls' });

      const { failure } = await send(`${scheme}://127.0.0.1:${port}`);

      expect(failure).toMatch(
        /^127\.0\.0\.1:\d+ has no certificate that can be trusted: its authority is not known here/,
      );
      expect(mails).toEqual([]);
    },
  );

  test('a certificate for another name is not trusted', async () => {
    const { port, mails } = await server({ tls: 'at-once', certificate: 'other' });

    const { failure } = await send(`smtps://127.0.0.1:${port}`, { ca: authorityPath });

    expect(failure).toMatch(/can be trusted: it is for another name$/);
    expect(mails).toEqual([]);
  });

  test('a server that offers no STARTTLS gets neither the password nor the mail', async () => {
    const { port, mails } = await server();

    const { failure } = await send(`smtp+starttls://robot:secret@127.0.0.1:${port}`);

    expect(failure).toMatch(/cannot be talked to securely/);
    expect(mails).toEqual([]);
  });

  test('TLS at once with a server that wants STARTTLS is told as that', async () => {
    const { port } = await server({ tls: 'starttls' });

    const { failure } = await send(`smtps://127.0.0.1:${port}`);

    expect(failure).toMatch(/speaks no TLS at once: write smtp\+starttls:\/\//);
  });

  test('certificates that cannot be read are told by their setting', async () => {
    await expect(send('smtps://127.0.0.1:1', { ca: '/no/such.pem' })).rejects.toThrow(
      'the certificates of notify.mail.ca cannot be read: /no/such.pem: ENOENT',
    );
  });
});

describe('a failure', () => {
  test.each([
    ['530 5.7.0 Authentication Required', /wants a user and a password: write them before its name, user:password@/],
    ['530 5.7.0 Must issue a STARTTLS command first', /wants STARTTLS: write smtp\+starttls:\/\//],
    ['538 5.7.11 Encryption required', /wants STARTTLS: write smtp\+starttls:\/\//],
  ])('a server that says %s', async (line, expected) => {
    const { port } = await server({ sender: line });

    const { failure } = await send(`smtp://127.0.0.1:${port}`);

    expect(failure).toMatch(expected);
    expect(failure).toContain(line);
  });

  test('a file of certificates without one in it', async () => {
    const ca = fileURLToPath(import.meta.url);

    await expect(send('smtps://127.0.0.1:1', { ca })).rejects.toThrow(
      `notify.mail.ca cannot be read: ${ca}: there is no certificate in it (-----BEGIN CERTIFICATE-----)`,
    );
  });

  test('a wrong password', async () => {
    const { port, mails } = await server({ tls: 'starttls', password: 'right' });

    const { failure } = await send(`smtp+starttls://robot:wrong-one@127.0.0.1:${port}`, { ca: authorityPath });

    expect(failure).toMatch(/^127\.0\.0\.1:\d+ refuses the user or the password: 535 .*no such user here/);
    expect(failure).not.toContain('wrong-one');
    expect(mails).toEqual([]);
  });

  test('a recipient that is refused', async () => {
    const { port } = await server({ refused: () => ['owner@example.test'] });

    const { failure } = await send(`smtp://127.0.0.1:${port}`);

    expect(failure).toMatch(/refuses the recipient: 550 .*no such mailbox here/);
  });

  test.each([
    [{ greeting: '421 4.3.2 try later' }, ' turns us away: 421 4.3.2 try later'],
    [{ greeting: '554 5.7.1 no mail here' }, ' turns us away: 554 5.7.1 no mail here'],
    [{ MAIL: '553 not yours' }, ' refuses the sender: 553 not yours'],
    [{ MAIL: '452 4.3.1 no space' }, ' refuses the message: 452 4.3.1 no space'],
    [{ MAIL: '552 5.3.4 too long' }, ' refuses the message: 552 5.3.4 too long'],
    [
      { RCPT: '451 4.7.1 greylisted, come back later' },
      ' refuses the recipient: 451 4.7.1 greylisted, come back later',
    ],
    [{ DATA: '451 4.3.0 no space' }, ' refuses the message: 451 4.3.0 no space'],
    [{ content: '554 5.7.1 spam' }, ' refuses the message: 554 5.7.1 spam'],
    [{ content: 'drop' }, ' broke off the connection'],
    [{ EHLO: 'drop' }, ' broke off the connection'],
  ])('a server that says %j', async (refusals, expected) => {
    const server = await startRefusingServer(refusals);
    onTestFinished(() => server.stop());

    const { failure } = await send(`smtp://127.0.0.1:${server.port}`);

    expect(failure).toBe(`127.0.0.1:${server.port}${expected}`);
  });

  test('a server that cannot look up the password now is not one that refuses it', async () => {
    const server = await startRefusingServer({ EHLO: '250-here\r\n250 AUTH PLAIN', AUTH: '454 4.7.0 later' });
    onTestFinished(() => server.stop());

    const { failure } = await send(`smtp://robot:secret-one@127.0.0.1:${server.port}`);

    expect(failure).toBe(`127.0.0.1:${server.port} cannot check the user and the password now: 454 4.7.0 later`);
  });

  test('what a server says at length is cut, but not within a password', async () => {
    const said = `535 ${'x'.repeat(290)} hunter2-hunter2 ${'y'.repeat(900)}`;
    const server = await startRefusingServer({ EHLO: '250-here\r\n250 AUTH PLAIN', AUTH: said });
    onTestFinished(() => server.stop());

    const smtp = `smtp://robot:hunter2-hunter2@127.0.0.1:${server.port}`;
    const mail = { from: 'robot@blog.example.test', to: ['owner@example.test'], smtp };
    const [delivery] = await sendAll(notifierOf({ mail }));

    expect(delivery?.failure).toMatch(/password: 535 x{290} \*\*\* y+…$/);
  });

  test('a server without STARTTLS is told as that, once', async () => {
    const server = await startRefusingServer({ STARTTLS: '502 unknown' });
    onTestFinished(() => server.stop());

    const { failure } = await send(`smtp+starttls://robot:secret@127.0.0.1:${server.port}`);

    expect(failure).toBe(
      `127.0.0.1:${server.port} cannot be talked to securely (it may offer no STARTTLS: is it smtps://?): 502 unknown`,
    );
  });

  test.each(['EPIPE', 'ECONNRESET'])('a connection that ends while it is written to, %s', (originalCode) => {
    const error = Object.assign(new Error(`write ${originalCode}`), { code: 'ESOCKET', originalCode });

    expect(mailFailure(error, parseSmtpUrl('smtp://127.0.0.1:25'))).toBe('127.0.0.1:25 broke off the connection');
  });

  test('nobody listens', async () => {
    const port = await freePort();

    expect(await send(`smtp://127.0.0.1:${port}`)).toEqual({
      failure: `nobody accepts connections at 127.0.0.1:${port}`,
    });
  });

  test('a name without an address', async () => {
    const { failure } = await send('smtp://no-such-host.invalid');

    expect(failure).toMatch(/^the name no-such-host\.invalid has no address$|does not answer in time/);
  });

  test('a greeting that never comes', async () => {
    const mute = await startMuteServer();
    onTestFinished(() => mute.stop());

    const { failure } = await send(`smtp://127.0.0.1:${mute.port}`, { greetingMs: 100 });

    expect(failure).toBe(`127.0.0.1:${mute.port} accepts the connection, but does not say a word`);
  });

  test('a connection that ends in the midst of the mail', async () => {
    const { port, mails } = await server({ brokenMails: 1 });

    const { failure } = await send(`smtp://127.0.0.1:${port}`);
    const again = await send(`smtp://127.0.0.1:${port}`);

    expect(failure).toMatch(/broke off the connection/);
    expect(again).toEqual({ failure: null });
    expect(mails).toHaveLength(1);
  });

  test('a run that is told to stop does not wait for the server', async () => {
    const mute = await startMuteServer();
    onTestFinished(() => mute.stop());
    const stop = new AbortController();

    const sent = send(`smtp://127.0.0.1:${mute.port}`, { signal: stop.signal });
    stop.abort(new Error('interrupted'));

    await expect(sent).rejects.toThrow('interrupted');
  });
});
