import type { HttpRequest } from '../../core/http.ts';
import type { Head } from './exchange.ts';
import { lasting, type Failure } from './failures.ts';
import { addCookies, cookieHeader, type Cookies } from './cookies.ts';
import { targetOf } from './target.ts';

/** One step of a request on its way through redirects. */
export interface Hop {
  readonly url: URL;
  readonly method: NonNullable<HttpRequest['method']>;
  readonly body: string | null;
  /** What the request brought along. */
  readonly headers: Readonly<Record<string, string>>;
  readonly isTrusted: boolean;
  readonly anyPort: boolean;
  readonly cookies: Cookies;
  /** Where permanent redirects led before any other. */
  readonly movedTo: string | null;
  readonly isMoving: boolean;
  /** TLS was given up on the way. */
  readonly isDowngraded: boolean;
  readonly seen: ReadonlySet<string>;
}

const redirecting: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const permanent: ReadonlySet<number> = new Set([301, 308]);
// What may go to another server; tokens may not.
const harmless: ReadonlySet<string> = new Set(['accept', 'accept-language', 'if-none-match', 'if-modified-since']);

/** Whether an answer sends us on. */
export function isRedirect({ status, location }: Pick<Head, 'status' | 'location'>): boolean {
  return redirecting.has(status) && location !== null;
}

/** The next step after a redirect, or why there is none. */
export function nextHop(hop: Hop, { status, location, cookies: set }: Head, mostHops: number): Hop | Failure {
  const anyPort = hop.isTrusted || hop.anyPort;
  const { url, whyNot } = targetOf(location ?? '', { base: hop.url, anyPort });
  if (url === null) return lasting('not-allowed', `after a redirect: ${whyNot}`);
  const isElsewhere = url.origin !== hop.url.origin;
  const isTrusted = hop.isTrusted && url.hostname === hop.url.hostname;
  if (hop.isTrusted && !isTrusted) {
    const strange = targetOf(url.href, { anyPort: hop.anyPort });
    if (strange.url === null) return lasting('not-allowed', `after a redirect: ${strange.whyNot}`);
  }
  const isKept = status === 307 || status === 308 || hop.method === 'HEAD' || (hop.method === 'GET' && status !== 303);
  if (isKept && hop.body !== null && isElsewhere) return lasting('broken', 'redirects what was sent to another server');
  const isMoving = hop.isMoving && permanent.has(status);
  const cookies = addCookies(hop.cookies, hop.url.hostname, set);
  const step = `${url.href} ${cookieHeader(cookies, url.hostname)}`;
  if (hop.seen.has(step)) return lasting('broken', 'its redirects go in a circle');
  // The first address is one of those that were seen.
  if (mostHops === 0) return lasting('broken', 'redirects, which is not followed');
  if (hop.seen.size > mostHops) return lasting('broken', `more than ${mostHops} redirects`);
  return {
    url,
    method: isKept ? hop.method : 'GET',
    body: isKept ? hop.body : null,
    headers: isElsewhere
      ? Object.fromEntries(Object.entries(hop.headers).filter(([name]) => harmless.has(name)))
      : hop.headers,
    isTrusted,
    anyPort: hop.anyPort,
    cookies,
    isMoving,
    movedTo: isMoving ? url.href : hop.movedTo,
    isDowngraded: hop.isDowngraded || (hop.url.protocol === 'https:' && url.protocol === 'http:'),
    seen: new Set([...hop.seen, step]),
  };
}
