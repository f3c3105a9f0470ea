import { expect, test } from 'vitest';
import { rankDays } from '../../src/blog/rankings.ts';
import type { OpenDatabase } from '../../src/core/database.ts';
import { describeIzone, dialects, izoneBlog, useBlog } from '../helpers/blog.ts';
import { readIzone } from '../helpers/izone-oracle.ts';
import { open } from '../resources/database/open-all.ts';

for (const dialect of dialects) {
  describeIzone(dialect, `rankings of the reference blog on ${dialect}`, () => {
    const blog = useBlog(() => izoneBlog(dialect));
    const rank = async (from: string, to: string) => {
      const database: OpenDatabase = await open(blog().url);
      try {
        return await rankDays(database, from, to);
      } finally {
        await database.close();
      }
    };

    test("yesterday's are the blog's own hot lists", async () => {
      const hot = JSON.parse(readIzone('cache.json')) as Record<string, { value: string }>;
      const listed = (key: string): string[] =>
        [...(hot[key]?.value ?? '').matchAll(/<\w+: ([^>]+)>/g)].map(([, name]) => String(name));

      const ranking = await rank('20260317', '20260317');

      const items = ranking?.items ?? [];
      const titles = await blog().query.selectFrom('blog_article').select(['id', 'title']).execute();
      const articles = items.filter(({ kind }) => kind === 'article').slice(0, 10);
      const shown = articles.map(({ item }) => titles.find(({ id }) => String(id) === item)?.title ?? '');
      const expected = listed(':1:hot.article.list.20260317').map((title) => title.replace('...', ''));
      // The oracle's text is cut off after some of the ten.
      expect(expected.length).toBeGreaterThanOrEqual(5);
      expect(shown).toHaveLength(10);
      expect(expected.map((title, index) => shown[index]?.startsWith(title))).toEqual(expected.map(() => true));
      const tools = items.filter(({ item }) => item.startsWith('tool:')).map(({ item }) => item);
      expect(tools).toEqual(listed(':1:hot.tool.list.20260317'));
      expect(ranking).toMatchObject({ articles: 299, pages: 22, isEstimated: false, covered: null });
    });

    test('a day without a row gets its share of the time around it', async () => {
      const [missing, both] = [await rank('20260301', '20260301'), await rank('20260301', '20260302')];

      expect(missing).toMatchObject({ isEstimated: true, covered: null });
      expect(both).toMatchObject({ isEstimated: false, articles: 94859 - 94246, pages: 1428 - 1388 });
    });

    test('a time before the first count is not known, and one that reaches into it is told with its days', async () => {
      expect(await rank('20250101', '20250131')).toBeNull();
      expect(await rank('20260201', '20260208')).toMatchObject({ covered: { from: '20260207', to: '20260208' } });
    });
  });
}
