import { blogAddress } from '../../blog/addresses.ts';
import { UpstreamError } from '../../core/errors.ts';
import type { HttpAnswer } from '../../core/http.ts';
import type { Finding } from '../../core/outcome.ts';
import type { CheckContext } from './job.ts';
import type { Look } from './look.ts';

/** How a request ends for which nobody out there is to blame, if our own network is down. */
const networkResults: readonly string[] = ['dns', 'refused', 'no-way', 'timeout', 'broken', 'tls', 'half-chain'];
/** What was never asked for says nothing. */
const unasked: readonly string[] = ['bad-link', 'not-allowed'];

/**
 * The network may have gone away while we looked: asks again where looks failed for its sake. Where no canary is
 * configured, the blog's own address takes their place, if nobody answered at all. Throws an UpstreamError where the
 * network is to blame.
 */
export async function requireNetworkStill(
  context: CheckContext,
  looks: readonly Pick<Look, 'result'>[],
  { asksOwn }: { readonly asksOwn: boolean },
): Promise<void> {
  const asked = looks.filter(({ result }) => !unasked.includes(result));
  const failed = asked.filter(({ result }) => networkResults.includes(result));
  if (failed.length === 0) return;
  if (context.canaries.length > 0) await requireOwnNetwork(context, { asksOwn: false });
  else if (asksOwn && failed.length === asked.length) await requireOwnAddress(context);
}

async function requireOwnAddress(context: CheckContext): Promise<void> {
  const own = await blogAddress(await context.db(), context.blog);
  if (own === null) return;
  const { status, result, reason } = await ask(context, own);
  if (status !== null || !networkResults.includes(result)) return;
  throw new UpstreamError(
    `nobody answers, not even the blog's own address, so your own network is to blame: nobody was judged (${own}: ${reason})`,
    { hint: 'Try again when the network is back; give http.canaries addresses that answer whenever it works.' },
  );
}

/**
 * Is it them or is it me? Asks the canaries of the configuration, of which one must answer, whatever it says; throws an
 * UpstreamError where none does. The blog's own address is asked, too, and only told of: from within a network its own
 * public name often leads nowhere.
 */
export async function requireOwnNetwork(
  context: CheckContext,
  { asksOwn }: { readonly asksOwn: boolean },
): Promise<readonly Finding[]> {
  const { canaries, blog, log } = context;
  const own = asksOwn ? await blogAddress(await context.db(), blog) : null;
  const [ownAnswer, ...answers] = await Promise.all([
    own === null ? null : ask(context, own),
    ...canaries.map((url) => ask(context, url, { maxRedirects: 0 })),
  ]);
  const isSilent = (answer: HttpAnswer | null | undefined): boolean => answer?.status === null;
  if (answers.length > 0 && answers.every(isSilent)) {
    const told = answers.map((answer, index) => `${canaries[index]}: ${answer?.reason}`).join('; ');
    throw new UpstreamError(`no canary answers, so your own network is to blame: nobody was judged (${told})`, {
      hint: 'Try again when the network is back; http.canaries names the addresses that must answer.',
    });
  }
  if (own === null || !isSilent(ownAnswer)) return [];
  log.info("the blog's own address does not answer", { address: own, reason: ownAnswer?.reason ?? '' });
  const message = `it does not answer: ${ownAnswer?.reason}${answers.length === 0 ? '; no other address tells whether your network works (http.canaries)' : ''}`;
  return [{ kind: 'own-address', target: own, message }];
}

// Of a canary a redirect is an answer like any other; of the blog what it leads to is told.
async function ask(context: CheckContext, url: string, bounds: { maxRedirects?: number } = {}): Promise<HttpAnswer> {
  const http = await context.http();
  return http.fetch({ url, read: 'nothing', isTrusted: true, signal: context.signal, ...bounds });
}
