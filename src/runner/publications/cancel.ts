import { articleByIdOrSlug } from '../../blog/articles.ts';
import { endPublication, listPublications, type Publication } from '../../blog/publications.ts';
import { BlogctlError, exitCodes, FailedError } from '../../core/errors.ts';
import { isoUtc } from '../../core/host.ts';
import { plainJson, plainText } from '../../core/plain-text.ts';
import type { CommandContext } from '../command.ts';
import { findArticle, withPlans, type Plans } from './open.ts';

/** Ends plans: `blogctl schedule cancel`. Returns the exit code. */
export async function cancelPublications(context: CommandContext): Promise<number> {
  const { general, host, operands } = context;
  return withPlans(context, { isWriting: !general.dryRun }, async (plans) => {
    const { state, site, local } = plans;
    const cancelled: Publication[] = [];
    const failures: { given: string; error: string }[] = [];
    for (const given of operands) {
      try {
        // Read anew each time: the same one may be named twice.
        const open = state.isReady ? await listPublications(state, site, { ended: false }) : [];
        cancelled.push(await cancel(plans, open, given, general.dryRun));
      } catch (error) {
        if (!(error instanceof BlogctlError)) throw error;
        failures.push({ given, error: error.message });
        host.complain(`blogctl: ${plainText(error.message)}\n`);
      }
    }
    if (general.json) {
      const ended = cancelled.map(({ id, articleId, dueAtMs }) => ({ id, articleId, dueAt: isoUtc(dueAtMs) }));
      host.print(`${plainJson({ dryRun: general.dryRun, cancelled: ended, failures }, 2)}\n`);
    } else if (!general.quiet) {
      const verb = general.dryRun ? 'dry run: would cancel' : 'cancelled:';
      for (const { id, articleId, dueAtMs } of cancelled) {
        host.print(
          `${verb} plan #${id} of article ${articleId} at ${local(dueAtMs)} (${plans.config.blog.timezone})\n`,
        );
      }
    }
    if (failures.length > 0) return exitCodes.failed;
    return general.exitCode ? exitCodes.changesOrFindings : exitCodes.done;
  });
}

async function cancel(
  plans: Plans,
  open: readonly Publication[],
  given: string,
  isDryRun: boolean,
): Promise<Publication> {
  const entry = await entryOf(plans, open, given);
  const isBusy = entry.status === 'publishing';
  const note = 'cancelled by hand';
  const end = { status: 'cancelled', nowMs: plans.nowMs, note } as const;
  // Between our reading and our writing its hour may come.
  if (!isBusy && (isDryRun || (await endPublication(plans.state, entry, end)))) return entry;
  throw new FailedError(`article ${entry.articleId} is being published already; that cannot be cancelled`);
}

async function entryOf(plans: Plans, open: readonly Publication[], given: string): Promise<Publication> {
  if (/^#\d+$/.test(given)) {
    const entry = open.find(({ id }) => `#${id}` === given);
    if (entry === undefined) throw new FailedError(`there is no plan ${given} that waits`);
    return entry;
  }
  // An article that is gone has its plan still.
  const id = (await articleByIdOrSlug(plans.blog, given))?.id ?? (/^\d{1,9}$/.test(given) ? Number(given) : null);
  const entry = open.find(({ articleId }) => articleId === id);
  if (entry !== undefined) return entry;
  const article = await findArticle(plans, given);
  throw new FailedError(`nothing is planned for article ${article.id} (${article.slug})`);
}
