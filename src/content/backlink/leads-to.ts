import { addressOf, isAtSite, isWeb, longestAddress, plainHost, type SiteLink } from './site-link.ts';

/** How many addresses within addresses may still be looked into: a page of strangers must not make it take for ever. */
export interface Budget {
  left: number;
}

const deepest = 2;
const mostParameters = 20;
const nowhere = 'http://nowhere.invalid/';

/**
 * Does a link lead to the site: directly, or through a redirector that has the address in a parameter, in what stands
 * behind `#`, or in its path, plain, percent-encoded or in base64, also one within another?
 */
export function leadsTo(href: string, site: SiteLink, budget: Budget): boolean {
  return leads(href, site, budget, 0);
}

/** Most links of a page: a host and folders, with nothing in which an address could hide. */
const plain = /^(?:(?:https?:)?\/\/([a-z0-9.-]+)(?=\/|$))?[\w~-]*(?:\.html?)?(?:\/[\w~-]*(?:\.html?)?)*$/i;
const longestPlain = 300;
/** In base64; shorter ones hold no address. */
const shortestHidden = 12;

// Taking an address apart costs many times as much as seeing that it cannot be the one.
function isElsewhere(href: string, site: SiteLink): boolean {
  // An address in numbers has many ways to be written.
  if (href.length > longestPlain || /^[\d.]+$/.test(site.host)) return false;
  const parts = plain.exec(href);
  if (parts === null || (parts[1] !== undefined && plainHost(parts[1]) === site.host)) return false;
  const last = href.slice(href.lastIndexOf('/') + 1);
  return last.length < shortestHidden || !/[A-Z]/.test(last);
}

function leads(href: string, site: SiteLink, budget: Budget, depth: number): boolean {
  if (isElsewhere(href, site)) return false;
  const url = addressOf(href.trim(), nowhere);
  if (url === null) return false;
  if (isAtSite(url, site)) return true;
  if (depth === deepest || !isWeb(url)) return false;
  for (const inner of addressesIn(url)) {
    if (budget.left === 0) return false;
    budget.left--;
    if (leads(inner, site, budget, depth + 1)) return true;
  }
  return false;
}

function* addressesIn(url: URL): Generator<string> {
  const fragment = url.hash.slice(1);
  yield* readingsOf(fragment);
  const queries = [url.search, fragment.slice(fragment.indexOf('?') + 1)];
  for (const query of queries) {
    if (query.length < 4) continue;
    let count = 0;
    for (const [name, value] of new URLSearchParams(query)) {
      if (count++ === mostParameters) break;
      yield* readingsOf(value);
      // `?https://blog.example.test/`
      if (value === '') yield* readingsOf(name);
    }
  }
  const nested = /\/(https?:\/.*)$/i.exec(url.pathname);
  if (nested !== null) yield* readingsOf((nested[1] ?? '').replace(/^(https?:)\/+/i, '$1//'));
  const last = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  if (last.length >= 8) yield* readingsOf(last);
}

// A value as it stands, once more decoded, and as base64, as far as that makes an address.
function* readingsOf(value: string): Generator<string> {
  if (value.length < 4 || value.length > longestAddress) return;
  const plain = asAddress(value);
  if (plain !== null) yield plain;
  const decoded = value.includes('%') ? percentDecoded(value) : value;
  if (decoded !== value) {
    const address = asAddress(decoded);
    if (address !== null) yield address;
  }
  const bytes = fromBase64(decoded);
  if (bytes === null) return;
  const address = asAddress(bytes.includes('%') ? percentDecoded(bytes) : bytes);
  if (address !== null) yield address;
}

function asAddress(text: string): string | null {
  const trimmed = text.trim();
  if (/^(https?:)?\/\//i.test(trimmed)) return trimmed;
  return /^[^\s/?#@:.]+(\.[^\s/?#@:.]+)+\.?(:\d{1,5})?([/?#]|$)/.test(trimmed) ? `http://${trimmed}` : null;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function fromBase64(text: string): string | null {
  if (text.length < 12 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return null;
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
  } catch {
    return null;
  }
}
