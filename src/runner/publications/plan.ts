import { addPublication, changePublication, openPublication, type Publication } from '../../blog/publications.ts';
import { durationInWords } from '../../core/duration.ts';
import { exitCodes, FailedError, UsageError } from '../../core/errors.ts';
import { isoUtc } from '../../core/host.ts';
import { plainJson } from '../../core/plain-text.ts';
import type { CommandContext } from '../command.ts';
import type { Config } from '../config/config.ts';
import { readMoment, withOffset } from './moment.ts';
import { findArticle, titled, withPlans, type Plans } from './open.ts';

/** A slip of the finger in the year is nearer than that. */
const longestMs = 100 * 366 * 86_400_000;

/** Plans an article: `blogctl schedule publish`. Returns the exit code. */
export async function planPublication(context: CommandContext): Promise<number> {
  const { general, host, flags } = context;
  return withPlans(context, { isWriting: !general.dryRun }, async (plans) => {
    const { config, state, site, nowMs, local } = plans;
    const zone = config.blog.timezone;
    const name = oneArticle(context, zone);
    const moment = readMoment(String(flags['at']).trim(), zone, host.zoneOffsetMs);
    const dueAtMs = moment.epochMs;
    const when = `${local(dueAtMs)} (${zone})`;
    const article = await findArticle(plans, name);
    if (article.isPublished) throw new FailedError(`${titled(article)} is published already`);
    refusePast(dueAtMs, plans, article.id);
    const earlier = state.isReady ? await openPublication(state, site, article.id) : null;
    const isMove = flags['move'] === true && earlier !== null;
    if (earlier !== null && !isMove) throw twice(titled(article), earlier, plans);
    if (earlier?.status === 'publishing') throw new FailedError(`${titled(article)} is being published already`);
    if (!general.dryRun) {
      const made = { site, articleId: article.id, dueAtMs, nowMs, claimedBy: null };
      const entry =
        earlier === null
          ? await addPublication(state, made)
          : await changePublication(state, earlier, { due_at: isoUtc(dueAtMs) });
      if (entry === null)
        throw new FailedError(`${titled(article)} was planned or published by somebody else just now`);
    }
    const warnings = warningsFor(config);
    for (const warning of warnings) host.complain(`warning: ${warning}\n`);
    const note = moment.isFirstOfTwo
      ? `the clocks show that time twice; taken is the first, ${withOffset(dueAtMs, zone, host.zoneOffsetMs)}`
      : null;
    if (general.json) {
      const { id, slug, title } = article;
      const before = earlier === null ? null : isoUtc(earlier.dueAtMs);
      const times = { dueAt: isoUtc(dueAtMs), before, local: local(dueAtMs), timezone: zone, inMs: dueAtMs - nowMs };
      host.print(
        `${plainJson({ dryRun: general.dryRun, article: { id, slug, title }, ...times, note, warnings }, 2)}\n`,
      );
    } else if (!general.quiet) {
      const verb = general.dryRun ? 'dry run: would plan' : 'planned:';
      const moved = earlier === null ? '' : `, no longer at ${local(earlier.dueAtMs)}`;
      host.print(`${verb} ${titled(article)} at ${when}, in ${durationInWords(dueAtMs - nowMs)}${moved}\n`);
      if (note !== null) host.print(`${note}\n`);
    }
    return general.exitCode ? exitCodes.changesOrFindings : exitCodes.done;
  });
}

function oneArticle({ operands, flags }: CommandContext, zone: string): string {
  const [name = '', ...more] = operands;
  const at = flags['at'] as string | undefined;
  if (at === undefined) {
    throw new UsageError(`--at is missing: say when, in the blog's zone (${zone}), such as --at "2026-12-01 08:00"`);
  }
  if (more.length === 1 && /^\d{1,2}:\d\d/.test(more[0] ?? '')) {
    throw new UsageError(`--at: put date and time between quotes: --at "${at} ${more[0]}"`);
  }
  if (more.length > 0) throw new UsageError(`expected one article, got ${operands.join(', ')}`);
  return name;
}

function refusePast(dueAtMs: number, { nowMs, local, config }: Plans, id: number): void {
  const zone = config.blog.timezone;
  if (dueAtMs > nowMs + longestMs) {
    throw new UsageError(`--at: ${local(dueAtMs)} is more than a hundred years away`);
  }
  if (dueAtMs > nowMs) return;
  throw new UsageError(`--at: ${local(dueAtMs)} is past: in ${zone} it is ${local(nowMs)} now`, {
    hint: `To publish it at once: blogctl publish-now ${id}`,
  });
}

function twice(name: string, earlier: Publication, { local, config }: Plans): FailedError {
  const when = `${local(earlier.dueAtMs)} (${config.blog.timezone})`;
  return new FailedError(`${name} is planned for ${when} already`, { hint: 'Give --move to change that.' });
}

function warningsFor(config: Config): string[] {
  const jobs = [...config.jobs.values()].filter((job) => job.action === 'publish-due');
  if (jobs.some((job) => job.schedule !== null)) return [];
  const [job] = jobs;
  const why = job === undefined ? 'no job runs publish-due' : `the job ${job.name} is kept out of the crontab`;
  const what = job === undefined ? 'add "publish-due: {}" under jobs in the configuration' : 'give it a schedule';
  return [`${why}, so nothing will be published by itself; ${what} and run "blogctl install"`];
}
