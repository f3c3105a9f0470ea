import type { DatedArticle } from './articles.ts';
import { compactDay, day, hour, naiveTime } from './naive.ts';
import { pythonJson } from '../../blog/python-json.ts';
import type { DemoRow, DemoRowsOf, DemoSetting } from './setting.ts';
import { traffic, type TrafficDay, type Viewed } from './traffic.ts';

const days = 40;
// What a real machine leaves out: an hour when cron did not run, a day when the host was down.
const missing = { dayAgo: 33, hourAgo: 11, hour: '04' };

// In the order of their urls, which is the order in which the blog writes them; the last flag is is_compute.
const pages: readonly [url: string, name: string, pace: number, isCounted: boolean][] = [
  ['blog:about', '关于', 4, true],
  ['blog:dashboard', '看板', 5, false],
  ['blog:friend', '友情链接', 5, true],
  ['blog:navigation', '网址导航', 7, true],
  ['tool:cron', 'Cron 表达式', 6, true],
  ['tool:ip', 'IP 查询', 9, true],
  ['tool:json', 'JSON 格式化', 8, true],
  ['tool:markdown', 'Markdown 编辑器', 5, true],
  ['tool:password', '密码生成', 4, true],
  ['tool:regex', '正则表达式', 6, true],
  ['tool:timestamp', '时间戳转换', 7, true],
  ['tool:words', '字数统计', 3, true],
];

/** The days' rows, the pages' rows, and each article's views by its id. */
export interface Views {
  readonly rows: DemoRowsOf<'blog_articleview' | 'blog_pageview'>;
  readonly articleViews: ReadonlyMap<number, number>;
}

/** Forty days of traffic in the blog's own form: running totals by article, by page and by hour. */
export function viewRows({ now, random }: DemoSetting, dated: readonly DatedArticle[]): Views {
  const articleDays = traffic(viewedArticles(dated, now, random), now, days, random);
  const pageDays = traffic(viewedPages(now, random), now, days, random);
  const rows = articleDays.flatMap((articles, index) => {
    const pagesThen = pageDays[index];
    const daysAgo = days - 1 - index;
    if (!pagesThen || articles.hours.length === 0 || daysAgo === missing.dayAgo) return [];
    return [dayRow(articles, pagesThen, daysAgo === missing.hourAgo ? missing.hour : undefined)];
  });
  // Some more readers came since the last full hour, so that the next count finds something.
  const articleTotals = articleDays.at(-1)?.totals ?? new Map<string, number>();
  const pageTotals = pageDays.at(-1)?.totals ?? new Map<string, number>();
  return {
    rows: {
      blog_articleview: rows.map((row, index) => ({ id: index + 1, ...row })),
      blog_pageview: pages.map(([url, name, , isCounted], index) => ({
        id: index + 1,
        url,
        name,
        views: (pageTotals.get(url) ?? 0) + random.int(0, 1),
        create_date: naiveTime(now - 900 * day, 310_000 + index),
        update_date: naiveTime(now - 900 * day, 310_400 + index),
        is_compute: isCounted,
      })),
    },
    articleViews: new Map([...articleTotals].map(([key, total]) => [Number(key), total + random.int(0, 2)])),
  };
}

// Newest first: the blog's default order, and so the order of its JSON.
function viewedArticles(dated: readonly DatedArticle[], now: number, random: DemoSetting['random']): Viewed[] {
  return dated.toReversed().map(({ id, row, created }) => {
    const pace = row.is_publish ? random.pick([1, 2, 2, 3, 3, 4, 5, 6, 8, 12]) : 0;
    const daysBefore = Math.max(0, (now - created) / day - days);
    const before = Math.floor(daysBefore * pace * 0.6) + (pace && daysBefore ? random.int(0, 90) : 0);
    return { key: String(id), since: created, pace, before, isCounted: true };
  });
}

function viewedPages(now: number, random: DemoSetting['random']): Viewed[] {
  return pages.map(([key, , pace, isCounted]) => ({
    key,
    since: now - 900 * day,
    pace,
    before: 200 + pace * random.int(60, 120),
    isCounted,
  }));
}

function dayRow(articles: TrafficDay, pagesThen: TrafficDay, missingHour?: string): DemoRow<'blog_articleview'> {
  const articleViews = articles.hours.at(-1) ?? 0;
  const pageViews = pagesThen.hours.at(-1) ?? 0;
  const body = pythonJson({
    total_views_num: articleViews + pageViews,
    article_views_num: articleViews,
    page_views_num: pageViews,
    article_views: articles.totals,
    page_views: pagesThen.totals,
    article_every_hours: byHour(articles.hours, missingHour),
    page_every_hours: byHour(pagesThen.hours, missingHour),
  });
  const lastHour = articles.hours.length - 1;
  return {
    date: compactDay(articles.start),
    body,
    create_date: naiveTime(articles.start + 59 * 60, 81_000),
    update_date: naiveTime(articles.start + lastHour * hour + 59 * 60, 64_000),
  };
}

function byHour(totals: readonly number[], missingHour?: string): Map<string, number> {
  const entries = totals.map((total, index): [string, number] => [String(index).padStart(2, '0'), total]);
  return new Map(entries.filter(([key]) => key !== missingHour));
}
