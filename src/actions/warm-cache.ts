import pLimit from 'p-limit';
import {
  articleBody,
  articleByIdOrSlug,
  articlesByIds,
  articlesNewestFirst,
  countArticles,
  type ArticleHead,
} from '../blog/articles.ts';
import { articleKey, articleKeyPrefix, parseArticleKey, totalsKey } from '../blog/cache-keys.ts';
import { dateStamp, isMoment } from '../blog/time.ts';
import { countTotals } from '../blog/totals.ts';
import { defineAction, type ActionContext } from '../core/action.ts';
import { Tuple, type Cache, type CacheValue } from '../core/cache.ts';
import type { Database } from '../core/database.ts';
import { FailedError, messageOf } from '../core/errors.ts';
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
type Render = (markdown: string) => { readonly html: string; readonly toc: string };

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
      counts.removed = await removeStale(context, database, cache);
      counts.totals = await setTotals(context, database, cache);
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
  const { settings: wanted, signal, progress, change } = context;
  const limit = pLimit(wanted.concurrency);
  let render: Render | undefined;
  let place = 0;
  const warmOne = async (article: ArticleHead, expirySeconds: number): Promise<void> => {
    signal.throwIfAborted();
    render ??= await loadRenderer(context);
    const body = await articleBody(database, article.id);
    if (body === null) return;
    let value: CacheValue;
    try {
      // SQLite keeps whatever it is given, also bytes.
      if (typeof body !== 'string') throw new Error('its body is not text');
      const { html, toc } = render(body);
      value = new Tuple(html, toc);
    } catch (error) {
      counts.failed++;
      const target = `article ${article.id} (${article.slug})`;
      findings.push({ kind: 'not-rendered', target, message: messageOf(error) });
      return;
    }
    const key = articleKey(article.id, article.updateDate);
    await change({ what: 'set', target: key }, async () => {
      await cache.set(key, value, expirySeconds);
      context.log.debug('article set', { article: article.id, slug: article.slug, expirySeconds });
    });
    counts.set++;
    progress.step();
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

// The renderer is half of the program: a run with nothing to render does without.
async function loadRenderer({ blog }: Context): Promise<Render> {
  const { createRenderer } = await import('../content/markdown/render.ts');
  const { preset, extensions } = blog.markdown;
  return createRenderer(extensions === undefined ? { preset } : { preset, extensions });
}

// The database is asked after the cache: a version that the blog has made meanwhile is then newer than its key, never older.
async function removeStale({ signal, change }: Context, database: Database, cache: Cache): Promise<number> {
  const stale = new Set<string>();
  for await (const keys of cache.keysWithPrefix(articleKeyPrefix)) {
    signal.throwIfAborted();
    const versions = keys.flatMap((key) => {
      const version = parseArticleKey(key);
      return version === null ? [] : [{ key, ...version }];
    });
    const articles = await articlesByIds(database, [...new Set(versions.map((version) => version.id))]);
    // Of an article without a readable date no version is known to be old.
    const current = new Map(
      articles.map(({ id, updateDate }) => [id, isMoment(updateDate) ? dateStamp(updateDate) : '']),
    );
    const old = versions.filter(({ id, stamp }) => stamp < (current.get(id) ?? '99999999999999'));
    const fresh = old.map(({ key }) => key).filter((key) => !stale.has(key));
    for (const key of fresh) {
      stale.add(key);
      await change({ what: 'remove', target: key }, () => cache.remove([key]));
    }
  }
  return stale.size;
}

// Like the blog's own task this renews the totals before they expire; not in every run, though, where runs are frequent.
async function setTotals({ settings: wanted, change }: Context, database: Database, cache: Cache): Promise<number> {
  const totals = new Map<string, number>(Object.entries(await countTotals(database)));
  const seconds = Math.ceil(wanted.totalsExpiry.ms / 1000);
  const entry = await cache.get(totalsKey).catch(() => null);
  const isFresh = entry !== null && (entry.secondsLeft ?? 0) > seconds * 0.75;
  if (isFresh && isSame(entry.value, totals)) return 0;
  await change({ what: 'set', target: totalsKey }, () => cache.set(totalsKey, totals, seconds));
  return 1;
}

function isSame(value: CacheValue, totals: ReadonlyMap<string, number>): boolean {
  if (!(value instanceof Map) || value.size !== totals.size) return false;
  return [...totals].every(([name, count]) => value.get(name) === count);
}

function summaryOf(counts: Counts): string {
  const parts = [`${counts.set} articles rendered and set`, `${counts.present} already there`];
  if (counts.failed > 0) parts.push(`${counts.failed} could not be rendered`);
  if (counts.unknown > 0) parts.push(`${counts.unknown} not found`);
  if (counts.removed > 0) parts.push(`${counts.removed} old versions removed`);
  return parts.join(', ');
}
