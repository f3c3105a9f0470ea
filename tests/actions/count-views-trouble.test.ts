import { expect, test } from 'vitest';
import { viewDay, writeViewRow } from '../../src/blog/views.ts';
import { addArticles } from '../helpers/articles.ts';
import { describeBlog, dialects } from '../helpers/blog.ts';
import { open } from '../resources/database/open-all.ts';
import { count, useCountedBlog } from './counted-blog.ts';

for (const dialect of dialects) {
  describeBlog(dialect, `count-views and what may go wrong, on ${dialect}`, () => {
    const { blog, view, later, days, hours } = useCountedBlog(dialect);

    test.each([
      ['', 'is empty'],
      ['{"total_views_num": 9', 'is no JSON'],
      ['[1, 2]', 'is no JSON object'],
      ['{}', 'has no usable "total_views_num"'],
      ['{"total_views_num": 1, "owner": "keep me"}', 'has the unknown key "owner"'],
    ])('keeps a row aside whose body is %j, and begins the day anew', async (body, reason) => {
      const dates = { create_date: '2026-03-18 01:00:00', update_date: '2026-03-18 13:00:00' };
      await blog()
        .query.insertInto('blog_articleview')
        .values({ date: '20260318', body, ...dates })
        .execute();

      const dry = await count(blog(), { dryRun: true });
      const untouched = await days();
      const run = await count(blog());
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
      const aside = await blog().rows('select site, date, body, reason from blogctl_view_aside');
      expect(aside).toEqual([{ site: 'test-blog', date: '20260318', body, reason: `its body ${reason}` }]);
      expect((await days())[0]?.body).toContain('"article_every_hours": {"14": 100}');
    });

    test('says which views went down, and counts nothing for them until they rise again', async () => {
      await count(blog());
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
      await count(blog());
      await blog().query.deleteFrom('blog_article').where('id', '=', 12).execute();
      await addArticles(blog(), [{ id: 13 }]);
      await view(13, 4);

      await later(1);
      const totals = await blog().rows('select item, views from blogctl_view_total order by item');

      expect(await hours()).toEqual([['article 13 +1', 4, 0]]);
      expect(totals).toEqual([
        { item: '13', views: 4 },
        { item: '7', views: 100 },
        { item: 'blog:about', views: 3 },
        { item: 'tool:ip', views: 5 },
      ]);
    });

    test('loses nothing where it died between the row of the blog and its own', async () => {
      await count(blog());
      await view(7, 104);
      await blog().rows('alter table blogctl_view_hour rename to blogctl_gone');

      const died = await later(1);
      await blog().rows('alter table blogctl_gone rename to blogctl_view_hour');
      const between = await hours();
      const next = await later(1.1);

      expect([died.status, between]).toEqual(['failed', []]);
      expect((await days())[0]?.body).toContain('"article_every_hours": {"14": 100, "15": 104}');
      expect(next.counts).toMatchObject({ gained: 4 });
      expect(await hours()).toEqual([['article 7 +1', 4, 0]]);
    });

    test("does not overwrite what the blog's own task has written meanwhile", async () => {
      await count(blog());
      const database = await open(blog().url);
      const before = await viewDay(database, '20260318');
      await blog().query.updateTable('blog_articleview').set({ body: '{"its": "own"}' }).execute();

      const isWritten = await writeViewRow(database, before, {
        date: '20260318',
        body: '{}',
        now: '2026-03-18 14:05:10',
      });
      await database.close();

      expect(isWritten).toBe(false);
      expect((await days())[0]?.body).toBe('{"its": "own"}');
    });
  });
}

describeBlog('sqlite', 'count-views and a counter that is no number', () => {
  const { blog, days } = useCountedBlog('sqlite');

  test.each(["'abc'", '1.5', '9007199254740993'])(
    'leaves the day alone where an article has %s views',
    async (views) => {
      await count(blog());
      const before = await days();
      await blog().rows(`update blog_article set views = ${views} where id = 7`);

      const run = await count(blog());

      expect(run.status).toBe('failed');
      expect(run.error?.message).toMatch(/^the views of article 7 are no whole number: .*; nothing was counted$/);
      expect(await days()).toEqual(before);
    },
  );
});
