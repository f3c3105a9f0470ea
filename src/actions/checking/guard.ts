import { FailedError, UpstreamError } from '../../core/errors.ts';
import { titledAll, type CheckContext, type CheckJob } from './job.ts';
import type { Judged } from './judge.ts';

/** Of fewer a share says little: only if all fail together. */
const fewest = 5;
const defaultMost = 5;
const defaultShare = 0.2;

/** Throws an UpstreamError where so many of the healthy fail together that it is more likely our own fault. */
export function refuseMassFailure(all: readonly Judged[], guardShare: number): void {
  const healthy = all.filter(
    // What is wrong with the link itself has nothing to do with the network.
    ({ link, memory, look }) => link.isShown && memory.course.standing === 'ok' && look.result !== 'bad-link',
  );
  const failing = healthy.filter(({ look }) => look.verdict === 'dead' || look.verdict === 'no-link');
  const percent = (100 * failing.length) / Math.max(healthy.length, 1);
  const isMass = healthy.length >= fewest || (healthy.length > 1 && percent === 100);
  if (!isMass || percent <= guardShare) return;
  const looks = new Map<string, number>();
  for (const { look } of failing) looks.set(look.result, (looks.get(look.result) ?? 0) + 1);
  const told = [...looks].sort((a, b) => b[1] - a[1]).map(([result, count]) => `${count} ${result}`);
  throw new UpstreamError(
    `${failing.length} of ${healthy.length} that were healthy fail together (${told.join(', ')}): nothing was written`,
    {
      hint: `It is probably your own network, or a wrong siteLink. If they are right to fail: --guard-share 100, once (now ${guardShare}).`,
    },
  );
}

/** A FailedError where the run would hide more than it may; null where it would not. */
export function tooManyHidden(
  all: readonly Judged[],
  { settings: { maxChanges: limit, compat } }: CheckContext,
  { kind }: CheckJob,
  shown: number,
): FailedError | null {
  const hiding = all.filter(({ act }) => act === 'hide');
  if (limit === undefined && compat === 'izone') return null;
  const most =
    limit === undefined
      ? Math.max(defaultMost, Math.floor(shown * defaultShare))
      : limit.kind === 'rows'
        ? limit.most
        : Math.floor((shown * limit.most) / 100);
  if (hiding.length <= most) return null;
  const named = titledAll(
    hiding.map(({ link }) => link),
    kind,
  );
  return new FailedError(
    `it would hide ${hiding.length} of ${shown} at once, and ${limit === undefined ? `at most ${most} are hidden` : `--max-changes allows ${limit.text}`}: nobody was hidden (${named})`,
    { hint: 'What was seen is kept: "blogctl why". If they are right to go: raise --max-changes once.' },
  );
}
