import { addressOf, isWeb } from '../../content/backlink/site-link.ts';
import { openPatternFinder } from '../../content/backlink/pattern-finder.ts';
import type { CheckContext, CheckJob } from './job.ts';
import type { Look } from './look.ts';
import { reasons, statusReason } from './reasons.ts';

const timeoutMs = 5000;
const mostRedirects = 30;
/** What the blog's own task takes any error of the network for. */
const errorStatus = 500;

/**
 * Looks as the blog's own task does: one request of five seconds, certificates not verified, an error of the network
 * counts as status 500, and the site's link is searched in the page's text. Only what must not be fetched is left alone.
 */
export async function lookAsIzone(
  context: CheckContext,
  { siteLink, isAliveToIzone }: CheckJob,
  link: string,
): Promise<Look> {
  const finder = siteLink === null ? null : openPatternFinder(siteLink.text);
  const nothing = { movedTo: null, feed: null, hasNoFeed: false, linkPage: null, tookMs: 0 };
  const dead = (status: number, result: string, reason: string): Look => {
    return { ...nothing, verdict: 'dead', result, reason, blogReason: statusReason(status) };
  };
  const url = addressOf(link.trim());
  if (url === null || !isWeb(url)) return dead(errorStatus, 'bad-link', 'the link is no address of a page');
  const answer = await (
    await context.http()
  ).fetch({
    url: url.href,
    read: finder ?? 'nothing',
    attempts: 1,
    timeoutMs,
    maxRedirects: mostRedirects,
    verifyTls: false,
    anyPort: true,
    signal: context.signal,
  });
  const { result, reason } = answer;
  const seen = { ...nothing, result, reason, tookMs: Math.round(answer.elapsedMs) };
  if (result === 'not-allowed') return { ...seen, verdict: 'unknown', blogReason: null };
  const status = answer.status ?? errorStatus;
  if (!isAliveToIzone(status)) return { ...dead(status, result, reason), tookMs: seen.tookMs };
  if (finder === null || finder.isFound()) return { ...seen, verdict: 'alive', blogReason: null };
  const missing = `the page's text does not have ${siteLink?.text}`;
  return { ...seen, verdict: 'no-link', result: 'no-backlink', reason: missing, blogReason: reasons.noLink };
}
