import type { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import pushUrls from '../../src/actions/push-urls.ts';
import { dyingBefore } from '../helpers/dying.ts';
import { baiduToken, type OddAnswer } from '../helpers/search-engines.ts';
import { runAction, testConfig, testNowMs } from '../helpers/run.ts';
import { dayMs, hourMs, usePushedBlog } from './pushed-blog.ts';

const pushed = usePushedBlog('sqlite');
const minuteMs = 60_000;
const answer = (status: number, value: unknown, headers = {}): OddAnswer => ({
  status,
  body: typeof value === 'string' ? value : JSON.stringify(value),
  headers,
});

beforeEach(async () => {
  await pushed().add(
    { id: 1, slug: 'a', createDate: '2026-03-18 10:00:00' },
    { id: 2, slug: 'b', createDate: '2026-03-18 09:00:00' },
    { id: 3, slug: 'c', createDate: '2026-03-18 08:00:00' },
  );
});

describe('Baidu', () => {
  test.each([
    [
      'no token of its own',
      answer(401, { error: 401, message: 'token is not valid' }),
      /copy it again.*into baiduToken/,
    ],
    [
      'no site of its own',
      answer(400, { error: 400, message: 'site error' }),
      /does not know the site http.*correct baiduSite/,
    ],
    ['nothing there', answer(404, '<html>404</html>'), /nothing at baiduEndpoint \(404 Not Found\)/],
    [
      'a redirect',
      answer(302, '', { location: 'https://elsewhere.example/?token=x' }),
      /a redirect .*correct baiduEndpoint/,
    ],
    [
      'addresses of another site',
      answer(200, { success: 0, remain: 9, not_same_site: ['http://x/article/a/'] }),
      /none of the site .*such as http:\/\/x\/article\/a\/: http or https, www or not/,
    ],
  ])('that says %s makes the run fail once, and is left alone until something is mended', async (_, odd, message) => {
    const { run, web, ledger } = pushed();
    web.baidu.odd.push(odd);

    const failed = await run();
    const soon = await run({}, { laterMs: hourMs });
    const retried = await run({ retry: true }, { laterMs: hourMs + minuteMs });

    expect(failed).toMatchObject({ status: 'failed', error: { kind: 'configuration' } });
    expect(failed.error?.message).toMatch(message);
    // The other engine was served all the same, and the record has its counts.
    expect(failed.counts).toMatchObject({ baiduAccepted: 0, baiduWaiting: 3, baiduClosed: 1, indexNowAccepted: 3 });
    expect(soon).toMatchObject({ status: 'succeeded', counts: { baiduWaiting: 3, baiduClosed: 1 } });
    expect(soon.findings).toMatchObject([{ kind: 'engine-closed', target: 'Baidu' }]);
    expect(soon.findings[0]?.message).toMatch(/^left alone until 2026-03-18 20:05: .*--retry tries again$/);
    expect(retried.counts).toMatchObject({ baiduAccepted: 3, baiduClosed: 0 });
    expect(web.baidu.asked).toBe(3);
    expect(await ledger('baidu')).toMatchObject({ '/article/a/': 'accepted 2026-03-18T02:00:00.000Z 2' });
  });

  test('that says the token itself, in whatever way it is written in JSON, is not repeated', async () => {
    const { run, web, engine } = pushed();
    const [first = '', ...rest] = baiduToken;
    const written = `\\u00${first.charCodeAt(0).toString(16)}${rest.join('')}`;
    web.baidu.odd.push(answer(401, `{"error":401,"message":"token ${written} is not valid"}`));

    const report = await run({}, { engines: 'baidu' });

    expect(report.error?.message).toContain('(401 "token *** is not valid")');
    expect(JSON.stringify([report, await engine('baidu')])).not.toContain(baiduToken);
  });

  test('with another token is tried at once', async () => {
    const { run, web } = pushed();
    const first = await run({ baiduToken: 'another-one-4711' }, { engines: 'baidu' });

    const second = await run({}, { engines: 'baidu', laterMs: minuteMs });

    expect(first.error?.message).toMatch(/^Baidu: it does not accept the token \(401 "token is not valid"\)/);
    expect(second.counts).toMatchObject({ baiduAccepted: 3 });
    expect(web.baidu.asked).toBe(3);
  });

  test.each([
    ['HTML', answer(200, '<html>welcome to our hotel</html>'), 'its answer is not the JSON that was expected'],
    ['a list', answer(200, [1, 2]), 'its answer is not the JSON that was expected'],
    ['other numbers', answer(200, { success: '3', remain: -1 }), 'its answer is not the JSON that was expected'],
    ['that it took none', answer(200, { success: 0, remain: 5 }), 'it took none of the addresses and does not say why'],
    ['an unknown error', answer(400, { error: 400, message: 'so so' }), 'it answers 400 "so so"'],
    ['too much', answer(429, 'slow down'), 'it answers 429 Too Many Requests'],
    ['JSON without an end', endlessJson, /its answer is not the JSON/],
    ['nothing and hangs up', (response) => response.destroy(), /the connection was (reset|closed)/],
  ] satisfies [string, OddAnswer, string | RegExp][])(
    'that answers %s is tried again by a later run',
    async (_, odd, reason) => {
      const { run, web } = pushed();
      web.baidu.odd.push(odd);

      const first = await run({}, { engines: 'baidu' });
      const soon = await run({}, { engines: 'baidu', laterMs: 9 * minuteMs });
      const later = await run({}, { engines: 'baidu', laterMs: 10 * minuteMs });

      expect(first).toMatchObject({
        status: 'succeeded',
        counts: { baiduAccepted: 0, baiduWaiting: 3, baiduClosed: 1 },
      });
      expect(first.findings).toEqual([
        {
          kind: 'engine-trouble',
          target: 'Baidu',
          message: reason instanceof RegExp ? expect.stringMatching(reason) : `${reason}; a later run tries again`,
        },
      ]);
      expect(soon).toMatchObject({ changes: [], findings: [], counts: { baiduClosed: 1 } });
      expect(later.counts).toMatchObject({ baiduAccepted: 3 });
    },
  );

  test('that hangs holds a run no longer than a request may take', async () => {
    const { run, web, blog } = pushed();
    const http = { ...testConfig({ blog }).http, timeout: { ms: 2000, text: '2s' } };
    web.baidu.odd.push(() => undefined);

    const report = await run({}, { engines: 'baidu', config: { http } });

    expect(report.findings).toMatchObject([{ kind: 'engine-trouble', message: expect.stringContaining('within 2s') }]);
  });

  test('that says 500 once is asked again at once, as its documentation advises', async () => {
    const { run, web } = pushed();
    web.baidu.odd.push(answer(500, { error: 500, message: 'internal error' }));

    const report = await run({}, { engines: 'baidu' });

    expect(report).toMatchObject({ findings: [], counts: { baiduAccepted: 3 } });
    expect(web.baidu.asked).toBe(3);
  });

  test('that stays in trouble is asked more and more rarely, and after five times the run fails', async () => {
    const { run, web, engine } = pushed();
    const statuses: string[] = [];
    for (let run5 = 0; run5 < 5; run5++) {
      web.baidu.odd.push(answer(503, ''), answer(503, ''));
      const { status } = await run({}, { engines: 'baidu', laterMs: run5 * dayMs });
      const { closed_until: until } = (await engine('baidu')) ?? {};
      statuses.push(`${status} ${(Date.parse(String(until)) - testNowMs - run5 * dayMs) / minuteMs}`);
    }

    const recovered = await run({}, { engines: 'baidu', laterMs: 5 * dayMs });

    expect(statuses).toEqual(['succeeded 10', 'succeeded 20', 'succeeded 40', 'succeeded 80', 'failed 160']);
    expect(recovered.counts).toMatchObject({ baiduAccepted: 3 });
    expect(await engine('baidu')).toMatchObject({ failures: 0, closed_until: null, reason: null });
  });

  test('whose quota others use up meanwhile is left alone until its midnight', async () => {
    const { run, web, engine } = pushed();
    web.baidu.odd.push(answer(200, { success: 1, remain: 2 }), answer(400, { error: 400, message: 'over quota' }));

    const report = await run({}, { engines: 'baidu' });

    expect(report).toMatchObject({ status: 'succeeded', findings: [] });
    expect(report.counts).toMatchObject({ baiduAccepted: 1, baiduWaiting: 2, baiduClosed: 1 });
    expect(await engine('baidu')).toMatchObject({ closed_because: 'quota', closed_until: '2026-03-18T16:00:00.000Z' });
  });

  test('remembers in later runs of the day how many it takes', async () => {
    const { run, web, add } = pushed();
    await run({ limit: 1 }, { engines: 'baidu' });
    await add({ id: 4, slug: 'd', createDate: '2026-03-18 11:00:00' });

    await run({}, { engines: 'baidu', laterMs: hourMs });

    expect(web.baidu.batches.map((batch) => batch.length)).toEqual([1, 3]);
  });

  test('is told no more of an address that is not valid until it is changed', async () => {
    const { run, web, change, ledger } = pushed();
    await change(2, { slug: 'invalid' });

    const first = await run({}, { engines: 'baidu' });
    const second = await run({}, { engines: 'baidu', laterMs: hourMs });
    await change(2, { update_date: '2026-03-18 15:00:00' });
    const third = await run({}, { engines: 'baidu', laterMs: 2 * hourMs });

    expect(first.counts).toMatchObject({ baiduAccepted: 2, baiduRefused: 1, baiduWaiting: 0 });
    expect(first.findings).toEqual([
      { kind: 'refused', target: `${web.url}/article/invalid/`, message: 'Baidu says that it is not valid' },
    ]);
    expect([second.counts['baiduCandidates'], third.counts['baiduRefused']]).toEqual([0, 1]);
    expect(await ledger('baidu')).toMatchObject({
      '/article/invalid/': 'refused 2026-03-18T07:00:00.000Z 2 Baidu says that it is not valid',
    });
  });

  test('that takes all but one as not of the site is told the others at once, and that one no more', async () => {
    const { run, web, ledger, engine } = pushed();
    const foreign = { not_same_site: [`${web.url}/article/b/`] };
    web.baidu.odd.push(answer(200, { success: 1, remain: 99 }), answer(200, { success: 1, remain: 98, ...foreign }));

    const first = await run({}, { engines: 'baidu' });
    const second = await run({}, { engines: 'baidu', laterMs: hourMs });

    expect(first).toMatchObject({
      status: 'succeeded',
      counts: { baiduAccepted: 2, baiduRefused: 1, baiduWaiting: 0 },
    });
    expect(first.findings).toEqual([
      {
        kind: 'not-same-site',
        target: `${web.url}/article/b/`,
        message: expect.stringMatching(/^it is none of the site http.*must be as verified there$/),
      },
    ]);
    expect(second.counts).toMatchObject({ baiduCandidates: 0 });
    expect(web.baidu.asked).toBe(2);
    expect(await engine('baidu')).toMatchObject({ remain: 98, closed_until: null });
    expect(await ledger('baidu')).toMatchObject({
      '/article/b/': expect.stringMatching(/^refused .* 1 it is none of the site/),
      '/article/c/': 'accepted 2026-03-18T00:00:00.000Z 1',
    });
  });

  test('whose first address of the day is not of the site is told the others', async () => {
    const { run, web, engine } = pushed();
    web.baidu.odd.push(answer(200, { success: 0, remain: 50, not_same_site: [`${web.url}/article/a/`] }));

    const report = await run({}, { engines: 'baidu' });

    expect(report).toMatchObject({
      status: 'succeeded',
      counts: { baiduAccepted: 2, baiduRefused: 1, baiduWaiting: 0 },
    });
    expect(report.findings).toMatchObject([{ kind: 'not-same-site', target: `${web.url}/article/a/` }]);
    expect(report.changes).toContainEqual({ what: 'set aside', target: `${web.url}/article/a/`, after: 'Baidu' });
    expect(web.baidu.batches.flat()).toEqual([`${web.url}/article/b/`, `${web.url}/article/c/`]);
    expect(await engine('baidu')).toMatchObject({ closed_until: null, failures: 0 });
  });

  test('that drips until the time is over is in trouble for that', async () => {
    const { run, web, blog } = pushed();
    const http = { ...testConfig({ blog }).http, timeout: { ms: 2000, text: '2s' } };
    web.baidu.odd.push((response) => void response.writeHead(200, { 'content-type': 'application/json' }).write(' '));

    const report = await run({}, { engines: 'baidu', config: { http } });

    expect(report.findings).toMatchObject([
      { kind: 'engine-trouble', message: '200 OK, not over within 2s; a later run tries again' },
    ]);
  });

  test('that speaks of another number than it should is believed, and that is told', async () => {
    const { run, web } = pushed();
    web.baidu.odd.push(answer(200, { success: 1, remain: 10 }), answer(200, { success: 1, remain: 9 }));

    const report = await run({}, { engines: 'baidu' });

    expect(report.counts).toMatchObject({ baiduAccepted: 3 });
    expect(report.findings).toMatchObject([
      { kind: 'engine-remark', message: '2 addresses should have been taken, but it speaks of 1' },
    ]);
  });
});

describe('IndexNow', () => {
  test.each([
    [403, 'does not accept the key (403 Forbidden: wrong key)'],
    [422, 'are not of the key’s host'.replace('’', "'")],
    [400, 'does not understand the request (400 Bad Request'],
    [404, 'nothing at indexNowEndpoint'],
  ])('that answers %i is a matter of the configuration', async (status, message) => {
    const { run, web } = pushed();
    web.indexNow.odd.push(answer(status, { code: 'x', message: 'wrong key' }));

    const failed = await run({}, { engines: 'indexNow' });
    const soon = await run({}, { engines: 'indexNow', laterMs: hourMs });
    const later = await run({}, { engines: 'indexNow', laterMs: 6 * hourMs });

    expect(failed).toMatchObject({ status: 'failed', error: { kind: 'configuration' } });
    expect(failed.error?.message).toContain(message);
    expect(soon).toMatchObject({ status: 'succeeded', counts: { indexNowClosed: 1 } });
    expect(later.counts).toMatchObject({ indexNowAccepted: 3 });
  });

  test.each([
    [
      'a web page',
      '<html>welcome</html>',
      { 'content-type': 'text/html' },
      'its answer is a web page: is indexNowEndpoint',
    ],
    ['a page by its look', ' <!DOCTYPE html><p>hi', {}, 'its answer is a web page: is indexNowEndpoint right?'],
    [
      'a document',
      'x'.repeat(100_000),
      { 'content-type': 'text/plain' },
      'its answer is a document of 100000 characters',
    ],
  ])('that answers with %s has taken nothing', async (_, body, headers, message) => {
    const { run, web, ledger } = pushed();
    web.indexNow.odd.push({ status: 200, body, headers });

    const report = await run({}, { engines: 'indexNow' });

    expect(report).toMatchObject({
      status: 'failed',
      error: { kind: 'configuration' },
      counts: { indexNowAccepted: 0 },
    });
    expect(report.error?.message).toContain(message);
    expect(await ledger('indexnow')).toMatchObject({ '/article/a/': expect.stringMatching(/^waiting/) });
  });

  test.each([
    ['nothing, and calls that HTML', '', { 'content-type': 'text/html' }],
    ['JSON', '{"success":true}', { 'content-type': 'application/json' }],
    ['a word', 'OK', { 'content-type': 'text/plain' }],
  ])('that answers with %s has taken all', async (_, body, headers) => {
    const { run, web } = pushed();
    web.indexNow.odd.push({ status: 200, body, headers });

    expect((await run({}, { engines: 'indexNow' })).counts).toMatchObject({ indexNowAccepted: 3 });
  });

  test('that asks to be left alone is, for as long as it says', async () => {
    const { run, web, engine } = pushed();
    web.indexNow.odd.push(answer(429, '', { 'retry-after': '7200' }));

    const report = await run({}, { engines: 'indexNow' });

    expect(report.findings).toMatchObject([{ kind: 'engine-trouble' }]);
    expect(await engine('indexnow')).toMatchObject({ closed_until: new Date(testNowMs + 2 * hourMs).toISOString() });
  });

  test('that has yet to confirm the key says so once', async () => {
    const { run, web, change } = pushed();
    web.indexNow.isPending = true;

    const first = await run({}, { engines: 'indexNow' });
    await change(1, { update_date: '2026-03-18 15:00:00' });
    const second = await run({}, { engines: 'indexNow', laterMs: hourMs });

    expect(first.counts).toMatchObject({ indexNowAccepted: 3 });
    expect(first.findings).toMatchObject([{ kind: 'key-pending' }]);
    expect(second).toMatchObject({ findings: [], counts: { indexNowAccepted: 1 } });
  });

  test.each([
    ['lacks', { status: 404 }, /^IndexNow: the key file .*\.txt answers 404 Not Found: it must hold the key$/],
    ['has another key in', { body: 'another' }, /does not hold the key that indexNowKey has$/],
    ['redirects', { status: 301, headers: { location: '/' } }, /answers 301/],
  ])('is not asked while the blog %s its key file', async (_, reply, message) => {
    const { run, web } = pushed();
    const [path = ''] = Object.keys({ [`/${web.settings.indexNow['indexNowKey']}.txt`]: 1 });
    web.lay({ [path]: reply });

    const report = await run({}, { engines: 'indexNow' });

    expect(report.error?.message).toMatch(message);
    expect(web.indexNow.asked).toBe(0);
  });

  test('takes only addresses below the folder of the key file', async () => {
    const { run, web } = pushed();
    web.lay({ '/article/a/key.txt': { body: web.settings.indexNow['indexNowKey'] ?? '' } });

    const report = await run({ indexNowKeyLocation: `${web.url}/article/a/key.txt` }, { engines: 'indexNow' });

    expect(web.indexNow.batches).toEqual([[`${web.url}/article/a/`]]);
    expect(report.counts).toMatchObject({ indexNowAccepted: 1, indexNowUnfit: 2 });
  });
});

describe('settings', () => {
  test.each([
    [{}, /push-urls knows no search engine to push to/],
    [{ baiduSite: 'x.example' }, /baiduSite is given, but no baiduToken/],
    [{ indexNowKeyLocation: 'https://x.example/k.txt' }, /indexNowKeyLocation is given, but no indexNowKey/],
    [{ baiduToken, baiduSite: 'https://other.example' }, /baiduSite is https:\/\/other\.example, but the blog is at/],
    [
      { indexNowKey: 'key-key-key', indexNowKeyLocation: 'https://x.example/k.txt' },
      /indexNowKeyLocation is not on the blog's own address/,
    ],
  ])('such as %j are refused in a sentence, before anything is asked', async (settings, message) => {
    const { blog, web } = pushed();

    const report = await runAction(pushUrls, { blog, settings, about: { url: web.url } });

    expect(report).toMatchObject({ status: 'failed', error: { kind: 'configuration' } });
    expect(report.error?.message).toMatch(message);
    expect(report.error?.message).not.toContain('blanks');
    expect(web.seen()).toEqual([]);
  });
});

test('a run that is killed anywhere loses nothing, and what was on its way goes once more at the most', async () => {
  const { run, web, blog } = pushed();
  await blog.rows('select 1');
  let deaths = 0;
  for (let nth = 1; ; nth++) {
    const { action, hasDied } = dyingBefore(pushUrls, nth);
    const killed = await runAction(action, {
      blog,
      about: { url: web.url },
      settings: web.settings.both,
      job: 'push-urls',
    });
    if (!hasDied()) break;
    expect(killed.status).toBe('failed');
    deaths++;

    const after = await run();
    const taken = web.baidu.batches.flat().sort();

    expect(after.status).toBe('succeeded');
    expect(new Set(taken).size).toBe(3);
    expect(taken.length).toBeLessThanOrEqual(3 + 2);
    expect(new Set(web.indexNow.batches.flat()).size).toBe(3);
    expect((await run({}, { laterMs: hourMs })).changes).toEqual([]);
    web.baidu.batches.length = 0;
    web.indexNow.batches.length = 0;
    await blog.query.deleteFrom('blogctl_push').execute();
    await blog.query.deleteFrom('blogctl_push_engine').execute();
  }

  expect(deaths).toBeGreaterThan(20);
});

function endlessJson(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  pipeline(Readable.from(endless()), response, () => undefined);
}

function* endless(): Generator<string> {
  yield '{"success": [';
  for (;;) yield `"${'x'.repeat(64_000)}",`;
}
