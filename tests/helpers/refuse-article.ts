import type { TestBlog } from './blog.ts';
import { refuseRow } from './refuse-row.ts';

/** Lets the database refuse to change an article. Returns what lifts that again. */
export function refuseArticle(blog: TestBlog, id: number): Promise<() => Promise<unknown>> {
  return refuseRow(blog, { table: 'blog_article', key: 'id', id });
}
