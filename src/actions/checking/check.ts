import pLimit from 'p-limit';
import { livingFeeds } from '../../blog/living-feeds.ts';
import { createBlogTime } from '../../blog/time.ts';
import type { Outcome } from '../../core/outcome.ts';
import { requireNetworkStill, requireOwnNetwork } from './canaries.ts';
import { choose, type Target } from './choose.ts';
import { izoneRule, type Rule } from './course.ts';
import { refuseMassFailure, tooManyHidden } from './guard.ts';
import { lookAsIzone } from './izone-look.ts';
import { hostOf, type CheckContext, type CheckJob } from './job.ts';
import { judge, spared } from './judge.ts';
import { applyAll, keepAll, type Done } from './keep.ts';
import { lookAt, type Look } from './look.ts';
import { countsOf, findingsOf, summaryOf } from './outcome.ts';
import type { Looking } from './page.ts';

/** As many as the client ever runs. */
const mostAtOnce = 256;

/**
 * Looks at all links of a list, judges them by what is known from earlier looks, and hides and shows. Everything is
 * written when all looks are done: a run that is stopped before has judged nobody.
 */
export async function check(context: CheckContext, job: CheckJob): Promise<Outcome> {
  const { settings, nowMs, blog } = context;
  const isCompat = settings.compat === 'izone';
  const rule = isCompat ? izoneRule : ruleOf(settings);
  const chosen = await choose(context, job);
  const ownFindings = await requireOwnNetwork(context, { asksOwn: !isCompat });
  const looks = await lookAtAll(context, job, chosen.targets);
  await requireNetworkStill(context, looks, { asksOwn: !isCompat });
  const time = createBlogTime(blog.timezone, () => nowMs);
  const local = (epochMs: number): string => time.fromEpochMs(epochMs).slice(0, 16);
  const judging = {
    rule,
    nowMs,
    dayOf: isCompat ? null : (epochMs: number) => local(epochMs).slice(0, 10),
    looksForLink: job.siteLink !== null,
  };
  const judged = chosen.targets.map((target, index) => judge(target, looks[index] as Look, judging));
  if (!isCompat) refuseMassFailure(judged, settings.guardShare);
  const refusal = tooManyHidden(judged, context, job, chosen.shown);
  const done: Done[] = [];
  context.soFar(() => countsOf(done, chosen));
  await applyAll(context, job, refusal === null ? judged : judged.map(spared), rule, done);
  await keepAll(context, job, done, chosen.byHand, rule);
  if (refusal !== null) throw refusal;
  requireWritten(done);
  const counts = countsOf(done, chosen);
  return {
    summary: summaryOf(done, counts, job.kind),
    counts,
    findings: [...chosen.findings, ...ownFindings, ...findingsOf(done, job, rule, local)],
  };
}

async function lookAtAll(context: CheckContext, job: CheckJob, targets: readonly Target[]): Promise<readonly Look[]> {
  const { settings, signal, progress, blog, nowMs } = context;
  const http = await context.http();
  const looking: Looking = {
    http,
    signal,
    site: job.siteLink?.site ?? null,
    insecure: settings.insecure.map(hostOf),
    livingFeeds: job.looksAtFeeds ? await livingFeeds(await context.db(), await context.state(), blog.name, nowMs) : [],
    looksAtFeeds: job.looksAtFeeds,
  };
  progress.total(targets.length);
  // How many requests run at the same time is the client's business; but what waits takes memory.
  const limit = pLimit(mostAtOnce);
  const looks = targets.map(({ link, memory }) =>
    limit(async () => {
      const look =
        settings.compat === 'izone'
          ? await lookAsIzone(context, job, link.link)
          : await lookAt({ ...looking, looksAtFeeds: looking.looksAtFeeds && link.isShown }, link.link, memory);
      progress.step();
      return look;
    }),
  );
  try {
    return await Promise.all(looks);
  } finally {
    limit.clearQueue();
  }
}

// One that the database refuses is a finding; where it refuses all of them, that is why the run has failed.
function requireWritten(all: readonly Done[]): void {
  const wanted = all.filter(({ act, isEdited }) => act !== null && !isEdited);
  const [first] = wanted;
  if (first?.refusal && wanted.every(({ refusal }) => refusal !== null)) throw first.refusal;
}

function ruleOf({ failAfter, failOver, backAfter }: CheckContext['settings']): Rule {
  return { failAfter, failOverMs: failOver.ms, backAfter };
}
