import { networkInterfaces } from 'node:os';
import { describe, expect, onTestFinished, test } from 'vitest';
import { pauseBefore } from '../../../src/resources/http/retry.ts';
import { startWebServer, type WebRoutes, type WebServer } from '../../helpers/http-server.ts';
import { startRawServer, type RawAnswer } from '../../helpers/raw-server.ts';
import { testClient } from '../../helpers/web-client.ts';

async function startWeb(routes: WebRoutes): Promise<WebServer> {
  const web = await startWebServer(routes);
  onTestFinished(() => web.stop());
  return web;
}

const soon = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const ms = (value: number) => ({ ms: value, text: `${value}ms` });
const resolve = async () => [{ address: '127.0.0.1', family: 4 }];

/** A web that knows how many were there at once, over all and by host. */
async function countingWeb(tookMs = 30) {
  const now = new Map<string, number>();
  const peaks = new Map<string, number>();
  const starts: { host: string; path: string; atMs: number }[] = [];
  let answerSlow = (): void => undefined;
  const slow = new Promise<void>((done) => (answerSlow = done));
  const count = (key: string, by: number): void => {
    now.set(key, (now.get(key) ?? 0) + by);
    peaks.set(key, Math.max(peaks.get(key) ?? 0, now.get(key) ?? 0));
  };
  const web = await startWeb({
    '*': async ({ headers, path }) => {
      const host = headers.host?.split(':')[0] ?? '';
      starts.push({ host, path, atMs: performance.now() });
      count('all', 1);
      count(host, 1);
      await (path === '/slow' ? slow : soon(tookMs));
      count('all', -1);
      count(host, -1);
      return { body: 'ok' };
    },
  });
  return { web, peak: (key: string) => peaks.get(key) ?? 0, starts, answerSlow };
}

describe('requests wait for their turn', () => {
  test('no more run at once than the configuration says, over all and on one host', async () => {
    const { web, peak, answerSlow } = await countingWeb();
    const http = await testClient({ settings: { concurrency: 6, perHost: 2 }, resolve });

    const busy = Array.from({ length: 20 }, () => `http://busy.example:${web.port}/slow`);
    const others = Array.from({ length: 40 }, (_, index) => `http://host-${index % 4}.example:${web.port}/slow`);
    const answers = Promise.all([...busy, ...others].map((url) => http.get(url)));
    await expect.poll(() => [peak('all'), peak('busy.example')]).toEqual([6, 2]);
    await soon(100);
    answerSlow();

    expect((await answers).every(({ result }) => result === 'ok')).toBe(true);
    expect([peak('all'), peak('busy.example')]).toEqual([6, 2]);
    for (const host of [0, 1, 2, 3]) expect(peak(`host-${host}.example`)).toBeLessThanOrEqual(2);
  });

  test('a host that is slow, and has much to do, keeps no other waiting', async () => {
    const { web, starts, answerSlow } = await countingWeb();
    const http = await testClient({ settings: { concurrency: 4, perHost: 2 }, resolve });

    const slow = Array.from({ length: 4 }, () => http.get(`http://slow.example:${web.port}/slow`));
    const quick = Array.from({ length: 20 }, (_, index) => http.get(`http://quick-${index}.example:${web.port}/`));
    await Promise.all(quick);
    const begun = starts.filter(({ host }) => host === 'slow.example').length;
    answerSlow();
    await Promise.all(slow);

    expect(begun).toBe(2);
  });

  test('the starts on one host are as far apart as the configuration says; others start meanwhile', async () => {
    const { web, starts } = await countingWeb(0);
    const http = await testClient({ settings: { concurrency: 1, spacing: ms(1000) }, resolve });

    const urls = ['one', 'one', 'one', 'two'].map((host) => `http://${host}.example:${web.port}/`);
    await Promise.all(urls.map((url) => http.get(url)));

    const times = starts.filter(({ host }) => host === 'one.example').map(({ atMs }) => atMs);
    expect(starts.map(({ host }) => host)).toEqual(['one.example', 'two.example', 'one.example', 'one.example']);
    for (const [index, at] of times.slice(1).entries()) expect(at - (times[index] ?? 0)).toBeGreaterThan(500);
  });

  test('a redirect goes on at once, and the owner’s own server needs no sparing', async () => {
    const web = await startWeb({ '/a': { status: 302, headers: { location: '/b' } }, '*': { body: 'ok' } });
    const http = await testClient({ settings: { spacing: ms(60_000) } });

    const redirected = await http.get(`${web.url}/a`);
    const own = await Promise.all([1, 2, 3].map((page) => http.get(`${web.url}/${page}`, { isTrusted: true })));

    expect([redirected, ...own].map(({ text }) => text)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  test('a name that is slow to be looked up holds no place', async () => {
    const { web } = await countingWeb(0);
    let answer: () => void = () => undefined;
    const looked = new Promise<void>((done) => (answer = done));
    const http = await testClient({
      settings: { concurrency: 1 },
      resolve: async (host) => {
        if (host === 'slow.example') await looked;
        return resolve();
      },
    });

    const slow = http.get(`http://slow.example:${web.port}/`);
    const quick = await http.get(`http://quick.example:${web.port}/`);
    answer();

    expect([quick.text, (await slow).text]).toEqual(['ok', 'ok']);
  });

  test('thousands may ask at once', async () => {
    const { web, peak } = await countingWeb(0);
    const http = await testClient({ settings: { concurrency: 20, perHost: 4 }, resolve });
    const warnings: unknown[] = [];
    const note = (warning: unknown): void => void warnings.push(warning);
    process.on('warning', note);
    onTestFinished(() => void process.off('warning', note));

    const urls = Array.from({ length: 2000 }, (_, index) => `http://host-${index % 300}.example:${web.port}/`);
    const answers = await Promise.all(urls.map((url) => http.get(url, { read: 'nothing' })));

    expect(answers.every(({ result }) => result === 'ok')).toBe(true);
    expect(peak('all')).toBeLessThanOrEqual(20);
    expect(warnings).toEqual([]);
  });
});

describe('what may pass is tried again', () => {
  test.each([
    ['502', { status: 502 }],
    ['503', { status: 503 }],
    ['504', { status: 504 }],
    ['429 that says when', { status: 429, headers: { 'retry-after': '0' } }],
  ])('%s', async (_, first) => {
    let asked = 0;
    const web = await startWeb({ '*': () => (asked++ === 0 ? first : { body: 'now' }) });
    const http = await testClient();

    const answer = await http.get(web.url, { attempts: 2 });

    expect(answer).toMatchObject({ result: 'ok', text: 'now', attempts: 2, retryAfterMs: null });
  });

  test.each([
    ['a reset', '/resets'],
    ['a connection that is closed', '/closes'],
  ])('%s', async (_, path) => {
    let asked = 0;
    const server = await startRawServer({
      [path]: (socket) => {
        if (asked++ > 0) socket.end('HTTP/1.1 200 OK\r\n\r\nnow');
        else if (path === '/resets') socket.resetAndDestroy();
        else if (path === '/closes') socket.end();
      },
    });
    onTestFinished(() => server.stop());
    const http = await testClient();

    const answer = await http.get(`${server.url}${path}`, { attempts: 2 });

    expect(answer).toMatchObject({ result: 'ok', text: 'now', attempts: 2 });
  });

  test('and a time-out is not: those behind would wait as well', async () => {
    let asked = 0;
    const server = await startRawServer({ '/silent': () => void asked++ });
    onTestFinished(() => server.stop());
    const http = await testClient({ settings: { timeout: ms(400) } });

    const answer = await http.get(`${server.url}/silent`, { attempts: 3 });

    expect([answer.result, answer.attempts, asked]).toEqual(['timeout', 1, 1]);
  });

  test.each([400, 403, 404, 410, 429, 451, 500, 501])('and %i is not', async (status) => {
    const web = await startWeb({ '*': { status } });
    const http = await testClient();

    const answer = await http.get(web.url, { attempts: 3 });

    expect([answer.attempts, web.requests.length]).toEqual([1, 1]);
  });

  test('by default once, and as often as the request says', async () => {
    const web = await startWeb({ '*': { status: 503 } });
    const http = await testClient();
    const { signal } = new AbortController();

    const usual = await http.fetch({ url: web.url, read: 'nothing', signal });
    const patient = await http.fetch({ url: web.url, read: 'nothing', signal, attempts: 3 });

    expect([usual.attempts, patient.attempts, web.requests.length]).toEqual([2, 3, 5]);
  });

  test('a HEAD is, a POST only where nobody took it', async () => {
    const web = await startWeb({ '*': { status: 503 } });
    const gone = await startRawServer({});
    await gone.stop();
    const http = await testClient();
    const post = { method: 'POST', body: 'x', attempts: 2 } as const;

    const head = await http.get(web.url, { method: 'HEAD', attempts: 2 });
    const posted = await http.get(web.url, post);
    const refused = await http.get(gone.url, post);

    expect([head.attempts, posted.attempts, refused.attempts]).toEqual([2, 1, 2]);
  });

  test('the wait before it holds no place', async () => {
    let asked = 0;
    const web = await startWeb({ '/busy': () => (asked++, { status: 503 }), '/other': { body: 'ok' } });
    const http = await testClient({ settings: { concurrency: 1, perHost: 1 } });

    const busy = http.get(`${web.url}/busy`, { attempts: 2 });
    await expect.poll(() => asked).toBe(1);
    await http.get(`${web.url}/other`);
    const meanwhile = asked;
    await busy;

    expect([meanwhile, asked]).toEqual([1, 2]);
  });

  test.each([
    [1, 0, 250],
    [1, 1, 750],
    [2, 0.5, 1000],
    [3, 0.5, 2000],
    [9, 0.5, 10_000],
  ])('the wait before it grows, and differs by chance: after try %i with %d it is %i ms', (tries, chance, expected) => {
    const busy = { failure: null, status: 503, result: 'server-error', retryAfterMs: null } as const;

    expect(pauseBefore(busy, 'GET', tries, () => chance)).toBe(expected);
  });

  // A machine may have no IPv6.
  const own = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
  test.each(['127.0.0.1', '::1'].filter((host) => own.includes(host)))(
    'a server that asks for a short rest gets it, from all requests (%s)',
    async (host) => {
      const times: number[] = [];
      const busy = 'HTTP/1.1 429 Busy\r\nRetry-After: 1\r\nConnection: close\r\n\r\n';
      const answer: RawAnswer = (socket) => {
        times.push(performance.now());
        socket.end(times.length === 1 ? busy : 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n');
      };
      const server = await startRawServer({ '/busy': answer, '/other': answer }, { host });
      onTestFinished(() => server.stop());
      const http = await testClient({ settings: { allowPrivate: [host] } });

      const asked = http.get(`${server.url}/busy`, { attempts: 2 });
      await expect.poll(() => times.length).toBe(1);
      // It closes its end once it has read the answer.
      await expect.poll(server.open).toBe(0);
      await Promise.all([asked, http.get(`${server.url}/other`)]);

      const [first = 0, ...later] = times;
      expect(later).toHaveLength(2);
      for (const at of later) expect(at - first).toBeGreaterThan(950);
    },
  );

  test('one that asks for a long one is not asked again, and it is told', async () => {
    const web = await startWeb({ '*': { status: 503, headers: { 'retry-after': '3600' } } });
    const http = await testClient();

    const answer = await http.get(web.url, { attempts: 3 });

    expect(answer).toMatchObject({ attempts: 1, retryAfterMs: 3_600_000, result: 'server-error' });
  });

  test.each([
    ['Wed, 18 Mar 2026 14:07:09 GMT', 'Wed, 18 Mar 2026 14:05:09 GMT', 120_000],
    ['Wed, 18 Mar 2026 14:00:00 GMT', 'Wed, 18 Mar 2026 14:05:09 GMT', 0],
    ['Wed, 18 Mar 2026 14:07:09 GMT', '', null],
    ['soon', 'Wed, 18 Mar 2026 14:05:09 GMT', null],
    ['-5', '', null],
    ['1.5', '', null],
    ['  7 ', '', 7000],
  ])('a Retry-After of %j at %j is understood by the server’s own clock', async (retryAfter, date, expected) => {
    const web = await startWeb({ '*': { status: 404, headers: { 'retry-after': retryAfter, date } } });
    const http = await testClient();

    expect(await http.get(web.url)).toMatchObject({ retryAfterMs: expected });
  });
});
