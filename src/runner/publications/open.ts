import { articleByIdOrSlug, articleSlugs, articleStates, type ArticleState } from '../../blog/articles.ts';
import { createBlogTime } from '../../blog/time.ts';
import type { OpenDatabase, StateDatabase } from '../../core/database.ts';
import { FailedError } from '../../core/errors.ts';
import type { Host } from '../../core/host.ts';
import { nearestName } from '../../core/nearest.ts';
import { plainText } from '../../core/plain-text.ts';
import { explainQueryError } from '../../resources/database/query-error.ts';
import type { CommandContext } from '../command.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { openForReading, openForWriting } from '../open-tables.ts';

/** What is planned for a blog, and the blog beside it. */
export interface Plans {
  readonly config: Config;
  readonly host: Host;
  readonly site: string;
  readonly nowMs: number;
  readonly blog: OpenDatabase;
  readonly state: StateDatabase;
  /** `2026-12-01 08:00:00`, as the clocks of the blog's zone show it. */
  readonly local: (epochMs: number) => string;
}

/**
 * Opens the plans for some work and closes them after. To be written to, their table is made where it is missing; else
 * nothing can be written.
 */
export async function withPlans<Result>(
  { host, registry, general }: CommandContext,
  { isWriting }: { readonly isWriting: boolean },
  work: (plans: Plans) => Promise<Result>,
): Promise<Result> {
  const config = await loadConfig(host, registry, { given: general.config, dryRun: general.dryRun });
  const { database: blog, state, close } = await (isWriting ? openForWriting(config) : openForReading(config));
  const time = createBlogTime(config.blog.timezone, host.clock.nowMs, host.zoneOffsetMs);
  const local = (epochMs: number): string => time.fromEpochMs(epochMs).slice(0, 19);
  try {
    return await work({ config, host, site: config.blog.name, nowMs: host.clock.nowMs(), blog, state, local });
  } catch (error) {
    throw explainQueryError(error, blog.name) ?? error;
  } finally {
    await close();
  }
}

/** The article of an id or a slug. Throws a FailedError that names the nearest slug. */
export async function findArticle({ blog }: Plans, name: string): Promise<ArticleState> {
  const head = await articleByIdOrSlug(blog, name);
  const [article] = head === null ? [] : await articleStates(blog, [head.id]);
  if (article !== undefined) return article;
  const nearest = /^\d+$/.test(name) ? null : nearestName(name, await articleSlugs(blog));
  const meant = nearest === null ? '' : `; did you mean "${plainText(nearest)}"?`;
  throw new FailedError(`there is no article of this id or slug: ${name === '' ? '""' : name}${meant}`);
}

/** `article 12 (my-slug) "标题"`, safe for a terminal. */
export function titled({ id, slug, title }: ArticleState): string {
  return `article ${id} (${plainText(slug)}) "${plainText(title).replace(/\s+/g, ' ')}"`;
}
