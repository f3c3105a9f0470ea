import { dateStamp } from './time.ts';

/** What the keys of all rendered articles begin with. */
export const articleKeyPrefix = 'article:markdown:';

/** The key of the blog's totals: a dict of article, subject, tag and comment. */
export const totalsKey = 'blog:blog_info:sum';

/** `article:markdown:<id>:<update_date as YYYYMMDDHHMMSS>`: where the blog's page looks for `(html, toc)`. */
export function articleKey(id: number, updateDate: string): string {
  return `${articleKeyPrefix}${id}:${dateStamp(updateDate)}`;
}

/** The article and version that a key belongs to; null for a key of another form. */
export function parseArticleKey(key: string): { readonly id: number; readonly stamp: string } | null {
  const parts = /^article:markdown:(\d{1,15}):(\d{14})$/.exec(key);
  return parts === null ? null : { id: Number(parts[1]), stamp: parts[2] ?? '' };
}
