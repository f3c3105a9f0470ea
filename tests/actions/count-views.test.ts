import { beforeEach, expect, test } from 'vitest';
import countViews from '../../src/actions/count-views.ts';
import type { Dialect } from '../../src/core/database.ts';
import { addArticles, removeArticles } from '../helpers/articles.ts';
import {
  describeBlog,
  describeIzone,
  dialects,
  emptyBlog,
  izoneBlog,
  useBlog,
  type TestBlog,
} from '../helpers/blog.ts';
import { readIzone } from '../helpers/izone-oracle.ts';
import { rowChanges } from '../helpers/row-changes.ts';
import { runAction, testNowMs, type RunOptions, type TestRun } from '../helpers/run.ts';
import { dropOwnTables } from '../runner/job.ts';

const hourMs = 3_600_000;

for (const dialect of dialects) {
  describeIzone(dialect, `count-views on the reference blog, ${dialect}`, () => oracleSuite(dialect));
  describeBlog(dialect, `count-views on ${dialect}`, () => suite(dialect));
}

function count(blog: TestBlog, more: Partial<RunOptions> = {}): Promise<TestRun> {
  return runAction(countViews, { blog, job: 'count-views', ...more });
}

function oracleSuite(dialect: Dialect): void {
  const blog = useBlog(() => izoneBlog(dialect));
  const { changes: expected } = JSON.parse(readIzone('after/write_or_update_view.json')) as { changes: unknown };

  test('changes nothing in a dry run, and tells what it would', async () => {
    const before = await blog().dump();

    const run = await count(blog(), { dryRun: true });

    expect(run).toMatchObject({ status: 'succeeded', counts: { articles: 41, pages: 5, gained: 0 } });
    expect(run.changes.map(({ what, target }) => `${what} ${target}`)).toEqual([
      'update blog_articleview 20260318',
      'add blogctl_view_hour',
    ]);
    expect(await blog().dump()).toEqual(before);
  });

  test("writes the blog's row to the byte, once as twice", async () => {
    const before = await blog().dump();

    const runs = [await count(blog()), await count(blog())];

    expect(runs.map(({ status, findings }) => [status, findings])).toEqual([
      ['succeeded', []],
      ['succeeded', []],
    ]);
    expect(rowChanges(before, await blog().dump())).toEqual(expected);
  });
}

interface HourRow {
  kind: string;
  item: string;
  hour: number;
  views: number;
  is_estimated: number;
}

function suite(dialect: Dialect): void {
  const theBlog = useBlog(() => emptyBlog(dialect));
  let blog: TestBlog;

  beforeEach(async () => {
    blog = theBlog();
    await dropOwnTables(blog);
    await removeArticles(blog);
    await blog.query.deleteFrom('blog_articleview').execute();
    await blog.query.deleteFrom('blog_pageview').execute();
    await addArticles(blog, [
      { id: 7, createDate: '2026-03-01 10:00:00' },
      { id: 12, createDate: '2026-03-02 10:00:00' },
    ]);
    const dates = { create_date: '2026-01-01 00:00:00', update_date: '2026-01-01 00:00:00' };
    const yes = dialect === 'postgres' ? true : 1;
    const no = dialect === 'postgres' ? false : 0;
    await blog.query
      .insertInto('blog_pageview')
      .values([
        { url: 'tool:ip', name: 'IP 查询', views: 5, is_compute: yes, ...dates },
        { url: 'blog:about', name: '关于', views: 3, is_compute: no, ...dates },
      ])
      .execute();
    await view(7, 100);
  });

  async function view(article: number, views: number): Promise<void> {
    await blog.query.updateTable('blog_article').set({ views }).where('id', '=', article).execute();
  }
  /** So many hours after the first count at 14:05:09. */
  const later = (hours: number, more: Partial<RunOptions> = {}): Promise<TestRun> =>
    count(blog, { nowMs: testNowMs + hours * hourMs, ...more });
  const days = () =>
    blog.query.selectFrom('blog_articleview').select(['date', 'body', 'update_date']).orderBy('date').execute();
  const hours = async (): Promise<(readonly [string, number, number])[]> => {
    const rows = await blog.rows<HourRow>('select * from blogctl_view_hour order by hour, kind, item');
    // The first count's hour is 0.
    const first = Date.parse('2026-03-18T14:00:00+08:00') / 60_000;
    return rows.map((row) => [`${row.kind} ${row.item} +${(row.hour - first) / 60}`, row.views, row.is_estimated]);
  };

  test('begins a day with this hour, newest article first, uncounted pages listed but not summed', async () => {
    const run = await count(blog);

    expect(run.changes[0]).toEqual({ what: 'create', target: 'blog_articleview 20260318', before: null, after: 105 });
    const [row] = await days();
    expect(row?.body).toBe(
      '{"total_views_num": 105, "article_views_num": 100, "page_views_num": 5, ' +
        '"article_views": {"12": 0, "7": 100}, "page_views": {"blog:about": 3, "tool:ip": 5}, ' +
        '"article_every_hours": {"14": 100}, "page_every_hours": {"14": 5}}',
    );
    expect(row?.update_date).toMatch(/^2026-03-18 14:05:09/);
    expect(await hours()).toEqual([]);
  });

  test('adds the hours of a day to its row, and what was gained to its hour', async () => {
    await count(blog);
    await view(7, 103);
    await later(0.5);
    await view(7, 104);
    await view(12, 1);

    const run = await later(0.6);
    await later(1);

    expect(run.counts).toMatchObject({ gained: 2, estimatedHours: 0 });
    expect((await days())[0]?.body).toContain('"article_every_hours": {"14": 105, "15": 105}');
    expect(await hours()).toEqual([
      ['article 12 +0', 1, 0],
      ['article 7 +0', 4, 0],
    ]);
  });

  test('closes hours in which nobody counted with an even share, marked as estimated', async () => {
    await count(blog);
    await view(7, 107);
    await view(12, 2);

    const run = await later(3);

    expect(run.counts).toMatchObject({ gained: 9, estimatedHours: 3 });
    const found = await hours();
    expect(found.every(([, , isEstimated]) => isEstimated === 1)).toBe(true);
    expect(
      found
        .filter(([item]) => item.startsWith('article 7'))
        .map(([, views]) => views)
        .toSorted((one, other) => one - other),
    ).toEqual([2, 2, 3]);
    expect(found.reduce((sum, [, views]) => sum + views, 0)).toBe(9);
    // The blog's own row keeps its form: hours that were not counted are not in it.
    expect((await days())[0]?.body).toContain('"article_every_hours": {"14": 100, "17": 109}');
  });

  test('closes missed days, over midnight, and leaves rows of other days alone', async () => {
    await count(blog);
    await view(7, 100 + 48);

    const run = await later(48);

    expect(run.counts).toMatchObject({ gained: 48, estimatedHours: 48 });
    expect((await days()).map(({ date }) => date)).toEqual(['20260318', '20260320']);
    expect((await hours()).map(([, views]) => views)).toEqual(Array.from({ length: 48 }, () => 1));
  });

  test("takes the blog's own row for the last count where it comes for the first time", async () => {
    const body =
      '{"total_views_num": 95, "article_views_num": 90, "page_views_num": 5, "article_views": {"7": 90},' +
      ' "page_views": {"tool:ip": 5}, "article_every_hours": {"13": 90}, "page_every_hours": {"13": 5}}';
    const dates = { create_date: '2026-03-18 13:59:00.250000', update_date: '2026-03-18 13:59:00.250000' };
    await blog.query
      .insertInto('blog_articleview')
      .values({ date: '20260318', body, ...dates })
      .execute();

    const first = await count(blog);
    const second = await later(1);

    expect(first.counts).toMatchObject({ gained: 10 + 3 });
    expect(second.counts).toMatchObject({ gained: 0 });
    expect(await hours()).toEqual([
      ['article 7 +0', 10, 0],
      ['page blog:about +0', 3, 0],
    ]);
  });

  test.each([
    ['', 'is empty'],
    ['{"total_views_num": 9', 'is no JSON'],
    ['[1, 2]', 'is no JSON object'],
    ['{}', 'has no usable "total_views_num"'],
    ['{"total_views_num": 1, "owner": "keep me"}', 'has the unknown key "owner"'],
  ])('keeps a row aside whose body is %j, and begins the day anew', async (body, reason) => {
    const dates = { create_date: '2026-03-18 01:00:00', update_date: '2026-03-18 13:00:00' };
    await blog.query
      .insertInto('blog_articleview')
      .values({ date: '20260318', body, ...dates })
      .execute();

    const dry = await count(blog, { dryRun: true });
    const untouched = await days();
    const run = await count(blog);
    const again = await later(0.1);

    expect(untouched[0]?.body).toBe(body);
    expect(dry.changes.map(({ what }) => what)).toEqual(['keep aside', 'update', 'add']);
    expect(run.findings).toEqual([
      {
        kind: 'unreadable-row',
        target: 'blog_articleview 20260318',
        message: `its body ${reason}; it is kept in blogctl_view_aside, and the day begins anew with this hour`,
      },
    ]);
    expect(again.findings).toEqual([]);
    const aside = await blog.rows('select site, date, body, reason from blogctl_view_aside');
    expect(aside).toEqual([{ site: 'test-blog', date: '20260318', body, reason: `its body ${reason}` }]);
    expect((await days())[0]?.body).toContain('"article_every_hours": {"14": 100}');
  });

  test('says which views went down, and counts nothing for them until they rise again', async () => {
    await count(blog);
    await view(7, 40);

    const fallen = await later(1);
    await view(7, 45);
    const risen = await later(2);

    expect(fallen.findings).toEqual([
      {
        kind: 'views-fell',
        target: 'article 7',
        message: 'its views fell from 100 to 40; it gained nothing in this hour',
      },
    ]);
    expect(fallen.counts).toMatchObject({ gained: 0 });
    expect(risen).toMatchObject({ findings: [], counts: { gained: 5 } });
    expect(await hours()).toEqual([['article 7 +2', 5, 0]]);
  });

  test('forgets an article that was deleted, and counts one that is new from its first view', async () => {
    await count(blog);
    await blog.query.deleteFrom('blog_article').where('id', '=', 12).execute();
    await addArticles(blog, [{ id: 13 }]);
    await view(13, 4);

    await later(1);
    const totals = await blog.rows('select item, views from blogctl_view_total order by item');

    expect(await hours()).toEqual([['article 13 +1', 4, 0]]);
    expect(totals).toEqual([
      { item: '13', views: 4 },
      { item: '7', views: 100 },
      { item: 'blog:about', views: 3 },
      { item: 'tool:ip', views: 5 },
    ]);
  });

  test('forgets the hours that are older than is wanted', async () => {
    await count(blog);
    for (const hour of [1, 2, 30]) {
      await view(7, 100 + hour);
      await later(hour);
    }

    const dry = await later(31, { settings: { keep: '1d' }, dryRun: true });
    const run = await later(31, { settings: { keep: '1d' } });

    expect([dry.counts['removedHours'], run.counts['removedHours']]).toEqual([6, 6]);
    expect((await hours()).map(([item]) => Number(item.replace(/.*\+/, '')))).not.toContain(6);
    expect((await hours()).at(0)?.[0]).toBe('article 7 +7');
  });

  test("goes by the blog's own zone, whatever the database's", async () => {
    const about = { timezone: 'Europe/Berlin', useTz: true };

    await count(blog, { about });

    const [row] = await days();
    expect(row).toMatchObject({
      date: '20260318',
      body: expect.stringContaining('"article_every_hours": {"07": 100}'),
    });
  });

  test('keeps two hours apart that have one name when clocks go back', async () => {
    const about = { timezone: 'Europe/Berlin' };
    const firstTwo = Date.parse('2026-10-25T02:57:00+02:00');
    await count(blog, { about, nowMs: firstTwo - hourMs });
    await view(7, 110);
    await count(blog, { about, nowMs: firstTwo });
    await view(7, 111);
    const run = await count(blog, { about, nowMs: firstTwo + hourMs });

    const rows = await blog.rows<HourRow>('select * from blogctl_view_hour order by hour');
    expect(run.counts).toMatchObject({ estimatedHours: 0 });
    expect(rows.map(({ hour, views }) => [new Date(hour * 60_000).toISOString(), views])).toEqual([
      ['2026-10-25T00:00:00.000Z', 10],
      ['2026-10-25T01:00:00.000Z', 1],
    ]);
    expect((await days())[0]?.body).toContain('"article_every_hours": {"01": 100, "02": 111}');
  });
}
