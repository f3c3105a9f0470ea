import { beforeEach } from 'vitest';
import warmCache from '../../src/actions/warm-cache.ts';
import { addArticles, removeArticles } from '../helpers/articles.ts';
import { emptyBlog } from '../helpers/blog.ts';
import { runAction, type RunOptions, type TestRun } from '../helpers/run.ts';
import { useSite, type Pair } from './pairs.ts';

/** A blog of three articles, 1 to 3, of which the second is a draft, with an empty cache; made anew for each test. */
export function useWarmedSite(pair: Pair) {
  const site = useSite(pair, emptyBlog);
  beforeEach(async () => {
    const { blog, store } = site();
    await store.clear();
    await removeArticles(blog);
    await addArticles(blog, [
      { id: 1, slug: 'first', createDate: '2026-03-01 10:00:00' },
      { id: 2, slug: 'draft', createDate: '2026-03-02 10:00:00', isPublished: false },
      { id: 3, slug: 'third', createDate: '2026-03-03 10:00:00.999999' },
    ]);
  });

  return {
    site,
    warm: (settings: RunOptions['settings'] = {}, more: Partial<RunOptions> = {}): Promise<TestRun> =>
      runAction(warmCache, { blog: site().blog, cache: site().store.url, job: 'warm-cache', settings, ...more }),
    keys: async (): Promise<string[]> => [...(await site().store.entries()).keys()].sort(),
  };
}
