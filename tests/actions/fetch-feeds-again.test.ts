import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InterruptedError } from '../../src/core/errors.ts';
import { isoUtc } from '../../src/core/host.ts';
import { describeBlog, dialects } from '../helpers/blog.ts';
import { refuseRow } from '../helpers/refuse-row.ts';
import { testConfig, testNowMs } from '../helpers/run.ts';
import { openFeedBlog, rss, stored, type FeedBlog } from './feed-blog.ts';

const webSettings = testConfig({ blog: { url: 'sqlite:x' } }).http;
const date = 'Tue, 17 Mar 2026 08:00:00 GMT';

for (const dialect of dialects) {
  describeBlog(dialect, `fetch-feeds time and again on ${dialect}`, () => {
    let hub: FeedBlog;
    beforeEach(async () => {
      hub = await openFeedBlog(dialect);
    });
    afterEach(() => hub.close());

    // The same web by another name.
    const twoHosts = { ...webSettings, allowPrivate: ['127.0.0.0/8', '::1/128'] };
    const elsewhere = (): string => hub.web.url.replace('127.0.0.1', 'localhost');

    /** The paths that were asked for since the last call. */
    let seen = 0;
    beforeEach(() => {
      seen = 0;
    });
    function asked(): readonly string[] {
      const since = hub.web.requests.slice(seen);
      seen = hub.web.requests.length;
      return since.map(({ path }) => path);
    }

    test('stores the others where the database refuses one, and that one when it may', async () => {
      hub.web.answer(Object.fromEntries(['/a', '/b', '/c'].map((path) => [path, { body: rss([path]) }])));
      const ids = [await hub.add('甲', '/a'), await hub.add('乙', '/b'), await hub.add('丙', '/c')];
      const allow = await refuseRow(hub.blog, { table: 'blog_feedhub', key: 'id', id: ids[1] ?? 0 });

      const first = await hub.fetch();
      const alone = await hub.fetch({ hours: 1 });
      await allow();
      const then = await hub.fetch({ hours: 2 });

      expect([first.status, first.counts['stored'], then.counts['stored']]).toEqual(['succeeded', 2, 1]);
      expect([alone.status, alone.error?.message]).toEqual(['failed', expect.stringContaining('not this one')]);
      expect(first.findings).toEqual([
        {
          kind: 'not-stored',
          target: 'feed 2 (乙)',
          message: 'could not be stored: not this one; a later run tries again',
        },
      ]);
      const rows = await Promise.all(ids.map((id) => hub.row(id)));
      expect(rows.map(({ data }) => data)).toEqual([stored(['/a']), stored(['/b']), stored(['/c'])]);
    });

    test('asks whether a feed has changed, and writes nothing where it has not', async () => {
      hub.web.answer({
        '/a': ({ headers }) =>
          headers['if-none-match'] === '"1"' && headers['if-modified-since'] === date
            ? { status: 304 }
            : { headers: { etag: '"1"', 'last-modified': date }, body: rss(['一']) },
      });
      const id = await hub.add('某站', '/a');

      const first = await hub.fetch();
      const second = await hub.fetch({ hours: 1 });
      await hub.blog.query.updateTable('blog_feedhub').set({ data: null }).execute();
      const emptied = await hub.fetch({ hours: 2 });

      expect(first.counts).toMatchObject({ stored: 1, unchanged: 0 });
      expect(second.counts).toMatchObject({ fetched: 1, stored: 0, unchanged: 1 });
      expect(second.changes).toEqual([{ what: 'note', target: 'blogctl_check', after: '1 looked at, 0 with news' }]);
      expect(emptied.counts).toMatchObject({ stored: 1 });
      expect((await hub.row(id)).data).toBe(stored(['一']));
      const conditions = hub.web.requests.map(({ headers }) => headers['if-none-match'] ?? null);
      expect(conditions).toEqual([null, '"1"', null]);
    });

    test('knows the same body again where a server knows no conditions', async () => {
      hub.web.answer({ '/a': { body: rss(['一'], 'Tue, 17 Mar 2026 22:30:00 GMT') } });
      const id = await hub.add('某站', '/a');

      await hub.fetch();
      const same = await hub.fetch({ hours: 1 });
      hub.web.answer({ '/a': { body: rss(['二']) } });
      const other = await hub.fetch({ hours: 2 });

      expect(same.counts).toMatchObject({ stored: 0, unchanged: 1 });
      expect(other.counts).toMatchObject({ stored: 1, unchanged: 0 });
      expect((await hub.row(id)).data).toBe(stored(['二']));
    });

    test('keeps no password of an address, says what is wrong with it, and still knows it again', async () => {
      const id = await hub.add('某站', 'https://me:s3cret@127.0.0.1/feed');

      const first = await hub.fetch();
      const second = await hub.fetch({ hours: 0.1 });

      const { link } = await hub.blog.query.selectFrom('blogctl_check').select('link').executeTakeFirstOrThrow();
      expect(link).toBe('https://me:***@127.0.0.1/feed');
      expect(first.findings[0]?.message).toContain('an address with a user name in it: expected one without');
      expect(JSON.stringify([first, await hub.evidence(id)])).not.toContain('s3cret');
      expect(second.counts).toMatchObject({ fetched: 0, waiting: 1 });
    });

    test('remembers what it has seen where it is ended half-way', async () => {
      const control = new AbortController();
      for (let id = 1; id <= 60; id++) await hub.add(`feed ${id}`, `/${id}`);
      hub.web.answer({
        '*': { body: rss(['一']) },
        '/2': { status: 500 },
        '/60': async () => {
          while ((await hub.row(40)).data === null) await setImmediate();
          control.abort(new InterruptedError('SIGTERM'));
          return { status: 404 };
        },
      });

      const run = await hub.fetch({
        host: { signal: control.signal },
        config: { http: { ...webSettings, perHost: 1 } },
      });
      asked();
      await hub.fetch();

      expect(run.status).toBe('interrupted');
      expect(asked()).not.toContain('/2');
      expect(await hub.evidence(25)).toHaveLength(1);
    });

    test('remembers the last hundred looks of a feed and a few, however often it had news', async () => {
      hub.web.answer({ '/a': { status: 500 } });
      const id = await hub.add('某站', '/a');
      await hub.fetch();
      const look = { site: 'test-blog', kind: 'feed', target_id: id, result: 'ok', verdict: 'alive' } as const;
      const looks = Array.from({ length: 130 }, (_, index) => {
        return { ...look, at: isoUtc(testNowMs - index * 3_600_000), reason: 'was read', done: 'stored' };
      });
      await hub.blog.query.insertInto('blogctl_evidence').values(looks).execute();

      await hub.fetch({ settings: { all: true }, hours: 1 });

      const kept = await hub.evidence(id);
      expect(kept).toHaveLength(100);
      expect(kept.filter(({ result }) => result === 'server-error')).toHaveLength(2);
    });

    test('tells once that a feed has no entries any more, in its time line, too', async () => {
      hub.web.answer({ '/a': { body: rss(['一']) } });
      const id = await hub.add('某站', '/a');
      await hub.fetch();

      hub.web.answer({ '/a': { body: rss([]) } });
      const emptied = await hub.fetch({ hours: 1 });
      const same = await hub.fetch({ hours: 2 });
      hub.web.answer({ '/a': { body: rss(['二']).replaceAll('https:', 'javascript:') } });
      const unusable = await hub.fetch({ hours: 3 });

      const about = { kind: 'empty', target: 'feed 1 (某站)' };
      expect(emptied.findings).toEqual([{ ...about, message: 'has no entries any more; its last ones stay' }]);
      expect(same.findings).toEqual([]);
      const message = 'has no entries with an address of the web any more (1 without); its last ones stay';
      expect(unusable.findings).toEqual([{ ...about, message }]);
      expect((await hub.evidence(id)).map(({ result, reason }) => `${result}: ${reason}`)).toEqual([
        'ok: was read',
        'empty: has no entries any more; its last ones stay',
        `empty: ${message}`,
      ]);
      expect((await hub.row(id)).data).toBe(stored(['一']));
    });

    test('forgets what it knew of another address', async () => {
      hub.web.answer({ '*': { headers: { etag: '"1"' }, body: rss(['一']) } });
      await hub.add('某站', '/a');

      await hub.fetch();
      await hub.blog.query
        .updateTable('blog_feedhub')
        .set({ url: `${hub.web.url}/b` })
        .execute();
      await hub.fetch({ hours: 1 });

      expect(hub.web.requests.map(({ path, headers }) => [path, headers['if-none-match'] ?? null])).toEqual([
        ['/a', null],
        ['/b', null],
      ]);
    });

    test('stores where a feed has moved for good, and not where it is for now', async () => {
      hub.web.answer({
        '/old': { status: 301, headers: { location: '/new' } },
        '/once': { status: 308, headers: { location: '/old' } },
        '/now': { status: 302, headers: { location: '/new' } },
        '/lost': { status: 301, headers: { location: '/home' } },
        '/new': { body: rss(['一']) },
        '/home': { body: '<html><body>home</body></html>' },
      });
      for (const path of ['/old', '/once', '/now', '/lost']) await hub.add(path, path);

      const run = await hub.fetch();

      const rows = await hub.blog.query.selectFrom('blog_feedhub').select('url').orderBy('id').execute();
      expect(rows.map(({ url }) => url.replace(hub.web.url, ''))).toEqual(['/new', '/new', '/now', '/lost']);
      expect(run.counts).toMatchObject({ stored: 3, moved: 2, failed: 1 });
      expect(run.changes).toContainEqual({
        what: 'move',
        target: 'feed 1 (/old)',
        before: `${hub.web.url}/old`,
        after: `${hub.web.url}/new`,
      });
      expect(await hub.evidence(1)).toMatchObject([{ done: 'moved', reason: `has moved to ${hub.web.url}/new` }]);
      expect(await hub.evidence(4)).toMatchObject([{ done: null, result: 'not-a-feed' }]);
    });

    test('asks no more where a feed is gone, until it is told to or its address is another', async () => {
      hub.web.answer({ '/a': { status: 410 }, '/b': { body: rss(['新家']) } });
      const id = await hub.add('某站', '/a', { data: stored(['旧']) });

      const gone = await hub.fetch();
      const later = await hub.fetch({ hours: 24 * 400 });
      const paths = asked();
      const byHand = await hub.fetch({ hours: 24 * 401, settings: { feeds: [String(id)] } });
      await hub.blog.query
        .updateTable('blog_feedhub')
        .set({ url: `${hub.web.url}/b` })
        .execute();
      await hub.fetch({ hours: 24 * 402 });

      expect(gone.findings.map(({ kind }) => kind)).toEqual(['gone']);
      expect(gone.findings[0]?.message).toMatch(/410.*; it is not asked any more until its address is altered/);
      expect(later).toMatchObject({ findings: [], changes: [], counts: { fetched: 0, paused: 1, waiting: 0 } });
      expect(paths).toEqual(['/a']);
      expect(byHand.counts).toMatchObject({ fetched: 1, failed: 1 });
      expect((await hub.row(id)).data).toBe(stored(['新家']));
    });

    test('asks ever more seldom after failures, at least once a day, and begins anew after a success', async () => {
      let status = 500;
      hub.web.answer({ '/a': () => (status === 200 ? { body: rss(['一']) } : { status }) });
      await hub.add('某站', '/a');

      const hours: number[] = [];
      for (let hour = 0; hour < 100; hour++) {
        const { counts } = await hub.fetch({ hours: hour });
        if (counts['fetched'] === 1) hours.push(hour);
        else expect(counts).toMatchObject({ waiting: 1, failed: 0 });
      }
      status = 200;
      const hurried = await hub.fetch({ hours: 100, settings: { all: true } });
      status = 500;
      const failed = await hub.fetch({ hours: 101 });
      const next = await hub.fetch({ hours: 102 });

      const pauses = hours.slice(1).map((hour, index) => hour - (hours[index] ?? 0));
      expect(pauses.slice(0, 4)).toEqual([1, 2, 4, 7]);
      expect(pauses.slice(5).every((pause) => pause >= 18 && pause <= 24)).toBe(true);
      expect(hurried.counts).toMatchObject({ stored: 1 });
      expect(failed.findings[0]?.message).toMatch(/asked again after 2026-03-22 19:\d\d$/);
      expect(next.counts).toMatchObject({ fetched: 1, failed: 1 });
      expect(next.findings[0]?.message).toContain('failure 2 in a row');
    });

    test('leaves a server alone for as long as it asks, though not for ever', async () => {
      hub.web.answer({
        '/long': { status: 503, headers: { 'retry-after': '36000' } },
        '/ever': { status: 429, headers: { 'retry-after': '99999999' } },
      });
      await hub.add('十小时', '/long');
      await hub.add('三年', '/ever');

      await hub.fetch();
      const early = await hub.fetch({ hours: 9 });
      const due = await hub.fetch({ hours: 10.1 });
      const week = await hub.fetch({ hours: 7 * 24 + 1 });

      expect(early.counts).toMatchObject({ fetched: 0, waiting: 2 });
      expect(due.counts).toMatchObject({ fetched: 1, waiting: 1 });
      expect(week.counts).toMatchObject({ fetched: 2, waiting: 0 });
    });

    test('holds nothing against feeds while nobody at all can be reached', async () => {
      hub.web.answer({ '*': { body: rss(['一']) } });
      await hub.add('一', '/1');
      await hub.add('二', `${elsewhere()}/2`);
      await hub.add('不许', 'http://10.0.0.1/');
      await hub.fetch({ config: { http: twoHosts } });
      const before = await hub.blog.query.selectFrom('blogctl_check').selectAll().execute();
      const canaries = [`${hub.web.url}/alive`];
      await hub.web.stop();

      const down = await hub.fetch({ hours: 1, config: { http: twoHosts } });
      const after = await hub.blog.query.selectFrom('blogctl_check').selectAll().execute();
      const config = { http: { ...twoHosts, canaries } };
      const stillDown = await hub.fetch({ hours: 1, config });

      expect(down).toMatchObject({ status: 'failed', error: { kind: 'failed' } });
      expect(down.error?.message).toBe(
        'none of 2 feeds could be reached, though 2 of them could the last time: nothing is held against them',
      );
      expect(after).toEqual(before);
      expect(stillDown.status).toBe('failed');
    });

    test('believes that a host is down alone, and that all are where the blog answers or a day is over', async () => {
      const blogWeb = await openFeedBlog('sqlite', { '*': { status: 500 } });
      hub.web.answer({ '*': { body: rss(['一']) } });
      await hub.add('一', '/1');
      await hub.add('二', '/2');
      const third = await hub.add('三', `${elsewhere()}/3`);
      const http = twoHosts;
      await hub.fetch({ config: { http } });
      await hub.web.stop();
      const checks = () => hub.blog.query.selectFrom('blogctl_check');
      const saved = await checks().selectAll().execute();
      const restore = async (): Promise<void> => {
        await hub.blog.query.deleteFrom('blogctl_check').execute();
        await hub.blog.query.insertInto('blogctl_check').values(saved).execute();
      };

      const down = await hub.fetch({ hours: 23, config: { http } });
      const dayOver = await hub.fetch({ hours: 26, config: { http } });
      await restore();
      const blogAnswers = await hub.fetch({ hours: 1, config: { http }, about: { url: blogWeb.web.url } });
      await restore();
      await hub.blog.query.deleteFrom('blog_feedhub').where('id', '=', third).execute();
      const oneHost = await hub.fetch({ hours: 1, config: { http } });
      await blogWeb.close();

      expect(down.status).toBe('failed');
      expect(dayOver).toMatchObject({ status: 'succeeded', counts: { failed: 3 } });
      expect(blogAnswers).toMatchObject({ status: 'succeeded', counts: { failed: 3 } });
      expect(oneHost).toMatchObject({ status: 'succeeded', counts: { failed: 2 } });
    });

    test('believes that feeds are down where other addresses answer', async () => {
      hub.web.answer({ '*': { body: rss(['一']) } });
      const other = await openFeedBlog('sqlite', { '*': { body: 'alive' } });
      await hub.add('一', '/1');
      await hub.fetch();
      await hub.web.stop();

      const config = { http: { ...webSettings, canaries: [`${other.web.url}/`] } };
      const run = await hub.fetch({ hours: 1, config });
      await other.close();

      expect(run).toMatchObject({ status: 'succeeded', counts: { fetched: 1, failed: 1 } });
    });
  });
}
