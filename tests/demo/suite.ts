import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BlogTables } from '../../src/blog/tables.ts';
import { blogTableNames, createBlogSchema, createDjangoCacheTable, type BlogDialect } from '../../src/demo/schema.ts';
import { seedDemoBlog, type DemoCounts, type DemoOptions } from '../../src/demo/seed.ts';

/** The options that the demo's tests seed with. */
export const demoOptions: DemoOptions = { now: '2026-03-18 14:05:09', siteDomain: 'blog.example.test', seed: 7 };

/** An empty database for the suite, and how to be rid of it. */
export interface EmptyDatabase {
  readonly db: Kysely<BlogTables>;
  close(): Promise<void>;
}

/** What must hold of the demo blog on every database; `open` gives an empty one. */
export function describeDemoBlog(dialect: BlogDialect, open: () => Promise<EmptyDatabase>): void {
  describe(`the demo blog on ${dialect}`, () => {
    let blog: EmptyDatabase;
    let counts: DemoCounts;

    beforeAll(async () => {
      blog = await open();
      await createBlogSchema(blog.db, dialect);
      counts = await seedDemoBlog(blog.db, dialect, demoOptions);
    });
    afterAll(async () => {
      await blog?.close();
    });

    test('has the rows that it says it has, and none of its tables is empty', async () => {
      const found = await Promise.all(
        blogTableNames.map(async (table) => [table, await count(blog.db, table)] as const),
      );

      expect(Object.fromEntries(found)).toEqual(counts);
      expect(found.filter(([, rows]) => rows === 0)).toEqual([]);
    });

    test('lets the blog add a row with the next id', async () => {
      const row = { name: '新标签', slug: 'a-new-tag', description: '' };

      await blog.db.insertInto('blog_tag').values(row).execute();

      const added = await blog.db.selectFrom('blog_tag').select('id').where('slug', '=', row.slug).executeTakeFirst();
      expect(added?.id).toBe(counts.blog_tag + 1);
      await blog.db.deleteFrom('blog_tag').where('slug', '=', row.slug).execute();
    });

    test('keeps Chinese, emoji and truth values as they are', async () => {
      const article = await blog.db
        .selectFrom('blog_article')
        .select(['title', 'body', 'is_publish'])
        .where('slug', '=', 'unicode-length-trap')
        .executeTakeFirstOrThrow();

      expect(article.title).toBe('一个字到底有多长');
      expect(article.body).toContain('`👨‍👩‍👧`');
      expect(Boolean(article.is_publish)).toBe(true);
    });

    test('has sessions on both sides of the clock, to the second', async () => {
      const moment = dialect === 'postgres' ? sql`${`${demoOptions.now} Asia/Shanghai`}` : sql`${demoOptions.now}`;
      const expired = await sql<{ n: number }>`
        select count(*) as n from django_session where expire_date < ${moment}`.execute(blog.db);
      const exact = await sql<{ n: number }>`
        select count(*) as n from django_session where expire_date = ${moment}`.execute(blog.db);

      expect(Number(expired.rows[0]?.n)).toBeGreaterThan(200);
      expect(Number(exact.rows[0]?.n)).toBe(1);
    });

    test('gets its cache table once, and a second call leaves it alone', async () => {
      await createDjangoCacheTable(blog.db, dialect, 'django_cache');
      await sql`insert into django_cache (cache_key, value, expires)
        values (':1:x', 'eA==', '2026-03-18 14:05:09')`.execute(blog.db);

      await createDjangoCacheTable(blog.db, dialect, 'django_cache');

      const rows = await sql<{ n: number }>`select count(*) as n from django_cache`.execute(blog.db);
      expect(Number(rows.rows[0]?.n)).toBe(1);
    });
  });
}

async function count(db: Kysely<BlogTables>, table: keyof BlogTables): Promise<number> {
  const result = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
  return Number(result.rows[0]?.n);
}
