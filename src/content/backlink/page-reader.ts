import { openJsonFinder } from './address-in-json.ts';
import {
  candidateOf,
  framesOf,
  isNextPage,
  listPagesOf,
  mostCandidates,
  nextPageOf,
  type Candidate,
  type ListPages,
} from './candidates.ts';
import { leadsTo, type Budget } from './leads-to.ts';
import { refreshTarget } from './refresh.ts';
import { addressOf, isAtSite, isSameSite, isWeb, plainHost, type SiteLink } from './site-link.ts';
import { openTagReader } from './tags.ts';

/** What was seen of a page. */
export interface PageFacts extends ListPages {
  /** There is a link to the site; then nothing behind it was read. */
  readonly hasLink: boolean;
  /** Pages of the same site that stand within this one. */
  readonly frames: readonly string[];
  /** The page on which this one goes on; null where it does not. */
  readonly nextPage: string | null;
  /** The page's own feeds. */
  readonly feeds: readonly string[];
  /** Where the page sends its reader by itself; null where it does not. */
  readonly refresh: string | null;
  /** There is next to no text, and scripts or frames bring the rest: what a reader sees is not here. */
  readonly isShell: boolean;
  /** There is nothing at all. */
  readonly isEmpty: boolean;
  /** Hosts of other sites to which it links, as far as they are kept. */
  readonly otherHosts: ReadonlySet<string>;
  /** There is a script, whatever it does. */
  readonly hasScript: boolean;
  /** There were more odd addresses than are looked into: a link may have been missed. */
  readonly isUnsure: boolean;
}

/** Takes a page as it comes. */
export interface PageReader {
  /** True: enough. */
  readonly write: (text: string) => boolean;
  /** The page ended, or the reading; `url` is where it came from. */
  readonly finish: (url: string) => PageFacts;
}

const wanted = new Set(['href', 'rel', 'type', 'content', 'http-equiv', 'src', 'alt', 'title', 'aria-label']);
const unseen = new Set(['script', 'style', 'noscript', 'title', 'template', 'textarea']);
const looksAtMost = 20_000;
const longestText = 64;
const mostFeeds = 5;
const mostFrames = 5;
const leastLetters = 100;
const fewAnchors = 10;
/** So many tell whether a page lists anybody. */
const mostHosts = 256;

/** Reads a page for a link to the site; with null for what its head says alone. */
export function openPageReader(site: SiteLink | null): PageReader {
  const budget: Budget = { left: looksAtMost };
  const seen = { hasLink: false, isEnough: false, letters: 0, anchors: 0, hasScript: false, hasFrame: false };
  const candidates: Candidate[] = [];
  const hosts = new Set<string>();
  const feeds: string[] = [];
  let refresh: string | null = null;
  const frames: string[] = [];
  let next: string | null = null;
  let base: string | null = null;
  let isOurBase = false;
  let within = '';
  let anchor: { href: string; rel: string | undefined; text: string } | null = null;
  let inJson: ((text: string) => boolean) | null = null;
  const found = (): void => {
    seen.hasLink = true;
    enough();
  };
  const closeAnchor = (): void => {
    if (anchor === null) return;
    const candidate = candidates.length < mostCandidates ? candidateOf(anchor.href, anchor.text) : null;
    if (candidate !== null) candidates.push(candidate);
    if (isNextPage(anchor.rel, anchor.text)) next ??= anchor.href;
    anchor = null;
  };
  const openAnchor = (attributes: ReadonlyMap<string, string>): void => {
    closeAnchor();
    seen.anchors++;
    const href = attributes.get('href');
    if (href === undefined || site === null) return;
    if (leadsTo(isOurBase ? (addressOf(href, base ?? undefined)?.href ?? href) : href, site, budget)) found();
    else {
      const host = hosts.size < mostHosts ? /^\s*(?:https?:)?\/\/([^/?#\s]{1,255})/i.exec(href)?.[1] : undefined;
      if (host !== undefined) hosts.add(plainHost(host));
      anchor = { href, rel: attributes.get('rel'), text: wordsOf(attributes) };
    }
  };
  const openHead = (name: string, attributes: ReadonlyMap<string, string>): void => {
    const href = attributes.get('href');
    if (name === 'base' && base === null && href !== undefined) {
      base = href;
      const url = addressOf(href);
      isOurBase = site !== null && url !== null && isAtSite(url, site);
    } else if (name === 'link' && href !== undefined && /\bnext\b/i.test(attributes.get('rel') ?? '')) next ??= href;
    else if (name === 'link' && href !== undefined && feeds.length < mostFeeds && isFeed(attributes)) feeds.push(href);
    else if (name === 'meta' && within !== 'noscript') refresh ??= refreshTarget(attributes);
  };
  const tags = openTagReader(wanted, {
    open: (name, attributes) => {
      if (seen.isEnough) return;
      if (unseen.has(name)) within = name;
      if (name === 'a' || name === 'area') openAnchor(attributes);
      else if (name === 'script') {
        seen.hasScript = true;
        const isJson = site !== null && /json/i.test(attributes.get('type') ?? '');
        inJson = isJson ? openJsonFinder(site, budget) : null;
      } else if (name === 'iframe' || name === 'frame') {
        seen.hasFrame = true;
        const source = attributes.get('src');
        if (source !== undefined && frames.length < mostFrames) frames.push(source);
      } else if (name === 'img' && anchor !== null && anchor.text.length < longestText)
        anchor.text += wordsOf(attributes);
      else if (name === 'body' && site === null) enough();
      else openHead(name, attributes);
    },
    close: (name) => {
      if (name === within) within = '';
      if (name === 'a') closeAnchor();
      if (name === 'script') inJson = null;
    },
    text: (text) => {
      if (seen.isEnough) return;
      if (within === 'script') {
        if (inJson?.(text) === true) found();
        return;
      }
      if (anchor !== null && anchor.text.length < longestText) anchor.text += text.slice(0, longestText);
      if (seen.letters < leastLetters && within === '') seen.letters += lettersOf(text);
    },
  });
  function enough(): void {
    seen.isEnough = true;
    tags.stop();
  }
  return {
    write: (text) => {
      tags.write(text);
      return seen.isEnough;
    },
    finish: (url) => {
      tags.end();
      closeAnchor();
      const from = (base === null ? null : addressOf(base, url)?.href) ?? url;
      const isBare = seen.letters < leastLetters && seen.anchors < fewAnchors;
      return {
        hasLink: seen.hasLink,
        ...listPagesOf(candidates, url, from),
        frames: framesOf(frames, url, from),
        nextPage: nextPageOf(next, url, from),
        feeds: feeds.map((href) => addressOf(href, from)).flatMap((feed) => (feed && isWeb(feed) ? [feed.href] : [])),
        refresh: refresh === null ? null : (addressOf(refresh, from)?.href ?? null),
        isShell: isBare && (seen.hasScript || seen.hasFrame),
        otherHosts: otherHostsOf(hosts, url),
        hasScript: seen.hasScript,
        isEmpty: seen.letters === 0 && seen.anchors === 0 && !seen.hasScript && !seen.hasFrame,
        isUnsure: budget.left === 0,
      };
    },
  };
}

function otherHostsOf(hosts: ReadonlySet<string>, pageUrl: string): ReadonlySet<string> {
  const page = addressOf(pageUrl);
  const isOther = (host: string): boolean => {
    const url = addressOf(`http://${host}/`);
    return url !== null && page !== null && !isSameSite(url, page);
  };
  return new Set([...hosts].filter(isOther));
}

// A picture has its name beside it.
function wordsOf(attributes: ReadonlyMap<string, string>): string {
  const words = attributes.get('title') ?? attributes.get('aria-label') ?? attributes.get('alt') ?? '';
  return words.slice(0, longestText);
}

function isFeed(attributes: ReadonlyMap<string, string>): boolean {
  const type = attributes.get('type') ?? '';
  return /\balternate\b/i.test(attributes.get('rel') ?? '') && /^application\/((rss|atom)\+xml|feed\+json)/i.test(type);
}

// Enough to know that there are some; a long text is not looked at to its end.
function lettersOf(text: string): number {
  return text.slice(0, 10_000).replace(/\s+/g, '').length;
}
