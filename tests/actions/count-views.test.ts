import { expect, test } from 'vitest';
import type { Dialect } from '../../src/core/database.ts';
import { demoBlog, describeBlog, describeIzone, dialects, emptyBlog, izoneBlog, useBlog } from '../helpers/blog.ts';
import { readIzone } from '../helpers/izone-oracle.ts';
import { rowChanges } from '../helpers/row-changes.ts';
import { count, hourMs, useCountedBlog, type HourRow } from './counted-blog.ts';

for (const dialect of dialects) {
  describeIzone(dialect, `count-views on the reference blog, ${dialect}`, () => oracleSuite(dialect));
  describeBlog(dialect, `count-views on ${dialect}`, () => suite(dialect));
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

function suite(dialect: Dialect): void {
  const { blog, view, later, days, hours, countedHours } = useCountedBlog(dialect);

  test('begins a day with this hour, newest article first, uncounted pages listed but not summed', async () => {
    const run = await count(blog());

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
    await count(blog());
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
    await count(blog());
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

  test('marks the hours that were counted, those without a view too, but not the one in which it began', async () => {
    await count(blog());
    await later(1);
    await view(7, 101);

    await later(3);
    await later(3.2);

    expect(await countedHours()).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
    ]);
    expect(await hours()).toHaveLength(1);
  });

  test('closes missed days, over midnight, and leaves rows of other days alone', async () => {
    await count(blog());
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
    await blog()
      .query.insertInto('blog_articleview')
      .values({ date: '20260318', body, ...dates })
      .execute();

    const first = await count(blog());
    const second = await later(1);

    expect(first.counts).toMatchObject({ gained: 10 + 3 });
    expect(second.counts).toMatchObject({ gained: 0 });
    expect(await hours()).toEqual([
      ['article 7 +0', 10, 0],
      ['page blog:about +0', 3, 0],
    ]);
  });

  test('forgets the hours that are older than is wanted', async () => {
    await count(blog());
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

    await count(blog(), { about });

    const [row] = await days();
    expect(row).toMatchObject({
      date: '20260318',
      body: expect.stringContaining('"article_every_hours": {"07": 100}'),
    });
  });

  test('keeps two hours apart that have one name when clocks go back', async () => {
    const about = { timezone: 'Europe/Berlin' };
    const firstTwo = Date.parse('2026-10-25T02:57:00+02:00');
    await count(blog(), { about, nowMs: firstTwo - hourMs });
    await view(7, 110);
    await count(blog(), { about, nowMs: firstTwo });
    await view(7, 111);
    const run = await count(blog(), { about, nowMs: firstTwo + hourMs });

    const rows = await blog().rows<HourRow>("select * from blogctl_view_hour where kind <> 'hour' order by hour");
    expect(run.counts).toMatchObject({ estimatedHours: 0 });
    expect(rows.map(({ hour, views }) => [new Date(hour * 60_000).toISOString(), views])).toEqual([
      ['2026-10-25T00:00:00.000Z', 10],
      ['2026-10-25T01:00:00.000Z', 1],
    ]);
    expect((await days())[0]?.body).toContain('"article_every_hours": {"01": 100, "02": 111}');
  });
}

describeBlog('sqlite', "count-views with blogctl's tables in a database of their own", () => {
  const blog = useBlog(() => demoBlog('sqlite'));
  const other = useBlog(() => emptyBlog('sqlite'));

  test("leaves the blog's database without a table of blogctl's", async () => {
    const state = { database: other().url, keepRuns: { ms: 86_400_000, text: '1d' } };

    const run = await count(blog(), { config: { state } });

    expect(run.status).toBe('succeeded');
    expect((await blog().tables()).filter((table) => table.startsWith('blogctl_'))).toEqual([]);
    expect(await other().rows('select count(*) as n from blogctl_view_total')).not.toEqual([{ n: 0 }]);
  });
});
