import type { BaseContext } from '../core/action.ts';
import { Tuple, type Cache, type CacheValue } from '../core/cache.ts';
import type { Database } from '../core/database.ts';
import { messageOf } from '../core/errors.ts';
import type { Finding } from '../core/outcome.ts';
import { articleBody, type ArticleHead } from './articles.ts';
import { articleKey, parseArticleKey } from './cache-keys.ts';

type Context = Pick<BaseContext<unknown>, 'blog' | 'change' | 'log' | 'signal'>;
type Render = (markdown: string) => { readonly html: string; readonly toc: string };

/** What became of an article: set, gone from the database, or a finding that says why it cannot be rendered. */
export type Warmed = 'set' | 'gone' | Finding;

/**
 * Returns a function that renders an article and sets it where the blog looks for it. The renderer is half of the
 * program: it is loaded with the first article.
 */
export function openArticleWarmer(
  context: Context,
  database: Database,
  cache: Cache,
): (article: ArticleHead, expirySeconds: number) => Promise<Warmed> {
  let render: Render | undefined;
  return async (article, expirySeconds) => {
    context.signal.throwIfAborted();
    render ??= await loadRenderer(context);
    const body = await articleBody(database, article.id);
    if (body === null) return 'gone';
    let value: CacheValue;
    try {
      // SQLite keeps whatever it is given, also bytes.
      if (typeof body !== 'string') throw new Error('its body is not text');
      const { html, toc } = render(body);
      value = new Tuple(html, toc);
    } catch (error) {
      const target = `article ${article.id} (${article.slug})`;
      return { kind: 'not-rendered', target, message: messageOf(error) };
    }
    const key = articleKey(article.id, article.updateDate);
    await context.change({ what: 'set', target: key }, async () => {
      await cache.set(key, value, expirySeconds);
      context.log.debug('article set', { article: article.id, slug: article.slug, expirySeconds });
    });
    return 'set';
  };
}

async function loadRenderer({ blog }: Context): Promise<Render> {
  const { createRenderer } = await import('../content/markdown/render.ts');
  const { preset, extensions } = blog.markdown;
  return createRenderer(extensions === undefined ? { preset } : { preset, extensions });
}

/**
 * Removes the entries of older versions of articles among the keys that begin with `prefix`; returns how many.
 * `currentStamps` is asked after the cache for the versions that these articles have now (see `dateStamp`): of an article
 * that it leaves out every version is old, of one with an empty stamp none.
 */
export async function removeOldVersions(
  { signal, change }: Context,
  cache: Cache,
  prefix: string,
  currentStamps: (ids: readonly number[]) => Promise<ReadonlyMap<number, string>>,
): Promise<number> {
  const removed = new Set<string>();
  for await (const keys of cache.keysWithPrefix(prefix)) {
    signal.throwIfAborted();
    const versions = keys.flatMap((key) => {
      const version = parseArticleKey(key);
      return version === null ? [] : [{ key, ...version }];
    });
    const current = await currentStamps([...new Set(versions.map((version) => version.id))]);
    const old = versions.filter(({ id, stamp }) => stamp < (current.get(id) ?? '99999999999999'));
    for (const key of old.map((version) => version.key).filter((one) => !removed.has(one))) {
      removed.add(key);
      await change({ what: 'remove', target: key }, () => cache.remove([key]));
    }
  }
  return removed.size;
}
