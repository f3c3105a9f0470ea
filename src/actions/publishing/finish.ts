import { articleKey, articleKeyPrefix } from '../../blog/cache-keys.ts';
import { openArticleWarmer, removeOldVersions } from '../../blog/cached-articles.ts';
import { renewTotals } from '../../blog/cached-totals.ts';
import { changePublication, endPublication } from '../../blog/publications.ts';
import { dateStamp } from '../../blog/time.ts';
import { countTotals } from '../../blog/totals.ts';
import { BlogctlError } from '../../core/errors.ts';
import { runHook, type HookEnd } from './hook.ts';
import type { Published, Publishing } from './publishing.ts';

/** As long as `warm-cache` lets them stay. */
const totalsExpirySeconds = 7200;

/** Does what follows once articles are published: first the cache, for all of them, then the owner's hook for each. */
export async function finish(run: Publishing, published: readonly Published[]): Promise<void> {
  const { context, state, findings } = run;
  if (published.length === 0) return;
  if (context.settings.warm) {
    try {
      await warm(run, published);
    } catch (error) {
      context.signal.throwIfAborted();
      // The next warm-cache makes up for a cache that is down; the hook need not wait for it.
      if (!(error instanceof BlogctlError)) throw error;
      findings.push({ kind: 'not-warmed', target: "the blog's cache", message: error.message });
    }
  }
  for (const one of published) {
    context.signal.throwIfAborted();
    const hook = context.settings.hook.length === 0 ? noHook : await runHook(run, one);
    if (one.entry === null) continue;
    if (hook.isAgain) await changePublication(state, one.entry, { note: hook.note });
    else await endPublication(state, one.entry, { status: 'published', nowMs: context.nowMs, note: hook.note });
  }
}

const noHook: HookEnd = { note: null, isAgain: false };

async function warm(run: Publishing, published: readonly Published[]): Promise<void> {
  const { context, database, counts, findings } = run;
  const cache = await context.cache();
  const set = openArticleWarmer(context, database, cache);
  const present = await cache.present(published.map(({ article }) => articleKey(article.id, article.updateDate)));
  for (const { article } of published) {
    if (!present.has(articleKey(article.id, article.updateDate))) {
      const warmed = await set(article, Math.ceil(context.settings.expiry.ms / 1000));
      if (warmed === 'set') counts.warmed++;
      else if (warmed !== 'gone') findings.push(warmed);
    }
    const stamps = new Map([[article.id, dateStamp(article.updateDate)]]);
    const keys = `${articleKeyPrefix}${article.id}:`;
    counts.removed += await removeOldVersions(context, cache, keys, async () => stamps);
  }
  const counted = await countTotals(database);
  const planned = published.filter(({ isPlanned }) => isPlanned).length;
  const totals = { ...counted, article: counted.article + planned };
  counts.totals = Number(await renewTotals(context, cache, totals, totalsExpirySeconds));
}
