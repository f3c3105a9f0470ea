import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { InterruptedError } from '../../../src/core/errors.ts';
import { hostileAnswers } from '../../helpers/hostile-answers.ts';
import { startRawServer, type RawServer } from '../../helpers/raw-server.ts';
import { testClient } from '../../helpers/web-client.ts';

async function startHostile(): Promise<RawServer> {
  const server = await startRawServer({ ...hostileAnswers, '/503': (it) => void it.end('HTTP/1.1 503 Busy\r\n\r\n') });
  onTestFinished(() => server.stop());
  return server;
}

const endless = { settings: { timeout: { ms: 3_600_000, text: '1h' }, concurrency: 2 } };
const never = () => new Promise<never>(() => undefined);

test.each([
  ['waits for an answer', '/silent'],
  ['gets a body', '/dripping-body'],
  ['gets a great deal', '/endless-chunks'],
])('a signal ends a request that %s at once, with its reason', async (_, path) => {
  const server = await startHostile();
  const http = await testClient(endless);
  const stop = new AbortController();
  const reader = { write: () => false };

  const request = http.get(`${server.url}${path}`, { signal: stop.signal, read: reader, maxBytes: Infinity });
  await expect.poll(server.connections).toBe(1);
  stop.abort(new InterruptedError('SIGTERM'));

  await expect(request).rejects.toThrow('interrupted by SIGTERM');
  await expect.poll(server.open).toBe(0);
});

test('a signal ends those that wait for their turn, for a name or for another try', async () => {
  const server = await startHostile();
  const http = await testClient({ ...endless, random: () => 20, resolve: never });
  const stop = new AbortController();
  const ask = (url: string) => http.get(url, { signal: stop.signal, attempts: 3 });

  const waiting = [1, 2, 3, 4].map(() => ask(`${server.url}/silent`));
  const looking = ask('http://slow.example/');
  const ends = Promise.allSettled([...waiting, looking]);
  await expect.poll(server.connections).toBe(2);
  stop.abort(new InterruptedError('SIGINT'));

  for (const end of await ends) {
    expect(end).toMatchObject({ status: 'rejected', reason: { message: 'interrupted by SIGINT' } });
  }
});

test('a signal ends the wait before another try', async () => {
  const server = await startHostile();
  const http = await testClient({ ...endless, random: () => 20 });
  const stop = new AbortController();

  const request = http.get(`${server.url}/503`, { signal: stop.signal, attempts: 3 });
  const end = Promise.allSettled([request]);
  await expect.poll(server.connections).toBe(1);
  await expect.poll(server.open).toBe(0);
  stop.abort(new InterruptedError('SIGINT'));

  expect(await end).toMatchObject([{ status: 'rejected', reason: { message: 'interrupted by SIGINT' } }]);
});

test('a signal that has been given already lets nothing begin', async () => {
  const server = await startHostile();
  const http = await testClient();

  const request = http.get(server.url, { signal: AbortSignal.abort(new InterruptedError('SIGINT')) });

  await expect(request).rejects.toThrow('interrupted by SIGINT');
  expect(server.connections()).toBe(0);
});

test('closing ends everything that is under way, and nothing begins afterwards', async () => {
  const server = await startHostile();
  const http = await testClient(endless);

  const requests = ['/silent', '/dripping-body', '/silent', '/closes'].map((path) => http.get(`${server.url}${path}`));
  const ends = Promise.allSettled(requests);
  await expect.poll(server.connections).toBe(2);
  await http.close();

  for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: { kind: 'upstream' } });
  await expect(http.get(server.url)).rejects.toThrow('the connections to the web are closed');
  await expect.poll(server.open).toBe(0);
});

test('a process whose client is closed ends by itself', async () => {
  const server = await startHostile();
  const client = JSON.stringify(fileURLToPath(new URL('../../../src/resources/http/open.ts', import.meta.url)));
  const program = `
    import { openHttp } from ${client};
    const time = (ms) => ({ ms, text: '' });
    const settings = { allowPrivate: ['127.0.0.1'], canaries: [], concurrency: 9, perHost: 9, spacing: time(60000),
      timeout: time(60000), connectTimeout: time(60000), answerTimeout: time(60000) };
    const http = await openHttp({ settings, readOnly: true, version: '1', blogUrl: null, elapsedMs: () => performance.now() });
    const get = (path, isTrusted) => http.fetch({ url: '${server.url}' + path, read: 'text', signal: AbortSignal.timeout(1e9), isTrusted });
    for (const path of ['/second-answer', '/endless-body', '/gzip-bomb', '/204-with-body', '/thousand-cookies']) await get(path, true);
    for (const path of ['/silent', '/silent', '/dripping-body']) get(path, path === '/silent').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await http.close();
  `;

  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: 'inherit',
  });
  const [code] = await once(child, 'close');

  expect(code).toBe(0);
});
