import { addressOf, isWeb, plainHost } from './site-link.ts';

/** A link of a page that may lead to its list of friends. */
export interface Candidate {
  readonly href: string;
  /** The more, the likelier. */
  readonly weight: number;
}

/** More are not kept; a page has one or two. */
export const mostCandidates = 64;

const pathWords =
  /(^|[/_.-])(links?|friends?|flinks?|friend-?links?|blogroll|youlian|youqing|neighbou?rs?|linkpage|moments)([/_.-]|$|[?#])/i;
const textWords = /友链|友情链接|友人|友邻|友站|邻居|小伙伴|朋友|博友|^\s*(links?|friends?|friend links|blogroll)\s*$/i;

/** What a link is worth as the way to a list of friends; null where it is none. */
export function candidateOf(href: string, text: string): Candidate | null {
  if (href.length > 1000) return null;
  const weight = (textWords.test(text) ? 2 : 0) + (pathWords.test(href.replace(/^(https?:)?\/\/[^/]*/i, '')) ? 1 : 0);
  return weight === 0 ? null : { href, weight };
}

/** The candidates' addresses on a page's own host, the likeliest first, each once and without the page itself. */
export function ownAddresses(candidates: readonly Candidate[], pageUrl: string, base: string): readonly string[] {
  const page = addressOf(pageUrl);
  if (page === null) return [];
  page.hash = '';
  const found = new Set<string>();
  for (const { href } of [...candidates].sort((a, b) => b.weight - a.weight)) {
    const url = addressOf(href, base);
    if (url === null || !isWeb(url) || plainHost(url.host) !== plainHost(page.host)) continue;
    url.hash = '';
    if (url.href !== page.href) found.add(url.href);
  }
  return [...found];
}
