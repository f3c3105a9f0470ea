import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import pushUrls from '../../src/actions/push-urls.ts';
import type { Dialect } from '../../src/core/database.ts';
import { removeArticles, addArticles, type TestArticle } from '../helpers/articles.ts';
import { emptyBlog, useBlog, type TestBlog } from '../helpers/blog.ts';
import { runAction, testNowMs, type RunOptions, type TestRun } from '../helpers/run.ts';
import { startSearchEngines, type SearchEngines } from '../helpers/search-engines.ts';
import { dropOwnTables } from '../runner/job.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** A blog without an article, both engines beside it, and a ledger with nothing in it: anew for each test. */
export interface PushedBlog {
  readonly blog: TestBlog;
  readonly web: SearchEngines;
  /** Runs push-urls, so many milliseconds after the tests' own instant; with both engines, if nothing else is said. */
  run(settings?: Readonly<Record<string, unknown>>, more?: PushRun): Promise<TestRun>;
  /** Adds published articles. */
  add(...articles: readonly TestArticle[]): Promise<void>;
  change(id: number, values: Readonly<Record<string, unknown>>): Promise<void>;
  /** The ledger of an engine by the last part of the address: status, version, attempts and note. */
  ledger(engine: 'baidu' | 'indexnow'): Promise<Record<string, string>>;
  /** What is known of an engine. */
  engine(engine: 'baidu' | 'indexnow'): Promise<Record<string, unknown> | null>;
}

/** What a run may be given beside its settings. */
export interface PushRun extends Partial<Omit<RunOptions, 'settings'>> {
  readonly laterMs?: number;
  readonly engines?: 'baidu' | 'indexNow' | 'both';
}

/** Gives the suite such a blog. */
export function usePushedBlog(dialect: Dialect): () => PushedBlog {
  const blog = useBlog(() => emptyBlog(dialect));
  let web: SearchEngines;
  beforeAll(async () => {
    web = await startSearchEngines();
  });
  afterAll(() => web.stop());
  beforeEach(async () => {
    web.reset();
    await removeArticles(blog());
    await dropOwnTables(blog());
  });
  return () => ({
    blog: blog(),
    web,
    run: (settings = {}, { laterMs = 0, engines = 'both', about, ...more } = {}) =>
      runAction(pushUrls, {
        blog: blog(),
        job: 'push-urls',
        nowMs: testNowMs + laterMs,
        ...more,
        about: { url: web.url, ...about },
        settings: { ...web.settings[engines], ...settings },
      }),
    add: (...articles) => addArticles(blog(), articles),
    change: async (id, values) => {
      await blog().query.updateTable('blog_article').set(values).where('id', '=', id).execute();
    },
    ledger: async (engine) => {
      const rows = await blog()
        .query.selectFrom('blogctl_push')
        .selectAll()
        .where('engine', '=', engine)
        .orderBy('url')
        .execute();
      return Object.fromEntries(
        rows.map((row) => [
          decodeURI(row.url.slice(web.url.length)),
          [row.status, row.version, row.attempts, row.note ?? ''].join(' ').trim(),
        ]),
      );
    },
    engine: async (engine) =>
      (await blog()
        .query.selectFrom('blogctl_push_engine')
        .selectAll()
        .where('engine', '=', engine)
        .executeTakeFirst()) ?? null,
  });
}

/** A truth value in words that all three databases read. */
export function truth(value: boolean) {
  return sql<boolean>`${sql.raw(String(value))}`;
}
