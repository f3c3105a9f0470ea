import type { Database } from '../core/database.ts';
import { countArticles } from './articles.ts';

/** The blog's totals as its pages show them: published articles, all subjects, tags and comments. */
export interface BlogTotals {
  readonly article: number;
  readonly subject: number;
  readonly tag: number;
  readonly comment: number;
}

/** Counts them. */
export async function countTotals(database: Database): Promise<BlogTotals> {
  const { query } = database;
  const all = (table: 'blog_subject' | 'blog_tag' | 'comment_articlecomment') =>
    query
      .selectFrom(table)
      .select((count) => count.fn.countAll<number | string>().as('rows'))
      .executeTakeFirst();
  return {
    article: await countArticles(database, true),
    subject: Number((await all('blog_subject'))?.rows ?? 0),
    tag: Number((await all('blog_tag'))?.rows ?? 0),
    comment: Number((await all('comment_articlecomment'))?.rows ?? 0),
  };
}
