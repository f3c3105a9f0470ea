import { expect, test } from 'vitest';
import { demoBlog, describeBlog, describeIzone, dialects, izoneBlog, useBlog } from './blog.ts';
import { readIzone } from './izone-oracle.ts';

for (const dialect of dialects) {
  describeIzone(dialect, `the reference blog in ${dialect}`, () => {
    const blog = useBlog(() => izoneBlog(dialect));

    test('holds every row of the oracle', async () => {
      const inserts = [...readIzone('before.sqlite.sql').matchAll(/^INSERT INTO "(\w+)" VALUES/gm)].map(
        ([, name]) => name,
      );
      const dump = await blog().dump();

      for (const table of new Set(inserts.filter((name) => name !== 'sqlite_sequence'))) {
        expect(dump[table ?? ''], table).toHaveLength(inserts.filter((name) => name === table).length);
      }
    });

    test("holds the oracle's dates as naive times of the blog's zone, to the microsecond, and its truth values", async () => {
      const article = await blog()
        .query.selectFrom('blog_article')
        .select(['create_date', 'update_date', 'is_publish'])
        .where('id', '=', 1)
        .executeTakeFirstOrThrow();

      expect(article.update_date.slice(0, 19)).toBe('2026-03-18 19:05:02');
      expect(Boolean(article.is_publish)).toBe(true);
      const sessions = await blog().query.selectFrom('webstack_navigationsite').select('is_show').execute();
      expect(new Set(sessions.map(({ is_show }) => (is_show === null ? null : Boolean(is_show))))).toEqual(
        new Set([true, false, null]),
      );
    });

    test('lets the blog add a row with the next id', async () => {
      const [last] = await blog().rows<{ id: number }>('select max(id) as id from blog_tag');

      await blog().query.insertInto('blog_tag').values({ name: '新', slug: 'new-tag', description: '' }).execute();

      const [added] = await blog().rows<{ id: number }>("select id from blog_tag where slug = 'new-tag'");
      expect(added?.id).toBe((last?.id ?? 0) + 1);
    });
  });

  describeBlog(dialect, `the demo blog in ${dialect}`, () => {
    const blog = useBlog(() => demoBlog(dialect));

    test('is dumped whole, and a change of one value shows', async () => {
      const before = await blog().dump();
      await blog().query.updateTable('blog_article').set({ views: 987_654 }).where('id', '=', 3).execute();
      const after = await blog().dump();

      expect(before['blog_article']?.length).toBeGreaterThan(40);
      expect(after).not.toEqual(before);
      expect({ ...after, blog_article: [] }).toEqual({ ...before, blog_article: [] });
    });
  });
}
