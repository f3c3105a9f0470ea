import { beforeAll, describe, expect, test } from 'vitest';
import { articleBody, articleByIdOrSlug, articlesByIds, articlesNewestFirst } from '../../src/blog/articles.ts';
import { countTotals } from '../../src/blog/totals.ts';
import type { Database } from '../../src/core/database.ts';
import { addArticles, type TestArticle } from '../helpers/articles.ts';
import { describeBlog, dialects, emptyBlog, useBlog } from '../helpers/blog.ts';

/** Newest first, as the blog lists them; where the moment is the same, the later id first. */
const newestFirst: readonly TestArticle[] = [
  { id: 3, createDate: '2026-03-18 14:05:10' },
  { id: 8, createDate: '2026-03-18 14:05:09.999999' },
  { id: 1, createDate: '2026-03-18 14:05:09.5', isPublished: false },
  { id: 9, createDate: '2026-03-18 14:05:09.050081' },
  { id: 2, createDate: '2026-03-18 14:05:09.000001' },
  { id: 7, createDate: '2026-03-18 14:05:09' },
  { id: 6, createDate: '2026-03-18 14:05:09' },
  { id: 4, createDate: '2026-03-18 14:05:09', isPublished: false },
  { id: 5, createDate: '2025-12-31 23:59:59.9' },
];

for (const dialect of dialects) {
  describeBlog(dialect, `articles in ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));
    let database: Database;

    beforeAll(async () => {
      await addArticles(
        blog(),
        [...newestFirst].sort((a, b) => a.id - b.id),
      );
      database = { dialect, name: 'test', query: blog().query };
    });

    describe.each([1, 2, 3, 4, 9, 100])('in pages of %d', (pageSize) => {
      test('come newest first, each of them once', async () => {
        const ids: number[] = [];
        const sizes: number[] = [];
        for await (const page of articlesNewestFirst(database, { publishedOnly: false, pageSize })) {
          ids.push(...page.map(({ id }) => id));
          sizes.push(page.length);
        }

        expect(ids).toEqual(newestFirst.map(({ id }) => id));
        expect(Math.max(...sizes)).toBe(Math.min(pageSize, newestFirst.length));
      });

      test('come without drafts, where only published ones are wanted', async () => {
        const ids: number[] = [];
        for await (const page of articlesNewestFirst(database, { publishedOnly: true, pageSize })) {
          ids.push(...page.map(({ id }) => id));
        }

        expect(ids).toEqual(newestFirst.filter(({ isPublished = true }) => isPublished).map(({ id }) => id));
      });
    });

    test('are walked on, though one that was seen is deleted meanwhile', async () => {
      const ids: number[] = [];
      await addArticles(blog(), [{ id: 50, createDate: '2026-03-19 00:00:00' }]);
      for await (const page of articlesNewestFirst(database, { publishedOnly: false, pageSize: 2 })) {
        ids.push(...page.map(({ id }) => id));
        await blog().query.deleteFrom('blog_article').where('id', '=', 50).execute();
      }

      expect(ids).toEqual([50, ...newestFirst.map(({ id }) => id)]);
    });

    test('are found by ids', async () => {
      const found = await articlesByIds(database, [9, 3, 4711]);

      expect(found.map(({ id, slug }) => [id, slug]).sort(([a], [b]) => Number(a) - Number(b))).toEqual([
        [3, 'article-3'],
        [9, 'article-9'],
      ]);
      expect(await articlesByIds(database, [])).toEqual([]);
    });

    test('are found by an id or a slug', async () => {
      expect((await articleByIdOrSlug(database, '3'))?.slug).toBe('article-3');
      expect((await articleByIdOrSlug(database, 'article-5'))?.id).toBe(5);
      for (const name of ['4711', 'nope', '', '-3', '3.0', '0x3', "3' or '1'='1", '99999999999999999999']) {
        expect(await articleByIdOrSlug(database, name), name).toBeNull();
      }
    });

    test('have a body, as long as they are there', async () => {
      expect(await articleBody(database, 3)).toBe('# Article 3\n\nText.');
      expect(await articleBody(database, 4711)).toBeNull();
    });

    test('are counted where they are published', async () => {
      expect(await countTotals(database)).toEqual({ article: 7, subject: 0, tag: 0, comment: 0 });
    });
  });
}
