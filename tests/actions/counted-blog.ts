import { beforeEach } from 'vitest';
import countViews from '../../src/actions/count-views.ts';
import type { Dialect } from '../../src/core/database.ts';
import { addArticles, removeArticles } from '../helpers/articles.ts';
import { emptyBlog, useBlog, type TestBlog } from '../helpers/blog.ts';
import { runAction, testNowMs, type RunOptions, type TestRun } from '../helpers/run.ts';
import { dropOwnTables } from '../runner/job.ts';

/** One hour in milliseconds. */
export const hourMs = 3_600_000;

/** Counts the views of a blog. */
export function count(blog: TestBlog, more: Partial<RunOptions> = {}): Promise<TestRun> {
  return runAction(countViews, { blog, job: 'count-views', ...more });
}

/** A row of blogctl_view_hour. */
export interface HourRow {
  kind: string;
  item: string;
  hour: number;
  views: number;
  is_estimated: number;
}

/** A blog whose views were never counted, and what a test asks of it. */
export interface CountedBlog {
  readonly blog: () => TestBlog;
  /** Sets the views of an article. */
  readonly view: (article: number, views: number) => Promise<void>;
  /** Counts so many hours after 14:05:09, the first count. */
  readonly later: (hours: number, more?: Partial<RunOptions>) => Promise<TestRun>;
  /** The rows of blog_articleview. */
  readonly days: () => Promise<{ date: string; body: string; update_date: string }[]>;
  /** The rows of blogctl_view_hour as [what and how many hours after the first count's, views, is it estimated]. */
  readonly hours: () => Promise<(readonly [string, number, number])[]>;
  /** The hours that are known, as [how many after the first count's, is it estimated]. */
  readonly countedHours: () => Promise<(readonly [number, number])[]>;
}

/** Gives the suite a blog with article 12 (new), article 7 (100 views), a page that counts (5) and one that does not (3). */
export function useCountedBlog(dialect: Dialect): CountedBlog {
  const blog = useBlog(() => emptyBlog(dialect));

  const view = async (article: number, views: number): Promise<void> => {
    await blog().query.updateTable('blog_article').set({ views }).where('id', '=', article).execute();
  };
  beforeEach(async () => {
    await dropOwnTables(blog());
    await removeArticles(blog());
    await blog().query.deleteFrom('blog_articleview').execute();
    await blog().query.deleteFrom('blog_pageview').execute();
    await addArticles(blog(), [
      { id: 7, createDate: '2026-03-01 10:00:00' },
      { id: 12, createDate: '2026-03-02 10:00:00' },
    ]);
    const dates = { create_date: '2026-01-01 00:00:00', update_date: '2026-01-01 00:00:00' };
    const [no, yes] = dialect === 'postgres' ? [false, true] : [0, 1];
    await blog()
      .query.insertInto('blog_pageview')
      .values([
        { url: 'tool:ip', name: 'IP 查询', views: 5, is_compute: yes, ...dates },
        { url: 'blog:about', name: '关于', views: 3, is_compute: no, ...dates },
      ])
      .execute();
    await view(7, 100);
  });
  const hourRows = async (isMark: boolean) => {
    const rows = await blog().rows<HourRow>('select * from blogctl_view_hour order by hour, kind, item');
    const first = Date.parse('2026-03-18T14:00:00+08:00') / 60_000;
    return rows
      .filter((row) => (row.kind === 'hour') === isMark)
      .map((row) => ({ ...row, after: (row.hour - first) / 60 }));
  };
  return {
    blog,
    view,
    later: (hours, more = {}) => count(blog(), { nowMs: testNowMs + hours * hourMs, ...more }),
    days: () =>
      blog().query.selectFrom('blog_articleview').select(['date', 'body', 'update_date']).orderBy('date').execute(),
    hours: async () =>
      (await hourRows(false)).map((row) => [`${row.kind} ${row.item} +${row.after}`, row.views, row.is_estimated]),
    countedHours: async () => (await hourRows(true)).map((row) => [row.after, row.is_estimated]),
  };
}
