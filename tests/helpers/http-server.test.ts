import { expect, test } from 'vitest';
import { startWebServer } from './http-server.ts';

test('answers by path and query, and keeps what it was asked', async () => {
  const web = await startWebServer({
    '/page': { body: 'plain' },
    '/page?again': { status: 500, headers: { 'x-kind': 'broken' }, body: 'with a query' },
    '/echo': ({ body }) => ({ status: 201, body }),
  });

  const plain = await fetch(`${web.url}/page?unknown`);
  const again = await fetch(`${web.url}/page?again`);
  const echo = await fetch(`${web.url}/echo`, { method: 'POST', body: '一行' });
  const missing = await fetch(`${web.url}/nowhere`, { method: 'HEAD' });
  await web.stop();

  expect(await plain.text()).toBe('plain');
  expect([again.status, again.headers.get('x-kind')]).toEqual([500, 'broken']);
  expect([echo.status, await echo.text()]).toEqual([201, '一行']);
  expect(missing.status).toBe(404);
  expect(web.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /page?unknown',
    'GET /page?again',
    'POST /echo',
    'HEAD /nowhere',
  ]);
});

test('can be stopped while a request waits for its answer', async () => {
  const web = await startWebServer({ '/never': () => undefined });
  const request = fetch(`${web.url}/never`).catch((error: unknown) => error);
  await expect.poll(() => web.requests.length).toBe(1);

  await web.stop();

  expect(await request).toBeInstanceOf(Error);
});
