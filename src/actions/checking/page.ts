import { openPageReader, type PageFacts, type PageReader } from '../../content/backlink/page-reader.ts';
import { addressOf, plainHost, type SiteLink } from '../../content/backlink/site-link.ts';
import type { Http, HttpAnswer } from '../../core/http.ts';

/** What a look needs to know. */
export interface Looking {
  readonly http: Http;
  readonly signal: AbortSignal;
  /** Whose link must be on the page; null where none is looked for. */
  readonly site: SiteLink | null;
  /** Hosts whose certificate is not verified. */
  readonly insecure: readonly string[];
  /** Addresses of feeds that lately answered. */
  readonly livingFeeds: readonly string[];
  /** A living feed is a sign of life. */
  readonly looksAtFeeds: boolean;
}

/** A page that was asked for, and what stands on it. */
export interface Page {
  readonly answer: HttpAnswer;
  readonly facts: PageFacts;
}

const mostRefreshes = 2;
/** As many as browsers follow. */
const maxRedirects = 20;

/** Asks for a page and reads it for the link; where it sends its reader on by itself, that is followed. */
export async function readPage(looking: Looking, url: string): Promise<Page> {
  const { http, signal, site } = looking;
  for (let hops = 0; ; hops++) {
    // Made with the first piece: thousands of requests may wait for their turn.
    let reader: PageReader | undefined;
    const write = (text: string): boolean => (reader ??= openPageReader(site)).write(text);
    const verifyTls = !isListed(url, looking.insecure);
    const answer = await http.fetch({ url, read: { write }, maxRedirects, verifyTls, signal });
    const facts = (reader ?? openPageReader(site)).finish(answer.url);
    const target = facts.refresh;
    if (target === null || facts.hasLink || !answers(answer) || hops === mostRefreshes || target === answer.url) {
      return { answer, facts };
    }
    url = target;
  }
}

/** Did it come with something on it? */
export function answers({ result }: HttpAnswer): boolean {
  return result === 'ok' || result === 'moved';
}

/** Is the address's host one of these? */
export function isListed(url: string, hosts: readonly string[]): boolean {
  const host = addressOf(url)?.hostname;
  return host !== undefined && hosts.some((one) => plainHost(one) === plainHost(host));
}
