import { describe, expect, onTestFinished, test } from 'vitest';
import { startWebServer, type WebRoutes, type WebServer } from '../../helpers/http-server.ts';
import { startRawServer } from '../../helpers/raw-server.ts';
import { testClient } from '../../helpers/web-client.ts';

async function startWeb(routes: WebRoutes = { '*': { body: 'ok' } }): Promise<WebServer> {
  const web = await startWebServer(routes);
  onTestFinished(() => web.stop());
  return web;
}

describe('a request says truthfully who asks', () => {
  test.each([
    [{ blogUrl: 'https://blog.example.test' }, 'blogctl/1.2.3 (+https://blog.example.test)'],
    [{ blogUrl: null }, 'blogctl/1.2.3'],
    [{ blogUrl: 'https://x.test/\r\nX-Evil: 1' }, 'blogctl/1.2.3 (+https://x.test/X-Evil: 1)'],
    [{ blogUrl: 'https://例え.test' }, 'blogctl/1.2.3 (+https://.test)'],
    [{ settings: { userAgent: 'my-checker/1' } }, 'my-checker/1'],
    [{ settings: { userAgent: 'my\r\nX-Evil: 1' } }, 'myX-Evil: 1'],
  ])('%j', async (options, expected) => {
    const web = await startWeb();
    const http = await testClient(options);

    await http.get(web.url);

    expect(web.requests[0]?.headers).toMatchObject({ 'user-agent': expected, 'accept-encoding': 'gzip, deflate, br' });
    expect(web.requests[0]?.headers).not.toHaveProperty('x-evil');
  });
});

test('times longer than a timer can wait are as good as none', async () => {
  const web = await startWeb();
  const month = { ms: 30 * 86_400_000, text: '30d' };
  const http = await testClient({ settings: { timeout: month, connectTimeout: month, answerTimeout: month } });

  expect(await http.get(web.url)).toMatchObject({ result: 'ok', text: 'ok' });
});

test('a request brings its method, its body and its headers along', async () => {
  const web = await startWeb();
  const http = await testClient();

  await http.get(`${web.url}/a?b=c`, {
    method: 'POST',
    body: '{"标题":1}',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
  });

  expect(web.requests[0]).toMatchObject({
    method: 'POST',
    path: '/a?b=c',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'content-length': '12' },
    body: Buffer.from('{"标题":1}'),
  });
});

test('headers that would be none are left out, and those that are the client’s own', async () => {
  const web = await startWeb();
  const http = await testClient();

  const answer = await http.get(web.url, {
    headers: {
      'If-None-Match': '"中文"',
      'If-Modified-Since': 'a\r\nX-Evil: 1',
      'bad name': 'x',
      Host: 'elsewhere.test',
      'Transfer-Encoding': 'chunked',
      'Content-Length': '500',
      'X-Good': ' yes ',
    },
  });

  const { headers } = web.requests[0] ?? { headers: {} };
  expect(answer.result).toBe('ok');
  expect(headers).toMatchObject({ 'x-good': 'yes', host: `127.0.0.1:${web.port}` });
  for (const name of ['if-none-match', 'if-modified-since', 'x-evil', 'transfer-encoding', 'content-length']) {
    expect(headers).not.toHaveProperty([name]);
  }
});

test('an answer has its headers by small names, several of one joined', async () => {
  const web = await startWeb({ '*': { headers: { ETag: '"1"', Link: ['<a>', '<b>'], 'Set-Cookie': ['a=1', 'b=2'] } } });
  const http = await testClient();

  const { headers } = await http.get(web.url);

  expect(headers).toMatchObject({ etag: '"1"', link: '<a>, <b>', 'set-cookie': 'a=1, b=2' });
});

test('an answer to a condition comes as 304', async () => {
  const web = await startWeb({ '*': ({ headers }) => (headers['if-none-match'] === '"1"' ? { status: 304 } : {}) });
  const http = await testClient();

  const answer = await http.get(web.url, { headers: { 'if-none-match': '"1"' } });

  expect(answer).toMatchObject({ result: 'ok', status: 304, reason: '304 Not Modified', text: '' });
});

test('a HEAD has no body, and is not taken for a cut one', async () => {
  const web = await startWeb({ '*': { headers: { 'content-length': '5000000' } } });
  const http = await testClient();

  expect(await http.get(web.url, { method: 'HEAD' })).toMatchObject({ result: 'ok', text: null, isWhole: true });
});

test('a connection is used again, also after a small body that nobody wanted', async () => {
  const page = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere';
  const server = await startRawServer({ '*': (socket) => void socket.write(page) });
  onTestFinished(() => server.stop());
  const http = await testClient();

  const answers = [];
  for (const read of ['text', 'nothing', 'text'] as const) answers.push(await http.get(server.url, { read }));

  expect(answers.map(({ text, isWhole }) => [text, isWhole])).toEqual([
    ['here', true],
    [null, true],
    ['here', true],
  ]);
  expect(server.connections()).toBe(1);
});

test('one that its server has closed meanwhile is not', async () => {
  const page = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere';
  const server = await startRawServer({
    '*': (socket) => {
      socket.write(page);
      setTimeout(() => socket.end(), 20);
    },
  });
  onTestFinished(() => server.stop());
  const http = await testClient();

  await http.get(server.url);
  await expect.poll(server.open).toBe(0);

  expect(await http.get(server.url)).toMatchObject({ result: 'ok', text: 'here', attempts: 1 });
});

test('a proxy that the environment names is not asked', async () => {
  const proxy = await startRawServer({});
  const web = await startWeb();
  for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) process.env[name] = proxy.url;
  onTestFinished(async () => {
    for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) delete process.env[name];
    await proxy.stop();
  });
  const http = await testClient();

  expect(await http.get(web.url)).toMatchObject({ result: 'ok' });
  expect(proxy.connections()).toBe(0);
});
