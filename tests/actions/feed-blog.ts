import fetchFeeds from '../../src/actions/fetch-feeds.ts';
import type { Evidence } from '../../src/blog/checks.ts';
import type { Dialect } from '../../src/core/database.ts';
import { emptyBlog, type TestBlog } from '../helpers/blog.ts';
import { startWebServer, type WebRoutes, type WebServer } from '../helpers/http-server.ts';
import { runAction, testNowMs, type RunOptions, type TestRun } from '../helpers/run.ts';

/** A blog whose feeds lead to a web of the test's own. */
export interface FeedBlog {
  readonly blog: TestBlog;
  readonly web: WebServer;
  /** Adds a feed that leads to a path of that web, or to an address; returns its id. */
  add(name: string, address: string, more?: { readonly data?: string; readonly isActive?: boolean }): Promise<number>;
  /** Runs the action so many hours after the tests' now. */
  fetch(options?: Partial<RunOptions> & { readonly hours?: number }): Promise<TestRun>;
  /** The data and the address of a feed. */
  row(id: number): Promise<{ readonly data: string | null; readonly url: string }>;
  evidence(id: number): Promise<readonly Pick<Evidence, 'result' | 'verdict' | 'reason' | 'done'>[]>;
  close(): Promise<void>;
}

/** Opens a blog without a feed, and a web without a page. */
export async function openFeedBlog(dialect: Dialect, routes: WebRoutes = {}): Promise<FeedBlog> {
  const blog = await emptyBlog(dialect);
  const web = await startWebServer(routes);
  let id = 0;
  return {
    blog,
    web,
    add: async (name, address, { data = null, isActive = true }: { data?: string | null; isActive?: boolean } = {}) => {
      const url = address.startsWith('/') ? web.url + address : address;
      const values = { name, url, icon: '', data, sort_order: 0, create_date: '2026-01-01 00:00:00' };
      const active = dialect === 'postgres' ? isActive : Number(isActive);
      await blog.query
        .insertInto('blog_feedhub')
        .values({ id: ++id, is_active: active, ...values })
        .execute();
      return id;
    },
    fetch: ({ hours = 0, ...options } = {}) =>
      runAction(fetchFeeds, { blog, nowMs: testNowMs + hours * 3_600_000, ...options }),
    row: (one) =>
      blog.query.selectFrom('blog_feedhub').select(['data', 'url']).where('id', '=', one).executeTakeFirstOrThrow(),
    evidence: (one) =>
      blog.query
        .selectFrom('blogctl_evidence')
        .select(['result', 'verdict', 'reason', 'done'])
        .where('target_id', '=', one)
        .orderBy('id')
        .execute(),
    close: async () => {
      await web.stop();
      await blog.close();
    },
  };
}

/** An RSS feed with these titles, whose links end in their place. */
export function rss(titles: readonly string[], date = ''): string {
  const items = titles.map(
    (title, index) => `<item><title>${title}</title><link>https://posts.example/${index + 1}</link></item>`,
  );
  const dated = date === '' ? '' : `<lastBuildDate>${date}</lastBuildDate>`;
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>${dated}${items.join('')}</channel></rss>`;
}

/** What the blog holds of such a feed. */
export function stored(titles: readonly string[], updated = ''): string {
  const entries = titles.map((title, index) => `{"title": "${title}", "link": "https://posts.example/${index + 1}"}`);
  return `{"entries": [${entries.join(', ')}]${updated === '' ? '' : `, "updated": "${updated}"`}}`;
}
