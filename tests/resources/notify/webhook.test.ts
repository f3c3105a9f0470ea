import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WebhookSettings } from '../../../src/core/notify.ts';
import { startWebServer, type WebRoutes, type WebServer } from '../../helpers/http-server.ts';
import { freePort } from '../../helpers/servers/free-port.ts';
import { testNowMs } from '../../helpers/run.ts';
import { message, notifierOf, sendAll } from './notifier.ts';

let web: WebServer;
beforeAll(async () => {
  web = await startWebServer({});
});
beforeEach(() => {
  (web.requests as unknown[]).length = 0;
});
afterAll(() => web.stop());

const json = (body: unknown, status = 200): WebRoutes[string] => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const whole = `${message.subject}\n${message.body}`;

/** Sends by one webhook; returns what the server got, and what came of it. */
async function post(hook: WebhookSettings, answer: WebRoutes[string], more: Partial<typeof message> = {}) {
  web.answer({ '*': answer });
  const deliveries = await sendAll(notifierOf({ webhooks: [hook] }), more);
  const request = web.requests.at(-1);
  return {
    deliveries,
    failure: deliveries[0]?.failure,
    path: request?.path ?? '',
    headers: request?.headers ?? {},
    body: JSON.parse(request?.body.toString() ?? 'null') as Record<string, unknown>,
  };
}

describe('json', () => {
  test('gets the parts of the message, who says it and when, and the token', async () => {
    const sent = await post(
      { kind: 'json', url: `${web.url}/hooks/alerts?x=1`, token: 'bearer-token' },
      { status: 204 },
    );

    const channel = expect.stringMatching(new RegExp(`^json on 127.0.0.1:${web.port} \\([0-9a-f]{6}\\)$`)) as unknown;
    expect(sent.deliveries).toEqual([{ channel, failure: null, retryAfterMs: null }]);
    expect(sent.path).toBe('/hooks/alerts?x=1');
    expect(sent.body).toEqual({ ...message, blog: 'my-blog', host: 'test-host' });
    expect(sent.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      authorization: 'Bearer bearer-token',
    });
  });

  test('a status that is none of success is a failure', async () => {
    const { failure } = await post({ kind: 'json', url: `${web.url}/hook` }, { status: 500 });

    expect(failure).toMatch(/^127\.0\.0\.1:\d+: 500/);
  });

  test('is not redirected elsewhere with what was sent', async () => {
    const { failure } = await post(
      { kind: 'json', url: `${web.url}/hook` },
      { status: 301, headers: { location: `${web.url}/other` } },
    );

    expect(failure).toMatch(/: it redirects \(301\), which is not followed: write the address where it leads$/);
    expect(web.requests).toHaveLength(1);
  });
});

describe('dingtalk', () => {
  const token = 'e9a8118c8a3dcxxxxxxxxxx685fab41df25b9dc865fd74';
  const hook = (): WebhookSettings => ({ kind: 'dingtalk', url: `${web.url}/robot/send?access_token=${token}` });

  test('gets a text, signed as its robots want it', async () => {
    const secret = 'SEC10d6e79b42bd94be0d0d603843651aa2';

    const sent = await post({ ...hook(), secret }, json({ errcode: 0, errmsg: 'ok' }));

    const query = new URL(sent.path, web.url).searchParams;
    const sign = createHmac('sha256', secret).update(`${testNowMs}\n${secret}`).digest('base64');
    expect(sent.failure).toBeNull();
    expect(sent.body).toEqual({ msgtype: 'text', text: { content: whole } });
    expect(Object.fromEntries(query)).toEqual({ access_token: token, timestamp: String(testNowMs), sign });
  });

  test('without a secret is not signed', async () => {
    const sent = await post(hook(), json({ errcode: 0, errmsg: 'ok' }));

    expect(sent.path).toBe(`/robot/send?access_token=${token}`);
  });

  test('a refusal that comes with 200 is a failure, and does not show what is secret', async () => {
    const { failure } = await post(hook(), json({ errcode: 310000, errmsg: `sign not match, access_token=${token}` }));

    expect(failure).toBe(`127.0.0.1:${web.port} refuses it: 310000 sign not match, access_token=***`);
  });

  test('a control character in the midst of what is secret does not hide it', async () => {
    const hidden = `${token.slice(0, 9)}\u0007${token.slice(9)}`;

    const { failure } = await post(hook(), json({ errcode: 1, errmsg: `bad ${hidden}` }));

    expect(failure).toMatch(/refuses it: 1 bad \*\*\*$/);
  });

  test('a long refusal is cut, but not within what is secret', async () => {
    const { failure } = await post(
      hook(),
      json({ errcode: 1, errmsg: `${'x'.repeat(280)} ${token} ${'y'.repeat(900)}` }),
    );

    expect(failure).toMatch(/refuses it: 1 x{280} \*\*\* y+…$/);
    expect(failure).toHaveLength(600);
  });

  test('an answer of something else is no success', async () => {
    const { failure } = await post(hook(), { body: '<html>login</html>' });

    expect(failure).toMatch(/its answer is not that of a robot$/);
  });

  test('a long text is cut between characters, with a word on how much is missing', async () => {
    const body = '节点🎉'.repeat(5000);

    const sent = await post(hook(), json({ errcode: 0 }), { body });

    const { content } = sent.body['text'] as { content: string };
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(16_000);
    expect(Buffer.byteLength(content)).toBeGreaterThan(15_980);
    expect(content).toMatch(/(节|点|🎉)\n… \(\+\d+\)$/u);
    expect(content).not.toMatch(/\uFFFD/);
  });
});

describe('feishu', () => {
  const hook = (): WebhookSettings => ({ kind: 'feishu', url: `${web.url}/open-apis/bot/v2/hook/f19aaaaa-bbbb` });

  test('gets a text, signed as its robots want it', async () => {
    const secret = 'zs0Tsecret';

    const sent = await post({ ...hook(), secret }, json({ code: 0, msg: 'success', data: {} }));

    const timestamp = String(testNowMs / 1000);
    const sign = createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');
    expect(sent.failure).toBeNull();
    expect(sent.body).toEqual({ timestamp, sign, msg_type: 'text', content: { text: whole } });
  });

  test('a refusal that comes with 200 is a failure', async () => {
    const { failure } = await post(
      hook(),
      json({ code: 19021, msg: 'sign match fail or timestamp is not within one hour' }),
    );

    expect(failure).toMatch(/refuses it: 19021 sign match fail/);
  });

  test('a name cannot call everybody', async () => {
    const sent = await post(hook(), json({ code: 0 }), { body: '节点 <at user_id="all">所有人</at> 离线' });

    expect((sent.body['content'] as { text: string }).text).not.toMatch(/<\/?at/);
  });
});

describe('wecom', () => {
  const hook = (): WebhookSettings => ({
    kind: 'wecom',
    url: `${web.url}/cgi-bin/webhook/send?key=73febdcb-1b38-4d1b`,
  });

  test('gets a text of at most 2,048 bytes', async () => {
    const short = await post(hook(), json({ errcode: 0, errmsg: 'ok' }));
    const long = await post(hook(), json({ errcode: 0, errmsg: 'ok' }), { body: '警'.repeat(3000) });

    expect(short.body).toEqual({ msgtype: 'text', text: { content: whole } });
    const { content } = long.body['text'] as { content: string };
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2048);
    expect(Buffer.byteLength(content)).toBeGreaterThan(2030);
  });

  test('a list that is too long is cut at the end of a line, and keeps what its last lines say', async () => {
    const hosts = Array.from({ length: 100 }, (_, index) => `警告：节点 host-${index} 离线 1 分钟`);
    const end = ['……另有 400 个节点', '注意：所有节点都没有上报'];

    const sent = await post(hook(), json({ errcode: 0 }), { body: [...hosts, ...end].join('\n') });

    const { content } = sent.body['text'] as { content: string };
    const lines = content.split('\n');
    const shown = lines.slice(1, -3);
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2048);
    expect(Buffer.byteLength(content)).toBeGreaterThan(1990);
    expect(shown).toEqual(hosts.slice(0, shown.length));
    expect(lines.slice(-3)).toEqual([`… (+${100 - shown.length} lines)`, ...end]);
  });

  test('too many messages: a failure, though the status is 200', async () => {
    const { failure } = await post(hook(), json({ errcode: 45009, errmsg: 'api freq out of limit' }));

    expect(failure).toMatch(/refuses it: 45009 api freq out of limit$/);
  });
});

describe('telegram', () => {
  const token = '123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr';
  const hook = (): WebhookSettings => ({ kind: 'telegram', url: web.url, token, chat: '-1001234567890' });

  test("gets plain text at the bot's address", async () => {
    const sent = await post(hook(), json({ ok: true, result: {} }), { body: '*host_1* [离线](x) <b>' });

    expect(sent.deliveries).toMatchObject([{ channel: 'telegram to -1001234567890', failure: null }]);
    expect(sent.path).toBe(`/bot${token}/sendMessage`);
    expect(sent.body).toEqual({
      chat_id: '-1001234567890',
      text: `${message.subject}\n*host_1* [离线](x) <b>`,
      link_preview_options: { is_disabled: true },
    });
  });

  test('a text of more than 4,096 characters is cut', async () => {
    const sent = await post(hook(), json({ ok: true }), { body: '🎉'.repeat(4000) });

    const text = String(sent.body['text']);
    expect(text.length).toBeLessThanOrEqual(4096);
    expect(text.length).toBeGreaterThan(4080);
  });

  test('a refusal has the words of the service', async () => {
    const { failure } = await post(
      hook(),
      json({ ok: false, error_code: 400, description: 'Bad Request: chat not found' }, 400),
    );

    expect(failure).toMatch(/chat not found/);
    expect(failure).not.toContain(token);
  });

  test('an answer of something else is no success', async () => {
    const { failure } = await post(hook(), { body: '<html>login</html>' });

    expect(failure).toMatch(/refuses it: its answer is not that of a bot$/);
  });

  test('the pause that stands in its answer is heeded', async () => {
    const answer = { ok: false, description: 'Too Many Requests: retry after 300', parameters: { retry_after: 300 } };

    const { deliveries } = await post(hook(), json(answer, 429));

    expect(deliveries[0]?.retryAfterMs).toBe(300_000);
    expect(deliveries[0]?.failure).toMatch(/retry after 300; it asks for 5m of peace$/);
  });

  test('a chat that has got another number is told with it', async () => {
    const description = 'Bad Request: group chat was upgraded to a supergroup chat';
    const answer = { ok: false, description, parameters: { migrate_to_chat_id: -1009876543210 } };

    const { failure } = await post(hook(), json(answer, 400));

    expect(failure).toMatch(/supergroup chat; its number is now -1009876543210$/);
  });
});

describe('ntfy', () => {
  const hook = (): WebhookSettings => ({
    kind: 'ntfy',
    url: `${web.url}/base/my_alerts-topic`,
    token: 'tk_0123456789abcdef',
  });

  test("gets topic and title as JSON at the server's root, because a header holds no Chinese", async () => {
    const sent = await post(hook(), json({ id: 'x', event: 'message' }));

    expect(sent.failure).toBeNull();
    expect(sent.path).toBe('/base/');
    expect(sent.body).toEqual({ topic: 'my_alerts-topic', title: message.subject, message: message.body });
    expect(sent.headers).toMatchObject({ authorization: 'Bearer tk_0123456789abcdef' });
  });

  test('what the status says already is not said twice', async () => {
    const { failure } = await post(hook(), json({ code: 40101, http: 401, error: 'unauthorized' }, 401));

    expect(failure).toMatch(/: 401 Unauthorized$/);
  });

  test('a refusal has the words of the service', async () => {
    const { failure } = await post(hook(), json({ code: 40301, http: 403, error: 'reserved topic' }, 403));

    expect(failure).toMatch(/403 Forbidden: reserved topic$/);
  });

  test('an answer of something else is no success', async () => {
    const { failure } = await post(hook(), { body: '<html>login</html>' });

    expect(failure).toMatch(/refuses it: its answer is not that of an ntfy server$/);
  });
});

describe('whatever the kind', () => {
  test('too many messages are told, with the pause that is asked for', async () => {
    const { deliveries } = await post(
      { kind: 'json', url: `${web.url}/hook` },
      { status: 429, headers: { 'retry-after': '120' }, body: 'slow down' },
    );

    expect(deliveries[0]?.failure).toMatch(/429.*too many messages/);
    expect(deliveries[0]?.retryAfterMs).toBe(120_000);
  });

  test('one that cannot be reached does not keep the others', async () => {
    web.answer({ '*': json({ ok: true }) });
    const gone = `http://127.0.0.1:${await freePort()}/secret-path-of-mine`;
    const notifier = notifierOf({
      webhooks: [
        { kind: 'json', url: gone, name: 'gone' },
        { kind: 'json', url: `${web.url}/one` },
        { kind: 'json', url: `${web.url}/two` },
      ],
    });

    const deliveries = await sendAll(notifier);

    expect(notifier.channels[0]).toBe('json gone');
    expect(deliveries.map(({ failure }) => failure === null)).toEqual([false, true, true]);
    expect(JSON.stringify(deliveries)).not.toContain('secret-path');
  });

  test('what one is called goes by its address, not by its place, and shows nothing of it', () => {
    const hooks = ['one', 'two'].map((name) => ({ kind: 'json' as const, url: `${web.url}/s3cret-${name}` }));

    const [first, second] = notifierOf({ webhooks: hooks }).channels;
    const alone = notifierOf({ webhooks: hooks.slice(1) }).channels;

    expect(alone).toEqual([second]);
    expect(first).not.toBe(second);
    expect(`${first}${second}`).not.toContain('s3cret');
  });

  test('only those that were asked for are told', async () => {
    web.answer({ '*': json({ ok: true }) });
    const webhooks = ['one', 'two'].map((name) => ({ kind: 'json' as const, url: `${web.url}/${name}`, name }));
    const notifier = notifierOf({ webhooks });

    await notifier.send(message, ['json two', 'json three'], new AbortController().signal);

    expect(web.requests.map(({ path }) => path)).toEqual(['/two']);
  });

  test('hostile text: no control character, no half character, a subject of one line', async () => {
    const sent = await post(
      { kind: 'json', url: `${web.url}/hook` },
      {},
      {
        subject: `a\r\nb\u0007\u202e${'x'.repeat(500)}`,
        body: 'half \ud83c of one\u001b[2J\r\nnext',
      },
    );

    expect(sent.body['subject']).toMatch(/^a bx+…$/);
    expect(Array.from(String(sent.body['subject']))).toHaveLength(200);
    expect(sent.body['body']).toBe('half \ufffd of one[2J\nnext');
  });

  test('a run that was stopped tells nobody any more, and says of each that it was not told', async () => {
    const notifier = notifierOf({ webhooks: [{ kind: 'json', url: `${web.url}/hook` }] });

    const deliveries = await notifier.send(message, notifier.channels, AbortSignal.abort(new Error('interrupted')));

    expect(deliveries).toMatchObject([{ failure: 'stopped before it was sent: interrupted' }]);
    expect(web.requests).toEqual([]);
  });

  test('a dry run cannot send', async () => {
    const notifier = notifierOf({ webhooks: [{ kind: 'json', url: `${web.url}/hook` }] }, true);

    await expect(sendAll(notifier)).rejects.toThrow('a dry run cannot send a message');
    expect(web.requests).toEqual([]);
  });
});
