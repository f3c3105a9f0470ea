import { addressOf, isWeb } from '../../content/backlink/site-link.ts';
import type { HttpAnswer } from '../../core/http.ts';
import { maskedAddress } from '../../core/masked-address.ts';
import type { Verdict } from './course.ts';
import { findLivingFeed } from './feed-sign.ts';
import { readLinksPages } from './links-pages.ts';
import type { Memory } from './memory.ts';
import { answers, readPage, type Looking, type Page } from './page.ts';
import { failureReason, reasons } from './reasons.ts';

/** What came of looking at a friend or a site. */
export interface Look {
  readonly verdict: Verdict;
  /** A word for machines: how the request ended, or `no-backlink`, `unverified`, `bad-link`. */
  readonly result: string;
  /** In words, in English. */
  readonly reason: string;
  /** In the blog's words, where it may be hidden for it. */
  readonly blogReason: string | null;
  /** The address to which it has moved for good. */
  readonly movedTo: string | null;
  readonly feed: string | null;
  readonly hasNoFeed: boolean;
  readonly linkPage: string | null;
  readonly tookMs: number;
}

const mostShown = 200;
/** Somebody lives there, or nobody may look, or we alone cannot. */
const undecided: readonly string[] = ['blocked', 'not-allowed', 'no-way', 'half-chain', 'too-large'];

/** Looks at one friend or site. Throws only where the run is told to stop. */
export async function lookAt(looking: Looking, link: string, memory: Memory): Promise<Look> {
  const url = addressOf(link.trim());
  if (url === null || !isWeb(url)) {
    const reason = `"${shown(maskedAddress(link))}" is no address of a page`;
    return { ...emptyLook(memory), verdict: 'dead', result: 'bad-link', reason, blogReason: reasons.badLink };
  }
  const page = await readPage(looking, url.href);
  const { answer, facts } = page;
  const seen = {
    ...emptyLook(memory),
    result: answer.result,
    reason: answer.reason,
    tookMs: Math.round(answer.elapsedMs),
  };
  if (answers(answer)) {
    if (answer.isGarbled && !facts.hasLink) return { ...seen, verdict: 'unknown', result: 'unverified' };
    const found = { ...seen, movedTo: answer.movedTo, feed: facts.feeds[0] ?? memory.feed, hasNoFeed: false };
    return looking.site === null ? { ...found, verdict: 'alive' } : withLink(looking, page, found, memory);
  }
  if (undecided.includes(answer.result)) return { ...seen, verdict: 'unknown' };
  const dead: Look = { ...seen, verdict: 'dead', blogReason: failureReason(answer) };
  return looking.looksAtFeeds ? withFeed(looking, url, answer, dead, memory) : dead;
}

// The page answers; is our link on it, or on its list of friends?
async function withLink(looking: Looking, page: Page, found: Look, memory: Memory): Promise<Look> {
  if (page.facts.hasLink) return { ...found, verdict: 'alive', linkPage: null };
  const search = await readLinksPages(looking, page, memory.linkPage);
  if (search.foundAt !== null) {
    const reason = `${found.reason}, our link is on ${shown(search.foundAt)}`;
    return { ...found, verdict: 'alive', reason, linkPage: search.foundAt };
  }
  if (search.doubt !== null) {
    const reason = `could not be verified: ${search.doubt}`;
    return { ...found, verdict: 'unknown', result: 'unverified', reason, linkPage: memory.linkPage };
  }
  const pages = search.read === 0 ? 'its page' : `its page and ${search.read} more`;
  const reason = `no link to ${looking.site?.host}${looking.site?.path} on ${pages}`;
  return { ...found, verdict: 'no-link', result: 'no-backlink', reason, blogReason: reasons.noLink, linkPage: null };
}

async function withFeed(looking: Looking, url: URL, answer: HttpAnswer, dead: Look, memory: Memory): Promise<Look> {
  const sign = await findLivingFeed(looking, url, answer, memory);
  if (sign.living === null) return { ...dead, hasNoFeed: sign.wasSearched || memory.hasNoFeed };
  const reason = `${dead.reason}; but its feed answers: ${shown(sign.living)}`;
  return { ...dead, verdict: 'living-feed', reason, blogReason: null, feed: sign.living };
}

function emptyLook({ feed, hasNoFeed, linkPage }: Memory): Look {
  return {
    verdict: 'unknown',
    result: '',
    reason: '',
    blogReason: null,
    movedTo: null,
    feed,
    hasNoFeed,
    linkPage,
    tookMs: 0,
  };
}

// Addresses are a stranger's, and of any length.
function shown(address: string): string {
  return address.length > mostShown ? `${address.slice(0, mostShown)}…` : address;
}
