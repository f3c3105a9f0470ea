import { articleStates } from '../blog/articles.ts';
import { duePublications } from '../blog/publications.ts';
import { defineAction } from '../core/action.ts';
import { settings } from '../core/settings.ts';
import { openPublishing, summaryOf, type Published } from './publishing/publishing.ts';
import { publishingSettings } from './publishing/settings.ts';

const action = 'publish-due';

export default defineAction({
  summary: 'publish the drafts whose hour has come, and run your hook',
  details: [
    'Publishes what "blogctl schedule publish" has planned, as the blog itself does: the article is published, created and',
    'updated now. Then it is put into the cache with the totals, and the hook runs with BLOGCTL_ARTICLE_ID, _SLUG, _TITLE,',
    'BLOGCTL_PUBLISHED_AT and BLOGCTL_BLOG set. What was due while nobody ran is published by the next run. A hook that',
    'fails is tried again by the next two runs; the article stays published. A run that was killed is finished by the next',
    'one, so that a hook runs at least once, and perhaps twice.',
  ].join(' '),
  examples: [
    { command: 'blogctl publish-due', meaning: 'publish what is due' },
    { command: 'blogctl publish-due --dry-run', meaning: 'show what is due' },
    { command: 'blogctl publish-due --no-warm --hook /opt/index.sh', meaning: 'leave the cache alone, run a program' },
  ],
  schedule: '* * * * *',
  settings: settings(publishingSettings),
  uses: ['db', 'cache', 'state', 'programs'],
  timeout: '15m',

  async run(context) {
    const state = await context.state();
    const due = state.isReady ? await duePublications(state, context.blog.name, action, context.nowMs) : [];
    const run = openPublishing({ context, database: await context.db(), state, action, retriesHooks: true });
    if (due.length === 0) return { summary: 'nothing is due', counts: { ...run.counts } };
    // Loaded where there is something to do, and not each minute.
    const { claimOf, end, forEach, missing, publish, publishedByOthers, resume } =
      await import('./publishing/publish.ts');
    const { finish } = await import('./publishing/finish.ts');
    const ids = due.map((entry) => entry.articleId);
    const articles = new Map((await articleStates(run.database, ids)).map((article) => [article.id, article]));
    const published: Published[] = [];
    await forEach(
      run,
      due,
      (entry) => `article ${entry.articleId}`,
      async (entry) => {
        const article = articles.get(entry.articleId);
        if (article === undefined) return missing(run, `article ${entry.articleId}`, entry);
        if (entry.status === 'waiting' && article.isPublished) {
          run.counts.already++;
          return end(run, entry, 'published', publishedByOthers);
        }
        const isNew = entry.status === 'waiting';
        const one = isNew ? await publish(run, article, claimOf(run, entry)) : await resume(run, article, entry);
        if (one !== null) published.push(one);
      },
    );
    await finish(run, published);
    return { summary: summaryOf(run), counts: { ...run.counts }, findings: run.findings };
  },
});
