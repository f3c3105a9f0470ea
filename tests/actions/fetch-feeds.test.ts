import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeBlog, dialects } from '../helpers/blog.ts';
import { openFeedBlog, rss, stored, type FeedBlog } from './feed-blog.ts';

const dates: readonly (readonly [date: string, shanghai: string, newYork: string, izone: string])[] = [
  ['Tue, 17 Mar 2026 22:30:00 GMT', '20260318 06:30:00', '20260317 18:30:00', '20260318 06:30:00'],
  ['2026-03-18T01:02:03.9+08:00', '20260318 01:02:03', '20260317 13:02:03', '20260318 01:02:03'],
  ['18 Mar 26 09:00 EST', '20260318 22:00:00', '20260318 10:00:00', '20260318 22:00:00'],
  // Without a zone it is the blog's, and to izone UTC.
  ['2026-03-18 09:00:00', '20260318 09:00:00', '20260318 09:00:00', '20260318 17:00:00'],
  ['昨天', '', '', ''],
  ['9999-12-31 00:00:00', '', '', ''],
  ['1900-01-01', '', '', ''],
];

describeBlog('sqlite', "a feed's date", () => {
  test.each([
    ['Asia/Shanghai', 1, {}],
    ['America/New_York', 2, {}],
    ['America/New_York', 3, { compat: 'izone' }],
  ] as const)(
    'is told in the zone of a blog in %s, or left out where it is none',
    async (timezone, column, settings) => {
      const hub = await openFeedBlog('sqlite');
      for (const [index, [date]] of dates.entries()) {
        hub.web.answer({ [`/${index}`]: { body: rss(['x'], date) } });
        await hub.add(date, `/${index}`);
      }

      await hub.fetch({ settings, about: { timezone } });
      const rows = await hub.blog.query.selectFrom('blog_feedhub').select('data').orderBy('id').execute();
      await hub.close();

      expect(rows.map(({ data }) => data)).toEqual(dates.map((one) => stored(['x'], one[column])));
    },
  );
});

describeBlog('sqlite', 'who asks for a feed', () => {
  test('is the blog, by its own row where the configuration does not say', async () => {
    const hub = await openFeedBlog('sqlite', { '/a': { body: rss(['x']) } });
    await hub.add('某站', '/a');
    const agent = (): string | undefined => hub.web.requests.at(-1)?.headers['user-agent'];

    await hub.fetch();
    const nameless = agent();
    await hub.blog.query.insertInto('django_site').values({ id: 2, name: 'x', domain: 'blog.example.test' }).execute();
    await hub.fetch({ hours: 1 });
    const byRow = agent();
    await hub.fetch({ hours: 2, about: { url: 'https://other.example' } });
    const byConfig = agent();
    await hub.close();

    expect(nameless).toMatch(/^blogctl\/\S+$/);
    expect(byRow).toMatch(/^blogctl\/\S+ \(\+https:\/\/blog\.example\.test\)$/);
    expect(byConfig).toMatch(/\(\+https:\/\/other\.example\)$/);
  });
});

for (const dialect of dialects) {
  describeBlog(dialect, `fetch-feeds on ${dialect}`, () => {
    let hub: FeedBlog;
    beforeEach(async () => {
      hub = await openFeedBlog(dialect);
    });
    afterEach(() => hub.close());

    test('stores what the blog reads: titles, links and the date in its zone', async () => {
      hub.web.answer({ '/a': { body: rss(['一 & 二', '表情😀'], 'Tue, 17 Mar 2026 22:30:00 GMT') } });
      const id = await hub.add('某站', '/a');

      const run = await hub.fetch();

      expect((await hub.row(id)).data).toBe(stored(['一 & 二', '表情\\ud83d\\ude00'], '20260318 06:30:00'));
      expect(JSON.parse((await hub.row(id)).data ?? '')).toMatchObject({ entries: [{}, { title: '表情😀' }] });
      expect(run).toMatchObject({ status: 'succeeded', findings: [], counts: { fetched: 1, stored: 1, entries: 2 } });
      expect(run.changes).toEqual([
        { what: 'update', target: 'feed 1 (某站)', before: 'nothing', after: '2 entries' },
        { what: 'note', target: 'blogctl_check', after: '1 looked at, 1 with news' },
      ]);
      expect(await hub.evidence(id)).toEqual([{ result: 'ok', verdict: 'alive', reason: 'was read', done: 'stored' }]);
    });

    test('keeps the last good entries whatever comes instead of new ones', async () => {
      const good = stored(['旧的']);
      const replies = {
        '/404': { status: 404 },
        '/500': { status: 500 },
        '/403': { status: 403 },
        '/empty': { body: '' },
        '/page': { body: '<!DOCTYPE html><html><body>搬家了</body></html>' },
        '/cut': { body: rss(['新的']).slice(0, -40) },
        '/none': { body: rss([]) },
        '/half': (_: unknown, response: ServerResponse) => {
          response.writeHead(200, { 'content-length': '1000' });
          response.write(rss(['新的']), () => response.destroy());
        },
        '/heavy': { body: `<rss><channel><item>${'<a>'.repeat(200_000)}` },
      };
      hub.web.answer(replies);
      for (const path of Object.keys(replies)) await hub.add(path, path, { data: good });
      await hub.add('脚本', 'javascript:alert(1)', { data: good });
      await hub.add('内网', 'http://192.168.7.7/', { data: good });

      const run = await hub.fetch();

      const rows = await hub.blog.query.selectFrom('blog_feedhub').select('data').execute();
      expect(rows.map(({ data }) => data)).toEqual(rows.map(() => good));
      expect(run.counts).toMatchObject({ fetched: 11, stored: 0, unchanged: 1, failed: 10 });
      expect(run.findings.map(({ kind, target, message }) => `${kind} ${target} ${message.split(';')[0]}`)).toEqual([
        expect.stringMatching(/^not-read feed 1 \(\/404\) was not fetched: .*404/),
        expect.stringMatching(/^not-read feed 2 \(\/500\) was not fetched: .*500/),
        expect.stringMatching(/^not-read feed 3 \(\/403\) was not fetched: .*403/),
        'not-read feed 4 (/empty) is empty',
        'not-read feed 5 (/page) is a web page, not a feed',
        'not-read feed 6 (/cut) ends in the middle, after 1 entry',
        'empty feed 7 (/none) has no entries any more',
        expect.stringMatching(/^not-read feed 8 \(\/half\) was not fetched: /),
        'not-read feed 9 (/heavy) is nested more than 100 deep',
        expect.stringMatching(/^not-read feed 10 \(脚本\) was not fetched: /),
        expect.stringMatching(/^not-read feed 11 \(内网\) was not fetched: /),
      ]);
      expect((await hub.evidence(3))[0]).toMatchObject({ result: 'blocked', verdict: 'unknown' });
      expect((await hub.evidence(6))[0]).toMatchObject({ result: 'truncated', verdict: 'dead', done: null });
    });

    test('leaves feeds alone that are switched off, and those that are not named', async () => {
      hub.web.answer({ '*': { body: rss(['x']) } });
      await hub.add('一', '/1');
      const off = await hub.add('二', '/2', { isActive: false });
      await hub.add('三', '/3');

      const run = await hub.fetch({ settings: { feeds: ['三', String(off), '没有'] } });

      expect(hub.web.requests.map(({ path }) => path)).toEqual(['/3']);
      expect(run.counts).toMatchObject({ fetched: 1, stored: 1, unknown: 2 });
      expect(run.findings).toEqual([
        { kind: 'switched-off', target: 'feed 2 (二)', message: 'it is switched off in the blog' },
        { kind: 'unknown-feed', target: 'feed 没有', message: 'there is no feed of this id, name or host' },
      ]);
    });

    test('fails where none of the feeds that are named is there', async () => {
      await hub.add('weekly', '/1', { isActive: false });

      const run = await hub.fetch({ settings: { feeds: ['没有'] } });
      const misspelt = await hub.fetch({ settings: { feeds: ['weekli'] } });
      const off = await hub.fetch({ settings: { feeds: ['127.0.0.1'] } });

      expect(run).toMatchObject({ status: 'failed', error: { kind: 'failed' } });
      expect(run.error?.message).toBe('there is no feed of this id, name or host: 没有');
      expect(misspelt.error?.message).toBe('there is no feed of this id, name or host: weekli; did you mean "weekly"?');
      expect(off.error?.message).toBe('feed 1 (weekly) is switched off in the blog');
    });

    test('asks all feeds of a host that is named', async () => {
      hub.web.answer({ '*': { body: rss(['x']) } });
      await hub.add('一', '/1');
      await hub.add('二', '/2');
      await hub.add('三', 'https://posts.example/feed');

      const run = await hub.fetch({ settings: { feeds: ['127.0.0.1'] } });

      expect(hub.web.requests.map(({ path }) => path).toSorted()).toEqual(['/1', '/2']);
      expect(run).toMatchObject({ counts: { fetched: 2 }, summary: '2 feeds asked: 2 stored, 0 unchanged' });
    });

    test('says which status came in place of a feed', async () => {
      hub.web.answer({ '/none': { status: 204 }, '/same': { status: 304 } });
      await hub.add('一', '/none');
      await hub.add('二', '/same');

      const run = await hub.fetch();

      expect(run.findings.map(({ message }) => message.replace(/;.*/, ''))).toEqual([
        'was not sent: it answers 204 No Content',
        'was not sent: it answers 304 Not Modified',
      ]);
    });

    test('keeps as many entries as are wanted, and reads again what has not changed where more are wanted', async () => {
      hub.web.answer({ '/a': { body: rss(['1', '2', '3', '4']) } });
      const id = await hub.add('某站', '/a');

      await hub.fetch({ settings: { items: 2 } });
      const few = (await hub.row(id)).data;
      await hub.fetch({ settings: { items: 3 } });
      const more = (await hub.row(id)).data;
      await hub.fetch({ settings: { items: 1, compat: 'izone' } });

      expect(few).toBe(stored(['1', '2']));
      expect(more).toBe(stored(['1', '2', '3']));
      expect((await hub.row(id)).data).toBe(stored(['1', '2', '3', '4']));
    });

    test('a dry run tells the same and writes nothing', async () => {
      hub.web.answer({
        '/new': { body: rss(['新'], 'Tue, 17 Mar 2026 22:30:00 GMT') },
        '/old': { status: 301, headers: { location: '/new' } },
        '/gone': { status: 410 },
      });
      for (const path of ['/new', '/old', '/gone', '/none']) await hub.add(path, path);
      const before = await hub.blog.dump();

      const dry = await hub.fetch({ dryRun: true });
      const untouched = await hub.blog.dump();
      const run = await hub.fetch();
      const dryAgain = await hub.fetch({ hours: 3, dryRun: true });
      const again = await hub.fetch({ hours: 3 });

      expect(untouched).toEqual(before);
      expect(run.counts).toMatchObject({ stored: 2, moved: 1, failed: 2 });
      for (const [one, other] of [
        [dry, run],
        [dryAgain, again],
      ] as const) {
        expect({ ...one, dryRun: false, durationMs: 0 }).toEqual({ ...other, durationMs: 0 });
      }
    });

    test('an address that the owner alters while it is fetched is left alone', async () => {
      const id = await hub.add('某站', '/a');
      hub.web.answer({
        '/a': async () => {
          await hub.blog.query.updateTable('blog_feedhub').set({ url: 'https://new.example/' }).execute();
          return { body: rss(['旧地址的']) };
        },
      });

      const run = await hub.fetch();

      expect(await hub.row(id)).toEqual({ data: null, url: 'https://new.example/' });
      expect(run.counts).toMatchObject({ fetched: 1, stored: 0 });
      expect(run.findings).toEqual([
        {
          kind: 'altered',
          target: 'feed 1 (某站)',
          message: 'its address was altered meanwhile, or it was switched off: left alone',
        },
      ]);
      expect(run.changes).toEqual([]);
    });

    test('names and answers of strangers break no line and no column', async () => {
      const name = '\u001b[31m坏\n名\u202e';
      hub.web.answer({
        '/a': { status: 301, headers: { location: `/${encodeURIComponent('长'.repeat(100))}` } },
        '*': { body: rss(['x']) },
      });
      await hub.add(name, '/a');
      await hub.add('二', '/404');
      hub.web.answer({ '/404': { status: 404, headers: { etag: '"x"', 'x-y': 'é'.repeat(5000) } } });

      const run = await hub.fetch();

      expect(run.status).toBe('succeeded');
      expect(run.findings.map(({ kind, target }) => `${kind} ${target}`)).toEqual([
        'moved-too-far feed 1 ([31m坏 名)',
        'not-read feed 2 (二)',
      ]);
    });
  });
}
