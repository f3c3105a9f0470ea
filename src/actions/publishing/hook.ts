import { changePublication } from '../../blog/publications.ts';
import { isoUtc } from '../../core/host.ts';
import { plainText } from '../../core/plain-text.ts';
import type { ProgramEnd } from '../../core/programs.ts';
import { nameOf, type Published, type Publishing } from './publishing.ts';

/** How often a hook is started for an article before it is given up. */
const mostAttempts = 3;

/** Enough for the end of a stack or of a curl. */
const mostOutputBytes = 4096;

/** What became of a hook; `note` is for the entry, `isAgain` where the next run is to try once more. */
export interface HookEnd {
  readonly note: string | null;
  readonly isAgain: boolean;
}

/** Runs the owner's hook for a published article. */
export async function runHook(run: Publishing, { article, entry }: Published): Promise<HookEnd> {
  const { context, state, counts } = run;
  const [program = ''] = context.settings.hook;
  const attempt = (entry?.hookAttempts ?? 0) + 1;
  // Each of its starts has taken this program down with it, and must not do so for ever.
  if (attempt > mostAttempts) return failed(run, article, attempt - 1, 'none of its starts came to an end');
  const end = await context.change({ what: 'run', target: `hook ${program} for ${nameOf(article)}` }, async () => {
    if (entry !== null) await changePublication(state, entry, { hook_attempts: attempt });
    return start(run, article);
  });
  if (end === undefined || end.isDone) {
    counts.hooks++;
    return { note: null, isAgain: false };
  }
  const output = end.output === '' ? undefined : end.output;
  context.log.warn('hook failed', { article: article.id, hook: program, reason: end.reason, output });
  return failed(run, article, attempt, end.reason, end.output);
}

function failed(
  { context, counts, findings, retriesHooks }: Publishing,
  article: Published['article'],
  attempt: number,
  reason: string,
  output = '',
): HookEnd {
  const [program = ''] = context.settings.hook;
  const isAgain = retriesHooks && attempt < mostAttempts;
  const lastLine = output.split('\n').at(-1) ?? '';
  const parts = [`published, but the hook ${program} failed: ${reason}`];
  if (isAgain) parts.push(`the next run tries again (attempt ${attempt} of ${mostAttempts})`);
  else if (retriesHooks) parts.push(`given up after ${attempt} attempts`);
  if (lastLine !== '') parts.push(`its last words: ${lastLine.slice(-300)}`);
  counts.hooksFailed++;
  findings.push({ kind: 'hook-failed', target: nameOf(article), message: parts.join('; ') });
  const note = isAgain ? `attempt ${attempt} of ${mostAttempts}` : `after ${attempt} of ${mostAttempts} attempts`;
  return { note: `the hook failed: ${reason}${retriesHooks ? ` (${note})` : ''}`, isAgain };
}

async function start({ context }: Publishing, article: Published['article']): Promise<ProgramEnd> {
  const { hook, hookTimeout } = context.settings;
  const programs = await context.programs();
  return programs.run({
    command: hook,
    variables: {
      BLOGCTL_BLOG: context.blog.name,
      BLOGCTL_ARTICLE_ID: String(article.id),
      BLOGCTL_ARTICLE_SLUG: plainText(article.slug),
      BLOGCTL_ARTICLE_TITLE: plainText(article.title),
      BLOGCTL_PUBLISHED_AT: isoUtc(context.time.toEpochMs(article.updateDate)),
    },
    timeoutMs: hookTimeout.ms,
    mostOutputBytes,
    signal: context.signal,
  });
}
