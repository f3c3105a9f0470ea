import { dateStamp } from './time.ts';

/** What the keys of all rendered articles begin with. */
export const articleKeyPrefix = 'article:markdown:';

/** The key of the blog's totals: a dict of article, subject, tag and comment. */
export const totalsKey = 'blog:blog_info:sum';

/** The four charts of the dashboard. */
export type StatisticsName = 'week' | 'hours' | 'month' | 'user';

/** `views.week.statistics.2026031814`: where the dashboard looks for a chart in an hour of the blog's clock (`YYYYMMDDHH`). */
export function statisticsKey(name: StatisticsName, hour: string): string {
  return `views.${name}.statistics.${hour}`;
}

/** `article:markdown:<id>:<update_date as YYYYMMDDHHMMSS>`: where the blog's page looks for `(html, toc)`. */
export function articleKey(id: number, updateDate: string): string {
  return `${articleKeyPrefix}${id}:${dateStamp(updateDate)}`;
}

/** The article and version that a key belongs to; null for a key of another form. */
export function parseArticleKey(key: string): { readonly id: number; readonly stamp: string } | null {
  const parts = /^article:markdown:(\d{1,15}):(\d{14})$/.exec(key);
  return parts === null ? null : { id: Number(parts[1]), stamp: parts[2] ?? '' };
}
