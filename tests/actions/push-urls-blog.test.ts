import { beforeEach, describe, expect, test } from 'vitest';
import type { WebRoutes } from '../helpers/http-server.ts';
import { dayMs, hourMs, usePushedBlog } from './pushed-blog.ts';

const pushed = usePushedBlog('sqlite');
const page = (head: string) => ({
  headers: { 'content-type': 'text/html' },
  body: `<html><head>${head}</head></html>`,
});

beforeEach(async () => {
  await pushed().add(
    { id: 1, slug: 'a', createDate: '2026-03-18 10:00:00' },
    { id: 2, slug: 'b', createDate: '2026-03-18 09:00:00' },
  );
});

function lay(answer: WebRoutes[string]): void {
  pushed().web.lay({ '/article/a/': answer, '/article/b/': answer });
}

describe('a blog none of whose addresses can be sent', () => {
  test.each([
    [
      'since all redirect to another origin',
      () => lay({ status: 301, headers: { location: 'https://elsewhere.example/x/' } }),
      /^Baidu: all 2 addresses redirect to https:\/\/elsewhere\.example: correct blog\.url, which is http:/,
    ],
    [
      'since all have their canonical address on another origin',
      () => lay(page('<link rel=canonical href="https://elsewhere.example/x/">')),
      /^Baidu: all 2 addresses have their canonical address at https:\/\/elsewhere\.example: correct blog\.url/,
    ],
    [
      'since robots.txt forbids everything',
      () => pushed().web.lay({ '/robots.txt': { body: 'User-agent: *\nDisallow: /' } }),
      /^Baidu: robots\.txt forbids all 2 addresses to baiduspider, and all others: correct http.*\/robots\.txt$/,
    ],
  ])('%s makes the run fail at once, and is left alone until something is mended', async (_, arrange, message) => {
    const { run, web, ledger } = pushed();
    arrange();

    const failed = await run({}, { engines: 'baidu' });
    const soon = await run({}, { engines: 'baidu', laterMs: hourMs });
    web.reset();
    const mended = await run({ retry: true }, { engines: 'baidu', laterMs: 2 * hourMs });

    expect(failed).toMatchObject({ status: 'failed', error: { kind: 'configuration' } });
    expect(failed.error?.message).toMatch(message);
    expect(failed.counts).toMatchObject({ baiduAccepted: 0, baiduUnfit: 2, baiduClosed: 1 });
    expect(soon).toMatchObject({ status: 'succeeded', counts: { checked: 0, baiduClosed: 1 } });
    expect(mended).toMatchObject({ status: 'succeeded', counts: { baiduAccepted: 2 } });
    expect(Object.values(await ledger('baidu')).every((row) => row.startsWith('accepted'))).toBe(true);
  });

  test.each([
    ['hangs up', (_: unknown, response: { destroy: () => void }) => void response.destroy(), /does not answer at http/],
    ['answers 404', { status: 404 }, /all 2 addresses answer 404 Not Found/],
    ['says noindex everywhere', page('<meta name=robots content=noindex>'), /all 2 addresses say noindex/],
    ['redirects to its own login', { status: 302, headers: { location: '/login/' } }, /all 2 addresses redirect to/],
  ] as [string, WebRoutes[string], RegExp][])(
    'since it %s is told with every run, and makes the fifth in a row fail',
    async (_, answer, message) => {
      const { run, web, engine } = pushed();
      lay(answer);
      const statuses: string[] = [];
      let last = await run({}, { engines: 'baidu' });
      for (let day = 1; day <= 4; day++) {
        statuses.push(`${last.status} ${last.findings.length > 0}`);
        last = await run({}, { engines: 'baidu', laterMs: day * dayMs });
      }
      web.reset();
      const recovered = await run({}, { engines: 'baidu', laterMs: 5 * dayMs });

      expect(statuses).toEqual(Array.from({ length: 4 }, () => 'succeeded true'));
      expect(last).toMatchObject({ status: 'failed', error: { kind: 'upstream' } });
      expect(last.error?.message).toMatch(/^for 5 times or more in a row: Baidu: /);
      expect(last.error?.message).toMatch(message);
      expect(recovered.counts).toMatchObject({ baiduAccepted: 2 });
      expect(await engine('baidu')).toMatchObject({ failures: 0, closed_until: null });
    },
  );
});

describe('an article that is out of order by itself', () => {
  test('is no fault of the blog, however long it stays so', async () => {
    const { run, web, change, engine } = pushed();
    await run({}, { engines: 'baidu' });
    await change(2, { update_date: '2026-03-18 14:00:00' });
    web.lay({ '/article/b/': { status: 301, headers: { location: 'https://elsewhere.example/' } } });

    const reports = [];
    for (let day = 1; day <= 6; day++) reports.push(await run({}, { engines: 'baidu', laterMs: day * dayMs }));

    expect(reports.every(({ status, counts }) => status === 'succeeded' && counts['baiduUnfit'] === 1)).toBe(true);
    expect(await engine('baidu')).toMatchObject({ failures: 0, closed_until: null });
  });

  test('is told alone where others are so for another reason', async () => {
    const { run, web } = pushed();
    web.lay({
      '/article/a/': { status: 404 },
      '/article/b/': { status: 301, headers: { location: 'https://x.example/' } },
    });

    const report = await run({}, { engines: 'baidu' });

    expect(report).toMatchObject({ status: 'succeeded', counts: { baiduUnfit: 2, baiduClosed: 0 } });
    expect(report.findings.map(({ kind }) => kind)).toEqual(['unfit', 'unfit']);
  });
});
