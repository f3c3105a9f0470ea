import { expect, test } from 'vitest';
import { describeBlog, dialects } from '../helpers/blog.ts';
import { listEngines, listPushes } from '../../src/blog/pushes.ts';
import { stateOf } from '../helpers/publications.ts';
import { dayMs, hourMs, truth, usePushedBlog } from './pushed-blog.ts';

// The tests' instant is 2026-03-18 14:05:09.
const [today, weekAgo, old] = ['2026-03-18 10:00:00', '2026-03-12 09:00:00', '2025-06-01 08:00:00'];

for (const dialect of dialects) {
  describeBlog(dialect, `push-urls on ${dialect}`, () => {
    const pushed = usePushedBlog(dialect);
    const paths = (urls: readonly (readonly string[])[]): string[][] =>
      urls.map((batch) => batch.map((url) => decodeURI(url.slice(pushed().web.url.length))));

    test('the first push sends what came out in the last week, and takes the rest for known', async () => {
      const { add, run, web, ledger } = pushed();
      await add(
        { id: 1, slug: 'old', createDate: old },
        { id: 2, slug: 'week', createDate: weekAgo },
        { id: 3, slug: '今天', createDate: today },
        { id: 4, slug: 'old-but-changed', createDate: old, updateDate: today },
        { id: 5, slug: 'draft', createDate: today, isPublished: false },
      );

      const report = await run();

      expect(report).toMatchObject({ status: 'succeeded', findings: [] });
      expect(report.summary).toBe('Baidu: 3 accepted, 1 known from before; IndexNow: 3 accepted, 1 known from before');
      // One address asks Baidu how many it takes.
      expect(paths(web.baidu.batches)).toEqual([['/article/今天/'], ['/article/week/', '/article/old-but-changed/']]);
      expect(paths(web.indexNow.batches)).toEqual([['/article/今天/', '/article/week/', '/article/old-but-changed/']]);
      expect(await ledger('baidu')).toEqual({
        '/article/old/': 'known 2025-06-01T00:00:00.000Z 0',
        '/article/old-but-changed/': 'accepted 2026-03-18T02:00:00.000Z 1',
        '/article/week/': 'accepted 2026-03-12T01:00:00.000Z 1',
        '/article/今天/': 'accepted 2026-03-18T02:00:00.000Z 1',
      });
      expect(report.counts).toEqual({
        checked: 3,
        baiduCandidates: 3,
        baiduAccepted: 3,
        baiduRefused: 0,
        baiduUnfit: 0,
        baiduWaiting: 0,
        baiduKnown: 1,
        baiduClosed: 0,
        indexNowCandidates: 3,
        indexNowAccepted: 3,
        indexNowRefused: 0,
        indexNowUnfit: 0,
        indexNowWaiting: 0,
        indexNowKnown: 1,
        indexNowClosed: 0,
      });
    });

    test('percent-encodes as a browser does, and knows where articles of a topic are', async () => {
      const { add, run, web, blog } = pushed();
      const { query } = blog;
      const dates = { create_date: old, update_date: old };
      await query
        .insertInto('blog_subject')
        .values({ id: 1, name: 's', sort_order: 1, status: 'ongoing', description: '', cover_image: '', ...dates })
        .execute();
      await query
        .insertInto('blog_topic')
        .values({ id: 1, name: 't', sort_order: 1, subject_id: 1, ...dates })
        .execute();
      await add({ id: 1, slug: '中文-slug_1', createDate: today });
      await pushed().change(1, { topic_id: 1 });

      await run({}, { engines: 'indexNow' });
      await query.updateTable('blog_article').set({ topic_id: null }).execute();
      await query.deleteFrom('blog_topic').execute();
      await query.deleteFrom('blog_subject').execute();

      const expected = new URL('/subject/article/中文-slug_1/', web.url).href;
      expect(web.indexNow.batches).toEqual([[expected]]);
      expect(expected).toContain('/%E4%B8%AD%E6%96%87-slug_1/');
    });

    test('sends nothing twice, what was changed again, and what came out later whatever its date', async () => {
      const { add, change, run, web, ledger } = pushed();
      await add(
        { id: 1, slug: 'a', createDate: today },
        { id: 2, slug: 'b', createDate: old },
        { id: 3, slug: 'draft', createDate: old, isPublished: false },
      );
      await run({}, { engines: 'indexNow' });

      const idle = await run({}, { engines: 'indexNow', laterMs: hourMs });
      await change(2, { update_date: '2026-03-18 15:30:00.25' });
      await change(3, { is_publish: truth(true) });
      const busy = await run({}, { engines: 'indexNow', laterMs: 2 * hourMs });

      expect(idle).toMatchObject({ changes: [], findings: [], summary: 'IndexNow: 0 accepted' });
      expect(paths(web.indexNow.batches)).toEqual([['/article/a/'], ['/article/draft/', '/article/b/'].sort()]);
      expect(busy.counts).toMatchObject({ indexNowCandidates: 2, indexNowAccepted: 2 });
      expect(await ledger('indexnow')).toMatchObject({ '/article/b/': 'accepted 2026-03-18T07:30:00.250Z 1' });
    });

    test('tells IndexNow of what is gone, and of what has come back; Baidu only of the latter', async () => {
      const { add, change, run, web, ledger } = pushed();
      await add({ id: 1, slug: 'gone', createDate: today }, { id: 2, slug: 'back', createDate: today });
      await run();

      await change(1, { is_publish: truth(false) });
      await change(2, { is_publish: truth(false) });
      const left = await run({}, { laterMs: hourMs });
      await change(2, { is_publish: truth(true) });
      const back = await run({}, { laterMs: 2 * hourMs });
      const after = await run({}, { laterMs: 3 * hourMs });

      expect(paths(web.baidu.batches).flat()).toEqual(['/article/back/', '/article/gone/', '/article/back/']);
      expect(paths(web.indexNow.batches)).toEqual([
        ['/article/back/', '/article/gone/'],
        ['/article/back/', '/article/gone/'],
        ['/article/back/'],
      ]);
      expect(left.changes.map(({ what, after }) => `${what} ${String(after)}`)).toEqual([
        'note 2 addresses for Baidu',
        'note 2 addresses for IndexNow',
        'withdraw IndexNow',
        'withdraw IndexNow',
      ]);
      expect([back.counts['baiduAccepted'], back.counts['indexNowAccepted'], after.changes.length]).toEqual([1, 1, 0]);
      expect(await ledger('baidu')).toMatchObject({ '/article/gone/': 'gone gone 1' });
      expect(await ledger('indexnow')).toMatchObject({ '/article/gone/': 'accepted gone 2' });
      const state = await stateOf(pushed().blog);
      const gone = await listPushes(state, 'test-blog', { status: 'gone', limit: 9 });
      const accepted = await listPushes(state, 'test-blog', { status: 'accepted', limit: 9 });
      const engines = await listEngines(state, 'test-blog');
      expect(gone.map((one) => [one.engine, one.status, one.url.endsWith('/gone/')])).toEqual([
        ['indexnow', 'gone', true],
        ['baidu', 'gone', true],
      ]);
      expect(accepted.map(({ status, url }) => [status, url.endsWith('/back/')])).toEqual([
        ['accepted', true],
        ['accepted', true],
      ]);
      expect(engines.map(({ addresses }) => addresses)).toEqual([
        { accepted: 1, gone: 1 },
        { accepted: 1, gone: 1 },
      ]);
    });

    test('an article of another slug is a new address, and its old one is gone', async () => {
      const { add, change, run, web } = pushed();
      await add({ id: 1, slug: 'before', createDate: today });
      await run({}, { engines: 'indexNow' });

      await change(1, { slug: 'after' });
      await run({}, { engines: 'indexNow', laterMs: hourMs });

      expect(paths(web.indexNow.batches)).toEqual([['/article/before/'], ['/article/after/', '/article/before/']]);
    });

    test('keeps to a quota that runs down, and goes on when Baidu’s next day has begun', async () => {
      const { add, run, web, engine } = pushed();
      await add(
        ...Array.from({ length: 8 }, (_, index) => ({ id: index + 1, createDate: `2026-03-18 0${index}:00:00` })),
      );
      web.baidu.quota = 5;

      const first = await run({}, { engines: 'baidu' });
      const closed = await run({}, { engines: 'baidu', laterMs: 9 * hourMs });
      web.baidu.quota = 5;
      const next = await run({}, { engines: 'baidu', laterMs: 10 * hourMs });

      expect(first).toMatchObject({ status: 'succeeded', findings: [] });
      expect(first.counts).toMatchObject({ baiduAccepted: 5, baiduWaiting: 3, baiduClosed: 1 });
      expect(first.summary).toBe('Baidu: 5 accepted, 3 waiting, closed until 2026-03-19 00:00');
      expect(closed).toMatchObject({
        changes: [],
        findings: [],
        counts: { baiduAccepted: 0, baiduWaiting: 3, baiduClosed: 1 },
      });
      expect(next.counts).toMatchObject({ baiduAccepted: 3, baiduWaiting: 0, baiduClosed: 0 });
      expect(web.baidu.batches.map((batch) => batch.length)).toEqual([1, 4, 1, 2]);
      // Newest first.
      expect(paths(web.baidu.batches).flat()).toEqual([8, 7, 6, 5, 4, 3, 2, 1].map((id) => `/article/article-${id}/`));
      expect(await engine('baidu')).toMatchObject({ closed_until: null, remain: 2, remain_day: '2026-03-19' });
    });

    test('all begins with a whole site, day by day without being told again', async () => {
      const { add, run, web } = pushed();
      await add(
        { id: 1, slug: 'hot', createDate: '2019-01-01 00:00:00' },
        { id: 2, slug: 'cold', createDate: '2022-01-01 00:00:00' },
        { id: 3, slug: 'new', createDate: today },
      );
      await pushed().change(1, { views: 1000 });
      await run({}, { engines: 'baidu' });
      web.baidu.quota = 1;

      const all = await run({ all: true }, { engines: 'baidu', laterMs: dayMs });
      web.baidu.quota = 9;
      const later = await run({}, { engines: 'baidu', laterMs: 2 * dayMs });

      expect(paths(web.baidu.batches)).toEqual([['/article/new/'], ['/article/hot/'], ['/article/cold/']]);
      expect([all.counts['baiduWaiting'], later.counts['baiduWaiting']]).toEqual([1, 0]);
    });

    test('sends no more than the limit, in requests that are no larger than an engine takes', async () => {
      const { add, run, web } = pushed();
      await add(...Array.from({ length: 4205 }, (_, index) => ({ id: index + 1, createDate: today })));

      const limited = await run({ limit: 5, preCheck: false });
      const rest = await run({ preCheck: false }, { laterMs: hourMs });

      expect(limited.counts).toMatchObject({ baiduAccepted: 5, baiduWaiting: 4200, indexNowAccepted: 5, checked: 0 });
      expect(rest.counts).toMatchObject({ baiduAccepted: 4200, baiduWaiting: 0, indexNowAccepted: 4200 });
      expect(web.baidu.batches.map((batch) => batch.length)).toEqual([1, 4, 2000, 2000, 200]);
      expect(web.indexNow.batches.map((batch) => batch.length)).toEqual([5, 4200]);
      expect(new Set(web.baidu.batches.flat()).size).toBe(4205);
    });

    test('a dry run lists what the next run sends, sends nothing and needs no tables', async () => {
      const { add, run, web, blog } = pushed();
      await add(
        { id: 1, slug: 'a', createDate: today },
        { id: 2, slug: 'b', createDate: today },
        { id: 3, createDate: old },
      );

      const dry = await run({}, { dryRun: true });
      const tables = (await blog.tables()).filter((name) => name.startsWith('blogctl_'));
      const asked = web.baidu.asked + web.indexNow.asked;
      const real = await run();

      expect([tables, asked]).toEqual([[], 0]);
      expect(dry.changes).toEqual(real.changes);
      expect(dry.counts).toEqual(real.counts);
      expect(dry.findings).toEqual(real.findings);
      expect(dry.changes).toContainEqual({ what: 'push', target: `${web.url}/article/a/`, after: 'Baidu' });
    });

    test('a blog that has moved is begun anew', async () => {
      const { add, run, web, blog } = pushed();
      await add({ id: 1, slug: 'a', createDate: today }, { id: 2, slug: 'b', createDate: old });
      await run({}, { engines: 'indexNow' });
      await blog.query.updateTable('blogctl_push_engine').set({ origin: 'http://old.example' }).execute();
      await blog.query.deleteFrom('blogctl_push').execute();

      const moved = await run({}, { engines: 'indexNow', laterMs: hourMs });
      const after = await run({}, { engines: 'indexNow', laterMs: 2 * hourMs });

      expect(moved.findings.map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
        `moved: the blog has moved from http://old.example to ${web.url}: what is older than 7d counts as known there; --all sends all`,
      ]);
      expect(moved.counts).toMatchObject({ indexNowAccepted: 1, indexNowKnown: 1 });
      expect(after).toMatchObject({ findings: [], changes: [] });
    });

    test('keeps the ledgers of several blogs in one database apart', async () => {
      const { add, run, blog } = pushed();
      await add({ id: 1, slug: 'a', createDate: today });
      await run({}, { engines: 'indexNow' });

      const other = await run({}, { engines: 'indexNow', about: { name: '另一个' } });
      const again = await run({}, { engines: 'indexNow', about: { name: '另一个' }, laterMs: hourMs });

      expect([other.counts['indexNowAccepted'], again.counts['indexNowAccepted']]).toEqual([1, 0]);
      const rows = await blog.query.selectFrom('blogctl_push').select('site').orderBy('site').execute();
      expect(rows).toEqual([{ site: 'test-blog' }, { site: '另一个' }]);
    });

    test('takes the address out of the blog’s own row, and says what to write where there is none', async () => {
      const { add, run, blog, web } = pushed();
      await add({ id: 1, slug: 'a', createDate: today });
      await blog.query
        .insertInto('django_site')
        .values({ id: 2, name: 'x', domain: web.url.slice('http://'.length) })
        .execute();

      const fromRow = await run({}, { engines: 'indexNow', about: { url: null, protocol: 'http' } });
      await blog.query.updateTable('django_site').set({ domain: 'not an address' }).execute();
      const none = await run({}, { engines: 'indexNow', about: { url: null } });
      await blog.query.deleteFrom('django_site').execute();

      expect(fromRow.counts).toMatchObject({ indexNowAccepted: 1 });
      expect(none).toMatchObject({
        status: 'failed',
        error: { kind: 'configuration', message: 'the blog has no address: its row 2 of django_site holds none' },
      });
    });
  });
}
