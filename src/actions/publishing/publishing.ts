import type { ArticleState } from '../../blog/articles.ts';
import type { Publication } from '../../blog/publications.ts';
import type { ActionContext } from '../../core/action.ts';
import type { Database, StateDatabase } from '../../core/database.ts';
import type { Finding } from '../../core/outcome.ts';
import type { PublishingSettings } from './settings.ts';

/** The context of an action that publishes. */
export type PublishingContext = ActionContext<PublishingSettings, 'db' | 'cache' | 'state' | 'programs'>;

/** One run of an action that publishes articles. */
export interface Publishing {
  readonly context: PublishingContext;
  readonly database: Database;
  readonly state: StateDatabase;
  /** The action's name, with which it claims entries. */
  readonly action: string;
  /** A hook that fails is tried again by the next run, which comes by itself. */
  readonly retriesHooks: boolean;
  readonly counts: Counts;
  readonly findings: Finding[];
}

/** What a run counts. */
export interface Counts {
  /** Drafts that were published. */
  published: number;
  /** Articles that an earlier run had published and not finished. */
  resumed: number;
  /** Articles that somebody else had published. */
  already: number;
  /** Articles that are not there. */
  missing: number;
  /** Articles that could not be published. */
  failed: number;
  /** Articles put into the cache. */
  warmed: number;
  /** Older versions taken out of it. */
  removed: number;
  /** 1 where the totals were set. */
  totals: number;
  /** Hooks that did their work. */
  hooks: number;
  hooksFailed: number;
}

/** A published article whose cache and hook are still to do. */
export interface Published {
  /** With the date of its new version. */
  readonly article: ArticleState;
  /** Null in a dry run. */
  readonly entry: Publication | null;
  /** A draft still, because this is a dry run. */
  readonly isPlanned: boolean;
}

/** A run that has done nothing yet. */
export function openPublishing(
  about: Pick<Publishing, 'context' | 'database' | 'state' | 'action' | 'retriesHooks'>,
): Publishing {
  const counts = {
    published: 0,
    resumed: 0,
    already: 0,
    missing: 0,
    failed: 0,
    warmed: 0,
    removed: 0,
    totals: 0,
    hooks: 0,
    hooksFailed: 0,
  };
  about.context.soFar(() => ({ ...counts }));
  return { ...about, counts, findings: [] };
}

/** `article 12 (my-slug)`: how findings and changes name an article. */
export function nameOf({ id, slug }: { readonly id: number; readonly slug: string }): string {
  return `article ${id} (${slug})`;
}

/** `2 articles published, 1 was published already`. */
export function summaryOf({ counts }: Publishing): string {
  const parts = [`${articles(counts.published)} published`];
  if (counts.resumed > 0) parts.push(`${articles(counts.resumed)} of an earlier run finished`);
  if (counts.already > 0) parts.push(`${counts.already} published already`);
  if (counts.missing > 0) parts.push(`${counts.missing} not found`);
  if (counts.failed > 0) parts.push(`${counts.failed} failed`);
  if (counts.hooksFailed > 0) parts.push(`${counts.hooksFailed} ${counts.hooksFailed === 1 ? 'hook' : 'hooks'} failed`);
  return parts.join(', ');
}

function articles(count: number): string {
  return count === 1 ? '1 article' : `${count} articles`;
}
