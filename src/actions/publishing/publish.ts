import { articleStates, publishArticle, type ArticleState } from '../../blog/articles.ts';
import { changePublication, endPublication, type Publication } from '../../blog/publications.ts';
import { isRefusal } from '../../core/errors.ts';
import { nameOf, type Published, type Publishing } from './publishing.ts';

/** Somebody else was faster: nothing was changed. */
class Overtaken extends Error {
  readonly entry: Publication | null;

  constructor(entry: Publication | null) {
    super('somebody else was faster');
    this.entry = entry;
  }
}

/** How the entry of a draft is claimed, and given back where the database refuses the article. */
export interface Claim {
  /** Claims the entry, or makes one; null where somebody else has it by now. */
  readonly take: () => Promise<Publication | null>;
  readonly giveBack: (taken: Publication) => Promise<unknown>;
}

/** The claim of an entry that waits, or was claimed by a run that died: given back it waits again. */
export function claimOf({ state, action }: Publishing, entry: Publication): Claim {
  return {
    take: () => changePublication(state, entry, { status: 'publishing', claimed_by: action }),
    giveBack: (taken) => changePublication(state, taken, { status: 'waiting', claimed_by: null }),
  };
}

/**
 * Publishes a draft. The claim stands before the article is touched: a run that dies in between is finished by the next
 * one. Returns null where somebody else was faster.
 */
export async function publish(run: Publishing, article: ArticleState, claim: Claim): Promise<Published | null> {
  const { context, counts } = run;
  const now = context.time.now();
  try {
    const entry = await context.change({ what: 'publish', target: nameOf(article) }, async () => {
      const taken = await claim.take();
      if (taken === null || !(await publishTaken(run, article.id, now, () => claim.giveBack(taken)))) {
        throw new Overtaken(taken);
      }
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

async function publishTaken(
  { database }: Publishing,
  id: number,
  now: string,
  giveBack: () => Promise<unknown>,
): Promise<boolean> {
  try {
    return await publishArticle(database, id, now);
  } catch (error) {
    // Where the answer was lost and not the statement, the article is out: then the claim stays, for the next run.
    const isDraft = async (): Promise<boolean> =>
      (await articleStates(database, [id])).some((article) => !article.isPublished);
    // The refusal is the news; a claim that cannot be given back is taken up by the next run.
    if (isRefusal(error) && (await isDraft().catch(() => false))) await giveBack().catch(() => null);
    throw error;
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
  if (!article.isPublished && entry.hookAttempts === 0) return publish(run, article, claimOf(run, entry));
  const { context, counts } = run;
  if (!article.isPublished) {
    // It was out, or no hook would have run: publishing it once more would be against somebody's will.
    await end(run, entry, 'published', 'somebody has made it a draft again');
    return null;
  }
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
