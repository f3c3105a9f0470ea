import type { ViewReport } from './report.ts';

/** The report as CSV (RFC 4180): one line for each article, page and hour. */
export function viewCsv({ articles, pages, hours, isEstimated }: ViewReport): string {
  const lines: (string | number | boolean | null)[][] = [
    ['kind', 'key', 'slug', 'title', 'views', 'estimated'],
    ...articles.map(({ key, slug, title, views }) => ['article', key, slug, title, views, isEstimated]),
    ...pages.map(({ key, title, views }) => ['page', key, '', title, views, isEstimated]),
    ...hours.flatMap(({ hour, articles: inArticles, pages: inPages, isEstimated: isShare }) => [
      ['hour of articles', hour, '', '', inArticles === '-' ? '' : inArticles, isShare],
      ['hour of pages', hour, '', '', inPages === '-' ? '' : inPages, isShare],
    ]),
  ];
  return lines.map((line) => `${line.map((cell) => quoted(String(cell ?? ''))).join(',')}\r\n`).join('');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
