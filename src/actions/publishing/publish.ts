import { articleStates, publishArticle, type ArticleState } from '../../blog/articles.ts';
import { endPublication, type Publication } from '../../blog/publications.ts';
import { BlogctlError } from '../../core/errors.ts';
import { nameOf, type Published, type Publishing } from './publishing.ts';

/** Somebody else was faster: nothing was changed. */
class Overtaken extends Error {
  readonly entry: Publication | null;

  constructor(entry: Publication | null) {
    super('somebody else was faster');
    this.entry = entry;
  }
}

/**
 * Publishes a draft. `take` claims its entry, or makes one, and returns null where somebody else has it by now. The
 * claim stands before the article is touched: a run that dies in between is finished by the next one. Returns null where
 * somebody else was faster.
 */
export async function publish(
  run: Publishing,
  article: ArticleState,
  take: () => Promise<Publication | null>,
): Promise<Published | null> {
  const { context, database, counts } = run;
  const now = context.time.now();
  try {
    const entry = await context.change({ what: 'publish', target: nameOf(article) }, async () => {
      const taken = await take();
      if (taken === null || !(await publishArticle(database, article.id, now))) throw new Overtaken(taken);
      return taken;
    });
    counts.published++;
    const published = { ...article, isPublished: true, updateDate: now };
    return { article: published, entry: entry ?? null, isPlanned: entry === undefined };
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    await tellOvertaken(run, article, error.entry);
    return null;
  }
}

async function tellOvertaken(run: Publishing, article: ArticleState, entry: Publication | null): Promise<void> {
  const { context, database, counts } = run;
  const [now] = await articleStates(database, [article.id]);
  if (now === undefined) return missing(run, nameOf(article), entry);
  if (now.isPublished) {
    counts.already++;
    if (entry !== null) await end(run, entry, 'published', publishedByOthers);
  }
  context.log.info('somebody else was faster', { article: article.id, slug: article.slug });
}

/** The note of an entry whose article somebody else has published. */
export const publishedByOthers = 'somebody else had published it already; its dates were left alone';

/** Notes that an article is not there, and ends its entry where it has one. */
export async function missing(run: Publishing, target: string, entry: Publication | null): Promise<void> {
  const { counts, findings } = run;
  counts.missing++;
  findings.push({ kind: 'unknown-article', target, message: 'there is no such article any more; its plan is ended' });
  if (entry !== null) await end(run, entry, 'failed', 'the article is gone');
}

/** Ends an entry whose article is not published by this run. */
export async function end(
  { context, state }: Publishing,
  entry: Publication,
  status: 'published' | 'failed',
  note: string,
): Promise<void> {
  await context.change({ what: 'end', target: `plan ${entry.id}`, before: entry.status, after: status }, () =>
    endPublication(state, entry, { status, nowMs: context.nowMs, note }),
  );
}

/** Takes up an article that an earlier run has published, or was about to: what is left of it is done again. */
export async function resume(run: Publishing, article: ArticleState, entry: Publication): Promise<Published | null> {
  if (!article.isPublished) return publish(run, article, async () => entry);
  const { context, counts } = run;
  const own = await context.change({ what: 'finish', target: nameOf(article) }, async () => entry);
  counts.resumed++;
  return { article, entry: own ?? null, isPlanned: false };
}

/**
 * Does something for each item. Where a server refuses one of them that is a finding, and the others are done; where it
 * refuses all, the run fails with the first refusal.
 */
export async function forEach<Item>(
  run: Publishing,
  items: readonly Item[],
  nameOfItem: (item: Item) => string,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const refusals: unknown[] = [];
  for (const item of items) {
    run.context.signal.throwIfAborted();
    try {
      await work(item);
    } catch (error) {
      run.context.signal.throwIfAborted();
      if (!isRefusal(error)) throw error;
      refusals.push(error);
      run.counts.failed++;
      run.findings.push({ kind: 'not-published', target: nameOfItem(item), message: error.message });
    }
  }
  if (items.length > 0 && refusals.length === items.length) throw refusals[0];
}

// What the drivers throw has a code; an error without one is a bug, and must not be lost among the findings.
function isRefusal(error: unknown): error is Error {
  return error instanceof BlogctlError || (error instanceof Error && 'code' in error);
}
