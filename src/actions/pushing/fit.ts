import type { Queued } from './plan.ts';
import type { Fitness } from './pre-check.ts';
import type { Pushing } from './push.ts';

const mostUnfit = 200;
const mostDown = 3;
const checkedAtOnce = 16;

/**
 * Opens a queue: each call gives the next so many that an engine could index, or fewer where the queue ends, too many
 * are unfit, or the blog itself does not answer.
 */
export function fitOnes(pushing: Pushing, queue: readonly Queued[]): (want: number) => Promise<readonly Queued[]> {
  const { context, engine, findings } = pushing;
  let at = 0;
  let unfit = 0;
  let downInARow = 0;
  let downReason: string | null = null;
  let isOver = false;

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

  return async (want) => {
    const found: Queued[] = [];
    while (found.length < want && !isOver) {
      context.signal.throwIfAborted();
      const piece = queue.slice(at, at + Math.min(want - found.length, checkedAtOnce));
      at += piece.length;
      const results = await Promise.all(piece.map((one) => fitnessOf(pushing, one)));
      for (const [index, one] of piece.entries()) {
        const fitness = results[index];
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
}

async function fitnessOf({ preCheck, engine }: Pushing, { url, isGone }: Queued): Promise<Fitness> {
  const reason = engine.refusal(url);
  if (reason !== null) return { is: 'unfit', reason };
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
