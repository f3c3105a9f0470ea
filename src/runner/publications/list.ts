import { articleStates, type ArticleState } from '../../blog/articles.ts';
import { listPublications, type Publication } from '../../blog/publications.ts';
import { durationInWords } from '../../core/duration.ts';
import { exitCodes } from '../../core/errors.ts';
import { isoUtc } from '../../core/host.ts';
import { plainJson } from '../../core/plain-text.ts';
import { formatTable } from '../../core/table.ts';
import type { CommandContext } from '../command.ts';
import { withPlans, type Plans } from './open.ts';

/** Shows what is planned: `blogctl schedule list`. Returns the exit code. */
export async function showPublications(context: CommandContext): Promise<number> {
  const { general, host, flags } = context;
  return withPlans(context, { isWriting: false }, async (plans) => {
    const { state, site, blog } = plans;
    const ended = flags['all'] === true;
    const entries = state.isReady ? await listPublications(state, site, { ended }) : [];
    const ids = [...new Set(entries.map((entry) => entry.articleId))];
    const articles = new Map((await articleStates(blog, ids)).map((article) => [article.id, article]));
    if (general.json) {
      const publications = entries.map((entry) => documentOf(entry, articles.get(entry.articleId), plans));
      host.print(`${plainJson({ timezone: plans.config.blog.timezone, publications }, 2)}\n`);
    } else if (!general.quiet) {
      host.print(entries.length === 0 ? 'nothing is planned\n' : tableOf(entries, articles, plans));
    }
    return exitCodes.done;
  });
}

function documentOf(entry: Publication, article: ArticleState | undefined, { nowMs, local }: Plans) {
  const { id, articleId, dueAtMs, status, note, createdAt, endedAt } = entry;
  return {
    id,
    article: {
      id: articleId,
      slug: article?.slug ?? null,
      title: article?.title ?? null,
      isGone: article === undefined,
    },
    dueAt: isoUtc(dueAtMs),
    local: local(dueAtMs),
    inMs: dueAtMs - nowMs,
    status,
    note,
    createdAt,
    endedAt,
  };
}

function tableOf(
  entries: readonly Publication[],
  articles: ReadonlyMap<number, ArticleState>,
  { nowMs, local, config, host }: Plans,
): string {
  const rows = entries.map((entry) => {
    const article = articles.get(entry.articleId);
    return [
      `#${entry.id}`,
      String(entry.articleId),
      article?.slug ?? '',
      article?.title ?? '(gone)',
      local(entry.dueAtMs),
      entry.endedAt === null ? distance(entry.dueAtMs - nowMs) : '',
      entry.status,
      entry.note ?? '',
    ];
  });
  const layout = [
    { heading: 'plan' },
    { heading: 'article', align: 'right' as const },
    { heading: 'slug', canShrink: true },
    { heading: 'title', canShrink: true },
    { heading: `at (${config.blog.timezone})` },
    { heading: 'in', align: 'right' as const },
    { heading: 'status' },
    { heading: 'note', canShrink: true },
  ];
  return `${formatTable(layout, rows, host.stdoutIsTerminal ? host.columns : null).join('\n')}\n`;
}

function distance(ms: number): string {
  return ms > 0 ? durationInWords(ms) : `overdue ${durationInWords(-ms)}`;
}
