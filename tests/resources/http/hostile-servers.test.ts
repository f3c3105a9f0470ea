import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpResult } from '../../../src/core/http.ts';
import { hostileAnswers } from '../../helpers/hostile-answers.ts';
import { startRawServer, type RawServer } from '../../helpers/raw-server.ts';
import { testClient } from '../../helpers/web-client.ts';

let server: RawServer;
beforeAll(async () => void (server = await startRawServer(hostileAnswers)));
afterAll(() => server.stop());

const impatient = { settings: { timeout: { ms: 2000, text: '2s' } } };
const closed = 'the connection was closed';
const reset = 'the connection was reset';
const noHttp = 'what came is no HTTP';
const tooLarge = 'its headers are too large';

describe('without an answer', () => {
  test.each<[string, HttpResult, string]>([
    ['/silent', 'timeout', 'no answer within 2s'],
    ['/dripping-headers', 'timeout', 'no answer within 2s'],
    ['/endless-status-line', 'timeout', 'no answer within 2s'],
    ['/closes', 'broken', closed],
    ['/resets', 'broken', reset],
    ['/resets-in-headers', 'broken', reset],
    ['/endless-header', 'too-large', tooLarge],
    ['/endless-headers', 'too-large', tooLarge],
    ['/megabyte-of-headers', 'too-large', tooLarge],
    ['/http-0.9', 'broken', noHttp],
    ['/http-3', 'broken', noHttp],
    ['/junk', 'broken', noHttp],
    ['/ssh', 'broken', noHttp],
    ['/bare-newlines', 'broken', noHttp],
    ['/two-lengths', 'broken', noHttp],
    ['/negative-length', 'broken', noHttp],
    ['/informational-flood', 'broken', 'what came is no answer'],
    ['/status-0', 'broken', 'what came is no answer'],
    ['/continue', 'broken', closed],
    ['/upgrade', 'broken', closed],
  ])('%s is %s: %s', async (path, result, reason) => {
    const http = await testClient(impatient);

    const answer = await http.get(`${server.url}${path}`);

    expect(answer).toMatchObject({ result, reason, status: null, text: null, isWhole: false });
  });
});

describe('an answer has a time of its own to begin', () => {
  const settings = { answerTimeout: { ms: 1000, text: '1s' } };

  test.each(['/silent', '/dripping-headers'])('%s takes too long', async (path) => {
    const http = await testClient({ settings });

    const answer = await http.get(`${server.url}${path}`);

    expect(answer).toMatchObject({ result: 'timeout', reason: 'no answer within 1s', status: null });
  });

  test('and none to end but that of the whole', async () => {
    const http = await testClient({ settings: { ...settings, timeout: { ms: 3000, text: '3s' } } });

    const answer = await http.get(`${server.url}/dripping-body`);

    expect(answer).toMatchObject({ result: 'ok', reason: '200 OK, not over within 3s', isWhole: false });
  });

  test('unless the request has one', async () => {
    const http = await testClient({ settings });

    const answer = await http.get(`${server.url}/silent`, { timeoutMs: 2000 });

    expect(answer.reason).toBe('no answer within 2s');
  });
});

describe('the answer is known by its status', () => {
  const page = expect.stringContaining('甲');
  const begun = expect.stringMatching(/^begun/);

  test.each([
    ['/resets-in-body', `200 OK, then ${reset}`, page, 'broken', reset],
    ['/short', `200 OK, then ${closed}`, page, 'broken', closed],
    ['/huge-length', `200 OK, then ${closed}`, page, 'broken', closed],
    ['/chunked-junk', `200 OK, then ${noHttp}`, 'begun', 'broken', noHttp],
    ['/huge-chunk', `200 OK, then ${noHttp}`, '', 'broken', noHttp],
    ['/endless-trailers', `200 OK, ${tooLarge}`, 'begun', 'too-large', tooLarge],
    ['/dripping-body', '200 OK, not over within 2s', begun, 'timeout', 'not over within 2s'],
    ['/endless-chunk-extension', '200 OK, not over within 2s', '', 'timeout', 'not over within 2s'],
    ['/endless-body', '200 OK, larger than 2.0 MB', expect.any(String), 'too-large', 'larger than 2.0 MB'],
    ['/endless-chunks', '200 OK, larger than 2.0 MB', expect.any(String), 'too-large', 'larger than 2.0 MB'],
    ['/ten-megabytes', '200 OK, larger than 2.0 MB', expect.any(String), 'too-large', 'larger than 2.0 MB'],
    ['/truncated-gzip', '200 OK, then its compression is broken', begunGzip(), 'broken', 'its compression is broken'],
    [
      '/broken-gzip',
      '200 OK, then its compression is broken',
      expect.any(String),
      'broken',
      'its compression is broken',
    ],
    ['/gzip-bomb', '200 OK, larger than 2.0 MB', '\0'.repeat(2_000_000), 'too-large', 'larger than 2.0 MB'],
    ['/gzip-bomb-twice', '200 OK, larger than 2.0 MB', '\0'.repeat(2_000_000), 'too-large', 'larger than 2.0 MB'],
    ['/brotli-bomb', '200 OK, larger than 2.0 MB', '\0'.repeat(2_000_000), 'too-large', 'larger than 2.0 MB'],
    [
      '/zstd',
      '200 OK, then compressed in a way that is not known',
      null,
      'broken',
      'compressed in a way that is not known',
    ],
    [
      '/four-times',
      '200 OK, then compressed in a way that is not known',
      null,
      'broken',
      'compressed in a way that is not known',
    ],
  ])(
    '%s: %s, with what came of it; where the whole is needed it is no answer',
    async (path, reason, text, result, why) => {
      const http = await testClient(impatient);

      const some = await http.get(`${server.url}${path}`);
      const whole = await http.get(`${server.url}${path}`, { needsWhole: true });

      expect(some).toMatchObject({ result: 'ok', status: 200, reason, text, isWhole: false });
      expect(whole).toMatchObject({ result, status: 200, reason: why, text: null, isWhole: false });
    },
  );

  function begunGzip(): unknown {
    return expect.stringMatching(/^abejqcndsm/);
  }

  test.each([
    ['/resets-in-gzip', reset],
    ['/short-gzip', closed],
  ])('%s: that the connection broke off is no fault of the compression', async (path, why) => {
    const http = await testClient(impatient);

    const answer = await http.get(`${server.url}${path}`);

    expect(answer).toMatchObject({ result: 'ok', reason: `200 OK, then ${why}`, text: begunGzip() });
    expect([answer.isWhole, answer.isGarbled]).toEqual([false, false]);
  });

  test('an error page without an end is an error all the same, also where the whole is needed', async () => {
    const http = await testClient(impatient);

    const answer = await http.get(`${server.url}/endless-error`, { needsWhole: true });

    expect(answer).toMatchObject({ result: 'gone', reason: '404 Not Found, larger than 2.0 MB', isWhole: false });
  });
});

describe('an odd answer that is a good one', () => {
  const page = `<html><title>甲</title>${'y'.repeat(3000)}`;

  test.each([
    ['/no-length', page],
    ['/http-1.0', page],
    ['/gzip', page],
    ['/x-gzip', page],
    ['/deflate', page],
    ['/bare-deflate', page],
    ['/brotli', page],
    ['/gzip-twice', page],
    ['/brotli-in-gzip', page],
    ['/gzip-in-parts', `${page}and more`],
    ['/gzip-that-is-none', page],
    ['/gzip-of-nothing', ''],
    ['/identity', page],
    ['/no-reason', 'ok'],
    ['/early-hints', 'ok'],
    ['/second-answer', 'ok'],
    ['/strange-header-names', 'ok'],
    ['/thousand-cookies', 'body'],
    ['/long', '<html'],
    ['/204-with-body', ''],
    ['/304-with-body', ''],
  ])('%s', async (path, text) => {
    const http = await testClient(impatient);

    const answer = await http.get(`${server.url}${path}`, { needsWhole: true });

    expect(answer).toMatchObject({ result: 'ok', text, isWhole: true });
  });
});

test('a body that nobody wants is not read, and its connection does not stay', async () => {
  const http = await testClient(impatient);

  const answers = await Promise.all(
    ['/endless-body', '/dripping-body', '/gzip-bomb', '/ten-megabytes'].map((path) =>
      http.get(`${server.url}${path}`, { read: 'nothing' }),
    ),
  );

  expect(answers).toMatchObject(answers.map(() => ({ result: 'ok', reason: '200 OK', text: null, isWhole: false })));
  await expect.poll(server.open).toBe(0);
});

test('fifty bombs at once cost little memory', async () => {
  const http = await testClient({ settings: { concurrency: 50, perHost: 50 } });
  const before = process.memoryUsage().rss;
  const reader = { write: () => false };

  const urls = Array.from(
    { length: 50 },
    (_, index) => `${server.url}${['/gzip-bomb', '/gzip-bomb-twice', '/brotli-bomb'][index % 3]}`,
  );
  const answers = await Promise.all(urls.map((url) => http.get(url, { read: reader })));

  expect(new Set(answers.map(({ reason }) => reason))).toEqual(new Set(['200 OK, larger than 2.0 MB']));
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
});

test('a reader that has seen enough ends the reading', async () => {
  const http = await testClient(impatient);
  let seen = '';
  const reader = { write: (text: string) => (seen += text).length > 100_000 };

  const answer = await http.get(`${server.url}/endless-body`, { read: reader });

  expect(answer).toMatchObject({ result: 'ok', reason: '200 OK', text: null, isWhole: false });
  expect(seen.length).toBeLessThan(300_000);
  await expect.poll(server.open).toBe(0);
});

test('a reader gets what came before the limit, also where it is small', async () => {
  const http = await testClient();
  let seen = '';
  const reader = { write: (text: string) => ((seen += text), false) };

  await http.get(`${server.url}/ten-megabytes`, { read: reader, maxBytes: 500 });

  expect(seen).toBe('z'.repeat(500));
});

test('a reader that throws ends its request, and that one alone', async () => {
  const http = await testClient();
  const reader = {
    write: () => {
      throw new Error('a bug of the caller');
    },
  };

  const paths = ['/no-length', '/gzip', '/endless-body', '/gzip-bomb'];
  const ends = await Promise.allSettled(paths.map((path) => http.get(`${server.url}${path}`, { read: reader })));

  expect(ends).toMatchObject(paths.map(() => ({ status: 'rejected', reason: new Error('a bug of the caller') })));
  expect(await http.get(`${server.url}/gzip`)).toMatchObject({ result: 'ok' });
});

test('a port at which nobody listens refuses', async () => {
  const gone = await startRawServer({});
  await gone.stop();
  const http = await testClient();

  expect(await http.get(gone.url)).toMatchObject({ result: 'refused', reason: 'the connection was refused' });
});
