import { FailedError } from '../../core/errors.ts';
import type { FeedContext } from './hub.ts';

/** How a feed was found, and how it was the last time. */
export interface Asked {
  readonly result: string;
  readonly isUnreached: boolean;
  readonly wasHealthy: boolean;
}

/**
 * Ends the run where nobody at all could be reached, though somebody could the last time: then the network that is down is
 * our own, and no feed is to wait for it.
 */
export async function refuseWithoutNetwork(context: FeedContext, all: readonly Asked[]): Promise<void> {
  // That an address is not allowed is known without asking anybody.
  const done = all.filter(({ result }) => result !== 'not-allowed');
  const isNobodyThere = done.every(({ isUnreached }) => isUnreached);
  const healthy = done.filter(({ wasHealthy }) => wasHealthy).length;
  if (!isNobodyThere || healthy === 0) return;
  // One feed alone may well be down.
  const isOurs = context.canaries.length === 0 ? done.length > 1 : !(await doesAnyAnswer(context));
  if (!isOurs) return;
  throw new FailedError(
    `none of ${done.length} feeds could be reached, though ${healthy} of them could the last time: nothing is held against them`,
    { hint: "Is this machine's own network down? http.canaries in the configuration names addresses that tell." },
  );
}

async function doesAnyAnswer({ canaries, http, signal }: FeedContext): Promise<boolean> {
  const web = await http();
  const answers = await Promise.all(
    canaries.map((url) => web.fetch({ url, method: 'HEAD', read: 'nothing', isTrusted: true, signal })),
  );
  return answers.some(({ status }) => status !== null);
}
