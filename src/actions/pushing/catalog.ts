import { articleUrl } from '../../blog/addresses.ts';
import { publishedArticles } from '../../blog/articles.ts';
import { rankHours } from '../../blog/hour-figures.ts';
import { isMoment } from '../../blog/time.ts';
import type { Database, StateDatabase } from '../../core/database.ts';
import { isoUtc } from '../../core/host.ts';
import type { Finding } from '../../core/outcome.ts';
import type { PushContext } from './engine.ts';
import type { Address, Catalog } from './plan.ts';

const heatDays = 30;

/** The addresses of all published articles. An article whose slug makes no address is a finding. */
export async function articleCatalog(
  context: PushContext,
  database: Database,
  state: StateDatabase,
  origin: string,
  findings: Finding[],
): Promise<Catalog> {
  const { time, nowMs, blog } = context;
  const addresses = new Map<string, Address>();
  const heat = state.isReady ? await heatOf(state, blog.name, nowMs) : new Map<string, number>();
  for (const article of await publishedArticles(database)) {
    const { id, slug, createDate, updateDate, views } = article;
    const url = articleUrl(origin, article);
    if (url === null) {
      findings.push({ kind: 'bad-slug', target: `article ${id}`, message: `its slug "${slug}" makes no address` });
      continue;
    }
    const [createdAtMs, changedAtMs] = [createDate, updateDate].map((date) =>
      isMoment(date) ? time.toEpochMs(date) : null,
    );
    addresses.set(url, {
      url,
      articleId: id,
      version: typeof changedAtMs === 'number' ? isoUtc(changedAtMs) : '',
      createdAtMs: createdAtMs ?? null,
      changedAtMs: changedAtMs ?? null,
      // Where nobody counts hours the views of all time must do.
      heat: heat.size > 0 ? (heat.get(String(id)) ?? 0) : Number.isFinite(views) ? views : 0,
    });
  }
  return { addresses, isWhole: true };
}

async function heatOf(state: StateDatabase, site: string, nowMs: number): Promise<ReadonlyMap<string, number>> {
  const until = Math.floor(nowMs / 60_000) + 60;
  const { items } = await rankHours(state, site, { from: until - heatDays * 24 * 60, until });
  return new Map(items.filter(({ kind }) => kind === 'article').map(({ item, views }) => [item, views]));
}
