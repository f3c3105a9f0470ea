import pLimit from 'p-limit';
import {
  articleByIdOrSlug,
  articlesByIds,
  articlesNewestFirst,
  countArticles,
  type ArticleHead,
} from '../blog/articles.ts';
import { articleKey, articleKeyPrefix } from '../blog/cache-keys.ts';
import { openArticleWarmer, removeOldVersions } from '../blog/cached-articles.ts';
import { renewTotals } from '../blog/cached-totals.ts';
import { dateStamp, isMoment } from '../blog/time.ts';
import { countTotals } from '../blog/totals.ts';
import { defineAction, type ActionContext } from '../core/action.ts';
import type { Cache } from '../core/cache.ts';
import type { Database } from '../core/database.ts';
import { FailedError } from '../core/errors.ts';
import type { Finding } from '../core/outcome.ts';
import { duration, integer, settings, texts, toggle, type SettingsOf } from '../core/settings.ts';

const pageSize = 500;

const schema = settings({
  articles: texts('only these articles, by id or slug', { isArgument: true }),
  publishedOnly: toggle('leave drafts out', { default: false }),
  force: toggle('render and set again what is there already', { default: false }),
  expiry: duration('how long a rendered article stays', { default: '1d', least: '1s' }),
  spread: duration('how much longer each next one stays, so that they do not expire all at once', { default: '10s' }),
  totalsExpiry: duration("how long the blog's totals stay", { default: '2h', least: '1s' }),
  concurrency: integer('how many articles are read and set at the same time', { default: 4, min: 1, max: 64 }),
});

type Context = ActionContext<SettingsOf<typeof schema>, 'db' | 'cache'>;

export default defineAction({
  summary: "put rendered articles and the totals into the blog's cache",
  details: [
    'Renders every article whose cache key is missing, as the blog itself would, and sets it where the blog looks for it;',
    'then the totals of articles, subjects, tags and comments. Entries of older versions of an article are removed.',
    'An article that cannot be rendered is reported; the others are done.',
  ].join(' '),
  examples: [
    { command: 'blogctl warm-cache', meaning: 'render what is missing' },
    { command: 'blogctl warm-cache --dry-run', meaning: 'show what would be set and removed' },
    { command: 'blogctl warm-cache 12 my-slug --force', meaning: 'render two articles again, by id and by slug' },
  ],
  schedule: '7 * * * *',
  settings: schema,
  uses: ['db', 'cache'],
  timeout: '30m',

  async run(context) {
    const { settings: wanted, signal, progress } = context;
    const database = await context.db();
    const cache = await context.cache();
    const counts = { set: 0, present: 0, failed: 0, unknown: 0, removed: 0, totals: 0 };
    const findings: Finding[] = [];
    context.soFar(() => counts);
    const isWhole = wanted.articles.length === 0;
    const warm = warmer(context, database, cache, counts, findings);
    const pages = isWhole
      ? articlesNewestFirst(database, { publishedOnly: wanted.publishedOnly, pageSize })
      : namedArticles(database, wanted.articles, counts, findings);
    progress.total(isWhole ? await countArticles(database, wanted.publishedOnly) : wanted.articles.length);
    for await (const page of pages) {
      signal.throwIfAborted();
      const articles = datedOf(page, counts, findings);
      const missing = await missingOf(articles, cache, wanted.force);
      counts.present += articles.length - missing.length;
      progress.step(page.length - missing.length);
      await warm(missing);
    }
    if (isWhole) {
      const totalsSeconds = Math.ceil(wanted.totalsExpiry.ms / 1000);
      counts.removed = await removeOldVersions(context, cache, articleKeyPrefix, (ids) => stampsOf(database, ids));
      counts.totals = Number(await renewTotals(context, cache, await countTotals(database), totalsSeconds));
    }
    return { summary: summaryOf(counts), counts, findings };
  },
});

interface Counts {
  set: number;
  present: number;
  failed: number;
  unknown: number;
  removed: number;
  totals: number;
}

async function* namedArticles(
  database: Database,
  names: readonly string[],
  counts: Counts,
  findings: Finding[],
): AsyncGenerator<readonly ArticleHead[]> {
  const found = new Map<number, ArticleHead>();
  for (const name of names) {
    const article = await articleByIdOrSlug(database, name);
    if (article !== null) found.set(article.id, article);
    else {
      counts.unknown++;
      findings.push({
        kind: 'unknown-article',
        target: `article ${name}`,
        message: 'there is no article of this id or slug',
      });
    }
  }
  if (found.size === 0) {
    throw new FailedError(`there is no article of this id or slug: ${names.join(', ')}`);
  }
  yield [...found.values()];
}

// The key holds the date of the last change: without one there is no place in the cache.
function datedOf(page: readonly ArticleHead[], counts: Counts, findings: Finding[]): readonly ArticleHead[] {
  for (const { id, slug, updateDate } of page.filter((article) => !isMoment(article.updateDate))) {
    counts.failed++;
    const message = `its update_date "${updateDate}" is not a date`;
    findings.push({ kind: 'bad-date', target: `article ${id} (${slug})`, message });
  }
  return page.filter((article) => isMoment(article.updateDate));
}

async function missingOf(page: readonly ArticleHead[], cache: Cache, force: boolean): Promise<readonly ArticleHead[]> {
  if (force) return page;
  const present = await cache.present(page.map((article) => articleKey(article.id, article.updateDate)));
  return page.filter((article) => !present.has(articleKey(article.id, article.updateDate)));
}

// Returns a function that renders and sets articles, a few at a time.
function warmer(context: Context, database: Database, cache: Cache, counts: Counts, findings: Finding[]) {
  const { settings: wanted, progress } = context;
  const limit = pLimit(wanted.concurrency);
  const warm = openArticleWarmer(context, database, cache);
  let place = 0;
  const warmOne = async (article: ArticleHead, expirySeconds: number): Promise<void> => {
    const warmed = await warm(article, expirySeconds);
    if (warmed === 'set') {
      counts.set++;
      progress.step();
    } else if (warmed !== 'gone') {
      counts.failed++;
      findings.push(warmed);
    }
  };
  return async (articles: readonly ArticleHead[]): Promise<void> => {
    const expirySeconds = (): number => Math.ceil((wanted.expiry.ms + wanted.spread.ms * place++) / 1000);
    try {
      await Promise.all(articles.map((article) => limit(warmOne, article, expirySeconds())));
    } finally {
      limit.clearQueue();
    }
  };
}

// A version that the blog has made meanwhile is newer than its key in the answer, never older: the cache was asked first.
async function stampsOf(database: Database, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const articles = await articlesByIds(database, ids);
  // Of an article without a readable date no version is known to be old.
  return new Map(articles.map(({ id, updateDate }) => [id, isMoment(updateDate) ? dateStamp(updateDate) : '']));
}

function summaryOf(counts: Counts): string {
  const parts = [`${counts.set} articles rendered and set`, `${counts.present} already there`];
  if (counts.failed > 0) parts.push(`${counts.failed} could not be rendered`);
  if (counts.unknown > 0) parts.push(`${counts.unknown} not found`);
  if (counts.removed > 0) parts.push(`${counts.removed} old versions removed`);
  return parts.join(', ');
}
