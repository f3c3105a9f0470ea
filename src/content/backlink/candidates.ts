import { addressOf, isSameSite, isWeb, plainHost } from './site-link.ts';

/** A link of a page that may lead to its list of friends. */
export interface Candidate {
  readonly href: string;
  /** The more, the likelier. */
  readonly weight: number;
  /** It says that it is the list, and nothing else. */
  readonly isCertain: boolean;
}

/** Where a page's lists of friends are. */
export interface ListPages {
  /** On its own site, the likeliest first, each once and without the page itself. */
  readonly linksPages: readonly string[];
  /** One that is named and cannot be read: on a host of somebody else, or opened by a script; null where there is none. */
  readonly unread: string | null;
}

/** More are not kept; a page has one or two. */
export const mostCandidates = 64;

const pathWords =
  /(^|[/_.-])(links?|friends?|flinks?|friend-?links?|blogroll|youlian|youqing|neighbou?rs?|linkpage|moments)([/_.-]|$|[?#])/i;
const textWords =
  /友[链鏈]|友情[链鏈连連][接結结]|友人|友[邻鄰]|友站|[邻鄰]居|小[伙夥]伴|朋友|博友|^\s*(links?|friends?|friend links|blogroll)\s*$/i;
// Names of other people's sites and of rings of blogs have such words, too.
const certainWords =
  /^[^\p{L}]*(?:(?:我的|本站)?(?:友[链鏈]|友情[链鏈连連][接結结]|友[邻鄰]|友站(?:[连連链鏈][结結接])?|朋友[们們]|links?|friends?|friend ?links?|blogroll)[^\p{L}]*)+$/iu;
/** By its words, whatever its address. */
const named = 2;

/** What a link is worth as the way to a list of friends; null where it is none. */
export function candidateOf(href: string, text: string): Candidate | null {
  if (href.length > 1000) return null;
  const isInPath = pathWords.test(href.replace(/^(https?:)?\/\/[^/]*/i, ''));
  const weight = (textWords.test(text) ? named : 0) + (isInPath ? 1 : 0);
  return weight === 0 ? null : { href, weight, isCertain: certainWords.test(text) };
}

/** Which of the candidates are pages that can be read. */
export function listPagesOf(candidates: readonly Candidate[], pageUrl: string, base: string): ListPages {
  const page = addressOf(pageUrl);
  if (page === null) return { linksPages: [], unread: null };
  page.hash = '';
  const found = new Set<string>();
  let [hasNamed, script, elsewhere]: [boolean, string | null, string | null] = [false, null, null];
  for (const { href, weight, isCertain } of [...candidates].sort((a, b) => b.weight - a.weight)) {
    const url = addressOf(href, base);
    if (url === null || !isWeb(url)) {
      if (isCertain) script ??= 'its list of friends is opened by a script';
      continue;
    }
    url.hash = '';
    if (plainHost(url.host) === plainHost(page.host) || (weight >= named && isSameSite(url, page))) {
      hasNamed ||= weight >= named;
      if (url.href !== page.href) found.add(url.href);
    } else if (isCertain) elsewhere ??= `its list of friends is elsewhere, at ${url.host}`;
  }
  return { linksPages: [...found], unread: elsewhere ?? (hasNamed ? null : script) };
}

/** Pages that stand within a page, on its own site, each once. */
export function framesOf(sources: readonly string[], pageUrl: string, base: string): readonly string[] {
  const page = addressOf(pageUrl);
  if (page === null) return [];
  const urls = sources.map((source) => addressOf(source, base)).filter((url) => url !== null);
  return [...new Set(urls.filter((url) => isWeb(url) && isSameSite(url, page)).map(({ href }) => href))];
}

/** Does a link lead to the next page of what is on this one? By its `rel`, or by its words. */
export function isNextPage(rel: string | undefined, text: string): boolean {
  return /\bnext\b/i.test(rel ?? '') || /^\s*(下一?[页頁]|后一?页|next( page)?)\s*[»›>→]*\s*$/i.test(text);
}

/** The next page's address where it belongs to this one: `/friends/2` to `/friends/`, and no other post. */
export function nextPageOf(href: string | null, pageUrl: string, base: string): string | null {
  const [page, url] = [addressOf(pageUrl), href === null ? null : addressOf(href, base)];
  if (page === null || url === null || !isWeb(url) || url.host !== page.host) return null;
  url.hash = '';
  const stem = /^\/[^/.]*/.exec(page.pathname)?.[0] ?? '/';
  return url.pathname.startsWith(stem) && url.href !== page.href ? url.href : null;
}
