import { expect, onTestFinished, test } from 'vitest';
import { startWebServer, type WebRoutes, type WebServer } from '../../helpers/http-server.ts';
import { testClient } from '../../helpers/web-client.ts';

async function startWeb(routes: WebRoutes): Promise<WebServer> {
  const web = await startWebServer(routes);
  onTestFinished(() => web.stop());
  return web;
}

const to = (location: string, status = 302) => ({ status, headers: { location } });
const page = { body: 'the page' };

test.each<[string, WebRoutes, string, string | null]>([
  ['one permanent', { '/a': to('/page', 301) }, 'moved', '/page'],
  ['one permanent by 308', { '/a': to('/page', 308) }, 'moved', '/page'],
  ['a temporary', { '/a': to('/page') }, 'ok', null],
  ['303 and 307', { '/a': to('/b', 303), '/b': to('/page', 307) }, 'ok', null],
  ['two permanent ones', { '/a': to('/b', 301), '/b': to('/page', 308) }, 'moved', '/page'],
  ['a permanent, then a temporary', { '/a': to('/b', 301), '/b': to('/page') }, 'moved', '/b'],
  ['a temporary, then a permanent', { '/a': to('/b'), '/b': to('/page', 301) }, 'ok', null],
])(
  'a page behind %s redirect: where it has moved to is what the first permanent ones say',
  async (_, routes, result, movedTo) => {
    const web = await startWeb({ ...routes, '/page': page });
    const http = await testClient();

    const answer = await http.get(`${web.url}/a`);

    const moved = movedTo === null ? null : `${web.url}${movedTo}`;
    expect(answer).toMatchObject({
      result,
      movedTo: moved,
      url: `${web.url}/page`,
      text: 'the page',
      reason: '200 OK',
    });
  },
);

test('a permanent redirect to what is gone says both', async () => {
  const web = await startWeb({ '/a': to('/b', 301) });
  const http = await testClient();

  const answer = await http.get(`${web.url}/a`);

  expect(answer).toMatchObject({ result: 'gone', status: 404, movedTo: `${web.url}/b`, url: `${web.url}/b` });
});

test.each([
  ['page', '/dir/page'],
  ['/page', '/page'],
  ['../page', '/page'],
  ['?page=2', '/dir/a?page=2'],
  ['  /page  ', '/page'],
  ['/page#part', '/page'],
  ['/中文/页', '/%E4%B8%AD%E6%96%87/%E9%A1%B5'],
  ['/a b', '/a%20b'],
  ['\\page', '/page'],
  ['http:/page', '/page'],
])('a Location of %j leads where a browser would go', async (location, path) => {
  const bytes = Buffer.from(location).toString('latin1');
  const web = await startWeb({ '*': ({ path: asked }) => (asked === '/dir/a' ? to(bytes) : page) });
  const http = await testClient();

  const answer = await http.get(`${web.url}/dir/a`);

  expect(answer).toMatchObject({ result: 'ok', url: `${web.url}${path}` });
});

test('a Location without a scheme keeps the scheme', async () => {
  const web = await startWeb({ '/page': page });
  web.answer({ '/a': to(`//127.0.0.2:${web.port}/page`), '/b': to(`//127.0.0.1:${web.port}/page`) });
  const http = await testClient();

  const answer = await http.get(`${web.url}/b`);

  expect(answer).toMatchObject({ result: 'ok', text: 'the page' });
});

test.each([
  ['javascript:alert(1)', 'javascript: is not http'],
  ['file:///etc/passwd', 'file: is not http'],
  ['gopher://127.0.0.1:6379/_FLUSHALL', 'gopher: is not http'],
  ['http://user:secret@127.0.0.1/', 'an address with a user name in it: expected one without'],
  ['http://127.0.0.1:6379/', 'nobody serves pages at port 6379'],
  ['http://', 'no address'],
  [`/${'long'.repeat(5000)}`, 'an address of 20001 characters'],
])('a redirect to %s is not followed', async (location, why) => {
  const web = await startWeb({ '/a': to(location) });
  const http = await testClient();

  const answer = await http.get(`${web.url}/a`);

  expect(answer).toMatchObject({ result: 'not-allowed', status: 302, reason: `after a redirect: ${why}`, text: null });
});

test.each<[string, WebRoutes, string, number]>([
  ['to itself', { '/a': to('/a') }, 'its redirects go in a circle', 1],
  ['there and back', { '/a': to('/b'), '/b': to('/a') }, 'its redirects go in a circle', 2],
  ['without an end', { '*': ({ path }) => to(`${path}x`) }, 'more than 5 redirects', 6],
  ['to nowhere', { '/a': { status: 302 } }, '302 Found', 1],
  ['by choice', { '/a': { status: 300 } }, '300 Multiple Choices', 1],
])('a redirect %s leads nowhere', async (_, routes, reason, requests) => {
  const web = await startWeb(routes);
  const http = await testClient();

  const answer = await http.get(`${web.url}/a`);

  expect(answer).toMatchObject({ result: 'broken', reason });
  expect(web.requests).toHaveLength(requests);
});

test('five redirects are followed, or as many as the request says', async () => {
  const web = await startWeb({
    '/5': to('/4'),
    '/4': to('/3'),
    '/3': to('/2'),
    '/2': to('/1'),
    '/1': to('/0'),
    '/0': page,
  });
  const http = await testClient();

  const all = await http.get(`${web.url}/5`);
  const fewer = await http.get(`${web.url}/5`, { maxRedirects: 4 });
  const none = await http.get(`${web.url}/1`, { maxRedirects: 0 });

  expect([all.result, fewer.reason, none.reason]).toEqual([
    'ok',
    'more than 4 redirects',
    'redirects, which is not followed',
  ]);
});

test('a redirect back to the same address with a cookie is what firewalls do, and no circle', async () => {
  const web = await startWeb({
    '/a': ({ headers }) =>
      headers.cookie === 'seen=1; who=robot'
        ? page
        : {
            status: 302,
            headers: { location: '/a', 'set-cookie': ['seen=1; Path=/; HttpOnly', 'who=robot', 'bad name=x'] },
          },
  });
  const http = await testClient();

  const answer = await http.get(`${web.url}/a`);
  const another = await http.get(`${web.url}/a`);

  expect(answer).toMatchObject({ result: 'ok', text: 'the page' });
  expect(another.result).toBe('ok');
  expect(web.requests.map(({ headers }) => headers.cookie)).toEqual([
    undefined,
    'seen=1; who=robot',
    undefined,
    'seen=1; who=robot',
  ]);
});

test('what a request brings along for one server is not shown to another', async () => {
  const other = await startWeb({ '/page': page });
  const web = await startWeb({ '/a': to(`${other.url}/page`) });
  const http = await testClient();

  await http.get(`${web.url}/a`, {
    headers: {
      Authorization: 'Bearer secret',
      'X-Api-Key': 'secret',
      'If-None-Match': '"1"',
      Cookie: 'session=secret',
    },
  });

  expect(web.requests[0]?.headers).toMatchObject({ authorization: 'Bearer secret', 'x-api-key': 'secret' });
  const { headers } = other.requests[0] ?? { headers: {} };
  expect(headers).toMatchObject({ 'if-none-match': '"1"' });
  expect(JSON.stringify(headers)).not.toContain('secret');
});

test.each([
  [302, ['POST here', 'GET ']],
  [303, ['POST here', 'GET ']],
  [307, ['POST here', 'POST here']],
  [308, ['POST here', 'POST here']],
])('a POST that is redirected by %i goes on as browsers do', async (status, expected) => {
  const web = await startWeb({ '/a': to('/page', status), '/page': page });
  const http = await testClient();

  await http.get(`${web.url}/a`, { method: 'POST', body: 'here' });

  expect(web.requests.map(({ method, body }) => `${method} ${body.toString()}`)).toEqual(expected);
});

test('a POST is not sent again to another server', async () => {
  const other = await startWeb({ '*': page });
  const web = await startWeb({ '/a': to(`${other.url}/page`, 307) });
  const http = await testClient();

  const answer = await http.get(`${web.url}/a`, { method: 'POST', body: 'here' });

  expect(answer).toMatchObject({ result: 'broken', reason: 'redirects what was sent to another server' });
  expect(other.requests).toEqual([]);
});

test('the time of a request is for all its redirects together', async () => {
  const web = await startWeb({
    '*': async ({ path }) => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      return to(`${path}x`);
    },
  });
  const http = await testClient({ settings: { timeout: { ms: 2000, text: '2s' } } });

  const answer = await http.get(`${web.url}/a`);

  expect(answer).toMatchObject({ result: 'timeout', reason: 'after a redirect: no answer within 2s' });
});
