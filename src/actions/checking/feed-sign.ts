import { openFeedSniffer } from '../../content/backlink/feed-sniff.ts';
import { addressOf, plainHost } from '../../content/backlink/site-link.ts';
import type { HttpAnswer } from '../../core/http.ts';
import { answers, isListed, type Looking } from './page.ts';
import type { Memory } from './memory.ts';

/** A friend's feed, as a sign of life. */
export interface FeedSign {
  /** The feed that answers; null where none does. */
  readonly living: string | null;
  /** The usual addresses were asked for. */
  readonly wasSearched: boolean;
}

const usualPaths = ['feed', 'atom.xml', 'rss.xml', 'index.xml', 'feed.xml'];

/**
 * Has a friend whose page does not answer a feed that does? One of the feed hub's that was read lately; the one that its
 * page named when it last answered; and, where its server answers at all, those at the usual addresses, once in a series
 * of failures.
 */
export async function findLivingFeed(
  looking: Looking,
  link: URL,
  { result, status }: HttpAnswer,
  memory: Memory,
): Promise<FeedSign> {
  const known = looking.livingFeeds.find((feed) => isBelow(feed, link));
  if (known !== undefined) return { living: known, wasSearched: false };
  const hasServer = status !== null;
  const remembered = memory.feed;
  // Where the name has no address or nobody accepts, the same host need not be asked again.
  const isWorthAsking = hasServer || result === 'timeout' || result === 'broken';
  if (remembered !== null && (isWorthAsking || plainHost(addressOf(remembered)?.host ?? '') !== plainHost(link.host))) {
    if (await isLiving(looking, remembered)) return { living: remembered, wasSearched: false };
  }
  if (!hasServer || memory.hasNoFeed) return { living: null, wasSearched: false };
  const folder = link.pathname.endsWith('/') ? link.href : `${link.origin}${link.pathname.replace(/[^/]*$/, '')}`;
  for (const path of usualPaths) {
    const feed = addressOf(path, folder)?.href;
    if (feed !== undefined && feed !== remembered && (await isLiving(looking, feed))) {
      return { living: feed, wasSearched: true };
    }
  }
  return { living: null, wasSearched: true };
}

async function isLiving({ http, signal, insecure }: Looking, url: string): Promise<boolean> {
  const sniffer = openFeedSniffer();
  const answer = await http.fetch({ url, read: sniffer, attempts: 1, verifyTls: !isListed(url, insecure), signal });
  return answers(answer) && sniffer.isFeed();
}

// On a host with many people's pages a neighbour's feed says nothing.
function isBelow(feed: string, link: URL): boolean {
  const url = addressOf(feed);
  if (url === null || plainHost(url.host) !== plainHost(link.host)) return false;
  const folder = /^\/[^/]+(?=\/|$)/.exec(link.pathname)?.[0] ?? '';
  const isPage = /\.\w+$/.test(folder);
  return folder === '' || isPage || url.pathname === folder || url.pathname.startsWith(`${folder}/`);
}
