import { faultOfAll, type Fault } from './fault.ts';
import type { Queued } from './plan.ts';
import type { Fitness } from './pre-check.ts';
import type { Pushing } from './push.ts';

const mostUnfit = 200;
const mostDown = 3;
const checkedAtOnce = 16;

/** The addresses of a queue that an engine could index. */
export interface FitOnes {
  /** The next so many, or fewer where the queue ends, too many are unfit, or the blog itself does not answer. */
  readonly next: (want: number) => Promise<readonly Queued[]>;
  /** What all that were looked at have in common, where none of them could be indexed; null otherwise. */
  readonly fault: () => Promise<Fault | null>;
}

/** Opens a queue. */
export function fitOnes(pushing: Pushing, queue: readonly Queued[]): FitOnes {
  const { context, engine, findings } = pushing;
  let at = 0;
  let unfit = 0;
  let downInARow = 0;
  let downReason: string | null = null;
  let isOver = false;
  const bad: Exclude<Fitness, { is: 'fit' }>[] = [];
  let fit = 0;

  function end(): void {
    isOver = true;
    if (downReason !== null) {
      const message = `the blog itself does not always answer (${downReason}): what was not seen waits`;
      findings.push({ kind: 'blog-down', target: engine.title, message });
    }
    if (unfit >= mostUnfit) {
      const message = `${unfit} addresses are unfit: the others were not looked at, and wait`;
      findings.push({ kind: 'unfit', target: engine.title, message });
    }
  }

  const next = async (want: number): Promise<readonly Queued[]> => {
    const found: Queued[] = [];
    while (found.length < want && !isOver) {
      context.signal.throwIfAborted();
      const piece = queue.slice(at, at + Math.min(want - found.length, checkedAtOnce));
      at += piece.length;
      const results = await Promise.all(piece.map((one) => fitnessOf(pushing, one)));
      for (const [index, one] of piece.entries()) {
        const fitness = results[index];
        if (fitness === undefined || fitness.is === 'fit') fit++;
        else bad.push(fitness);
        if (fitness?.is === 'down') {
          downInARow++;
          downReason = fitness.reason;
          continue;
        }
        downInARow = 0;
        if (fitness?.is === 'unfit') {
          unfit++;
          await putOff(pushing, one, fitness.reason);
        } else found.push(one);
      }
      if (at >= queue.length || unfit >= mostUnfit || downInARow >= mostDown) end();
    }
    return found;
  };

  // An article may be out of order by itself, or on purpose: then another, which was in order once, still is.
  const fault = async (): Promise<Fault | null> => {
    const found = fit > 0 ? null : faultOfAll(bad, { engine, origin: pushing.origin });
    if (found === null || pushing.other === null) return found;
    const other = await fitnessOf(pushing, { url: pushing.other, isGone: false });
    if (other.is === 'fit') return null;
    return faultOfAll([...bad, other], { engine, origin: pushing.origin }) === null ? null : found;
  };
  return { next, fault };
}

async function fitnessOf(
  { preCheck, engine }: Pushing,
  { url, isGone }: Pick<Queued, 'url' | 'isGone'>,
): Promise<Fitness> {
  const reason = engine.refusal(url);
  if (reason !== null) return { is: 'unfit', reason, cause: { kind: 'key-folder' } };
  // At an address that is no more there is nothing to see.
  return preCheck === null || isGone ? { is: 'fit' } : preCheck.check(url, engine.robot);
}

async function putOff(
  { context, engine, ledger, findings, counts }: Pushing,
  { url }: Queued,
  reason: string,
): Promise<void> {
  await context.change({ what: 'put off', target: url, after: engine.title }, () =>
    ledger.mark([url], { status: 'unfit', atMs: context.nowMs, note: reason }),
  );
  counts.unfit++;
  counts.waiting--;
  findings.push({ kind: 'unfit', target: url, message: `not sent to ${engine.title}: ${reason}` });
}
