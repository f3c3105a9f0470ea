import { articleByIdOrSlug, articleStates, type ArticleState } from '../blog/articles.ts';
import { addPublication, endPublication, openPublication } from '../blog/publications.ts';
import { defineAction } from '../core/action.ts';
import { FailedError, UsageError } from '../core/errors.ts';
import { settings, texts } from '../core/settings.ts';
import { finish } from './publishing/finish.ts';
import { claimOf, end, forEach, publish, publishedByOthers, resume } from './publishing/publish.ts';
import { nameOf, openPublishing, summaryOf, type Published, type Publishing } from './publishing/publishing.ts';
import { publishingSettings } from './publishing/settings.ts';

const action = 'publish-now';

export default defineAction({
  summary: 'publish these drafts at once, whatever is planned for them',
  details: [
    'Publishes the articles that are named, by id or slug, as the blog itself does: published, created and updated now.',
    'Then they are put into the cache with the totals, and the hook runs for each, as with publish-due; what was planned',
    'for them is done with. Articles that are published already are left alone, names of no article are reported. Killed',
    'half-way and run again it finishes what it began.',
  ].join(' '),
  examples: [
    { command: 'blogctl publish-now 12 my-slug', meaning: 'publish two articles, by id and by slug' },
    { command: 'blogctl publish-now 12 --dry-run', meaning: 'show what would be done' },
    {
      command: 'blogctl publish-now 12 --hook /opt/index.sh --hook=--now',
      meaning: 'and run a program with an argument',
    },
  ],
  schedule: null,
  settings: settings({ articles: texts('which articles, by id or slug', { isArgument: true }), ...publishingSettings }),
  uses: ['db', 'cache', 'state', 'programs'],
  timeout: '15m',

  async run(context) {
    const names = context.settings.articles;
    if (names.length === 0) {
      throw new UsageError('it needs an article, by id or slug, such as "blogctl publish-now 12"');
    }
    const [database, state] = [await context.db(), await context.state()];
    const run = openPublishing({ context, database, state, action, retriesHooks: false });
    const articles = await namedArticles(run, names);
    const published: Published[] = [];
    await forEach(run, articles, nameOf, async (article) => {
      const one = await publishNow(run, article);
      if (one !== null) published.push(one);
    });
    await finish(run, published);
    return { summary: summaryOf(run), counts: { ...run.counts }, findings: run.findings };
  },
});

async function namedArticles(run: Publishing, names: readonly string[]): Promise<readonly ArticleState[]> {
  const ids = new Set<number>();
  for (const name of names) {
    const article = await articleByIdOrSlug(run.database, name);
    if (article !== null) ids.add(article.id);
    else {
      run.counts.missing++;
      const message = 'there is no article of this id or slug';
      run.findings.push({ kind: 'unknown-article', target: `article ${name}`, message });
    }
  }
  if (ids.size === 0) throw new FailedError(`there is no article of this id or slug: ${names.join(', ')}`);
  const found = new Map((await articleStates(run.database, [...ids])).map((article) => [article.id, article]));
  return [...ids].flatMap((id) => found.get(id) ?? []);
}

async function publishNow(run: Publishing, article: ArticleState): Promise<Published | null> {
  const { context, state } = run;
  const site = context.blog.name;
  const entry = state.isReady ? await openPublication(state, site, article.id) : null;
  const isOwn = entry?.status === 'publishing' && entry.claimedBy === action;
  if (entry !== null && isOwn) return resume(run, article, entry);
  if (article.isPublished) {
    run.counts.already++;
    // What publish-due has begun it ends itself.
    if (entry?.status === 'waiting') await end(run, entry, 'published', publishedByOthers);
    return null;
  }
  if (entry !== null) return publish(run, article, claimOf(run, entry));
  const { nowMs } = context;
  return publish(run, article, {
    take: () => addPublication(state, { site, articleId: article.id, dueAtMs: nowMs, nowMs, claimedBy: action }),
    giveBack: (taken) => endPublication(state, taken, { status: 'failed', nowMs, note: 'the database refused it' }),
  });
}
