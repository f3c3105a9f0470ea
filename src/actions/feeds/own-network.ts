import { blogAddress } from '../../blog/addresses.ts';
import type { Check } from '../../blog/checks.ts';
import { FailedError } from '../../core/errors.ts';
import type { FeedContext } from './hub.ts';

/** How a feed was found, and how it was the last time. */
export interface Asked {
  readonly url: string;
  readonly result: string;
  readonly isUnreached: boolean;
  /** Null where it was never looked at. */
  readonly last: Check | null;
}

// A day, and as much more as a daily run may be late.
const longestMs = 25 * 3_600_000;

/**
 * Ends the run where nobody at all could be reached, though somebody could the last time: then the network that is down is
 * our own, and no feed is to wait for it. One host may well be down by itself, and for good: it takes two of them, and
 * neither a canary nor the blog itself may answer. After a day it is held against them all the same.
 */
export async function refuseWithoutNetwork(context: FeedContext, all: readonly Asked[]): Promise<void> {
  // That an address is not allowed is known without asking anybody.
  const done = all.filter(({ result }) => result !== 'not-allowed');
  const healthy = done.filter(({ last }) => last?.state === 'ok');
  if (healthy.length === 0 || !done.every(({ isUnreached }) => isUnreached)) return;
  const lastMs = Math.max(...healthy.map(({ last }) => Date.parse(last?.checked_at ?? '')));
  if (!(context.nowMs - lastMs < longestMs)) return;
  const hosts = new Set(healthy.map(({ url }) => (URL.canParse(url) ? new URL(url).hostname : '')));
  // Where the owner named canaries they alone tell.
  if (context.canaries.length === 0 && hosts.size < 2) return;
  const signs = context.canaries.length > 0 ? context.canaries : await ownAddress(context);
  if (await doesAnyAnswer(context, signs)) return;
  throw new FailedError(
    `none of ${done.length} ${done.length === 1 ? 'feed' : 'feeds'} could be reached, though ${healthy.length} of them could the last time: nothing is held against them`,
    { hint: "Is this machine's own network down? http.canaries in the configuration names addresses that tell." },
  );
}

async function ownAddress({ db, blog }: FeedContext): Promise<readonly string[]> {
  const own = await blogAddress(await db(), blog);
  return own === null ? [] : [own];
}

async function doesAnyAnswer({ http, signal }: FeedContext, signs: readonly string[]): Promise<boolean> {
  const web = await http();
  const answers = await Promise.all(
    signs.map((url) => web.fetch({ url, method: 'HEAD', read: 'nothing', isTrusted: true, signal })),
  );
  return answers.some(({ status }) => status !== null);
}
