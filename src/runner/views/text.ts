import { cutToWidth, formatTable, type Column } from '../../core/table.ts';
import type { RankedRow, ViewReport } from './report.ts';

const barWidth = 20;

/** How the text is to look. */
export interface TextOptions {
  /** Columns of the terminal; null for a pipe. */
  readonly columns: number | null;
  /** One character of a bar. */
  readonly bar: string;
  readonly sections: readonly ('articles' | 'pages' | 'hours')[];
}

/** The report for people: a heading, and a table with bars for each section. */
export function viewText(report: ViewReport, options: TextOptions): string {
  const blocks = [headingOf(report)];
  for (const section of options.sections) {
    if (section === 'hours') blocks.push(hourTable(report, options));
    else blocks.push(rankTable(section, report[section], options));
  }
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function headingOf({ from, to, timezone, total, articleViews, pageViews, isEstimated, covered }: ViewReport): string[] {
  const time = from === to ? from : `${from} to ${to}`;
  const about = isEstimated ? '~' : '';
  const lines = [`${about}${total} views on ${time} (${timezone}): ${articleViews} of articles, ${pageViews} of pages`];
  if (covered !== null) lines.push(`counted only from ${covered.from} to ${covered.to}`);
  if (isEstimated) lines.push('~ estimated: an even share of a longer time in which nobody counted');
  return lines;
}

function rankTable(name: 'articles' | 'pages', rows: readonly RankedRow[], { columns, bar }: TextOptions): string[] {
  if (rows.length === 0) return [`no views of ${name}`];
  const most = Math.max(...rows.map(({ views }) => views));
  const layout: Column[] = [
    { heading: 'views', align: 'right' },
    { heading: '' },
    { heading: name === 'articles' ? 'article' : 'page', canShrink: true },
    { heading: name === 'articles' ? 'id' : 'url', canShrink: name === 'pages' },
  ];
  const cells = rows.map(({ key, title, views }) => [
    String(views),
    barOf(views, most, bar),
    title ?? (name === 'articles' ? '(deleted)' : ''),
    key,
  ]);
  return formatTable(layout, cells, columns);
}

function hourTable({ hours }: ViewReport, { columns, bar }: TextOptions): string[] {
  const sums = hours.map(({ articles, pages }) => (articles === '-' || pages === '-' ? null : articles + pages));
  const most = Math.max(0, ...sums.map((sum) => sum ?? 0));
  const layout: Column[] = [
    { heading: 'hour' },
    { heading: 'articles', align: 'right' },
    { heading: 'pages', align: 'right' },
    { heading: '' },
  ];
  const cells = hours.map(({ hour, articles, pages, isEstimated }, index) => [
    hour,
    `${isEstimated ? '~' : ''}${articles}`,
    String(pages),
    barOf(sums[index] ?? 0, most, bar),
  ]);
  return formatTable(layout, cells, columns).map((line) => (columns === null ? line : cutToWidth(line, columns)));
}

function barOf(views: number, most: number, bar: string): string {
  if (most <= 0 || views <= 0) return '';
  return bar.repeat(Math.max(1, Math.round((views / most) * barWidth)));
}
