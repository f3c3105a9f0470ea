import {
  canonicalOfHeader,
  isSameAddress,
  readPageHead,
  readRobotsHeader,
  type PageHead,
} from '../../content/page-head.ts';
import { mostRobotsBytes, parseRobots, type Robots } from '../../content/robots.ts';
import type { Http, HttpAnswer } from '../../core/http.ts';
import { plainText } from '../../core/plain-text.ts';
import { reasonOf, type PushContext } from './engine.ts';

/** Whether an engine could index an address; `down` where the blog does not answer at all. */
export type Fitness =
  | { readonly is: 'fit' }
  | { readonly is: 'unfit'; readonly reason: string; readonly cause: Cause }
  | { readonly is: 'down'; readonly reason: string };

/** What an address is unfit for, so that those which share it can be told together. */
export type Cause =
  /** It answers with a redirect, or calls another address its canonical one; where that is on another origin, on which. */
  | { readonly kind: 'redirect' | 'canonical'; readonly elsewhere: string | null }
  /** By robots.txt; `isAll`: the blog's first page, too. */
  | { readonly kind: 'robots'; readonly isAll: boolean }
  | { readonly kind: 'noindex' | 'blocked' | 'key-folder' }
  | { readonly kind: 'status'; readonly status: number };

/** Looks at the blog's own addresses as a search engine would: each once in a run, whatever the number of engines. */
export interface PreCheck {
  readonly check: (url: string, robot: string) => Promise<Fitness>;
  /** How many addresses were looked at. */
  readonly checked: () => number;
}

const mostPageBytes = 1024 * 1024;
const fit: Fitness = { is: 'fit' };

/** A check of addresses of `origin`, which is the owner's own and may be private. */
export function openPreCheck(context: PushContext, http: Http, origin: string): PreCheck {
  const pages = new Map<string, Promise<Page | Fitness>>();
  let rules: Promise<Robots | Fitness> | undefined;
  return {
    check: async (url, robot) => {
      const robots = await (rules ??= robotsOf(context, http, origin));
      if ('is' in robots) return robots;
      const { pathname, search } = new URL(url);
      if (!robots.isAllowed(robot, pathname + search)) {
        return unfit(`robots.txt forbids it to ${robot}`, { kind: 'robots', isAll: !robots.isAllowed(robot, '/') });
      }
      const known = pages.get(url) ?? look(context, http, url);
      pages.set(url, known);
      const page = await known;
      return 'is' in page ? page : judge(page, url, robot);
    },
    checked: () => pages.size,
  };
}

function unfit(reason: string, cause: Cause): Fitness {
  return { is: 'unfit', reason, cause };
}

// The origin of an address where it is not the one that an address of ours is on.
function elsewhere(text: string, url: string): string | null {
  if (!URL.canParse(text, url)) return null;
  const { origin } = new URL(text, url);
  return origin === new URL(url).origin ? null : origin;
}

// RFC 9309, 2.3.1: without a robots.txt all is allowed; where a server is in trouble nothing is.
async function robotsOf({ signal }: PushContext, http: Http, origin: string): Promise<Robots | Fitness> {
  const answer = await http.fetch({
    url: `${origin}/robots.txt`,
    read: 'text',
    maxBytes: mostRobotsBytes,
    isTrusted: true,
    signal,
  });
  const { status } = answer;
  if (status === null) return { is: 'down', reason: reasonOf(answer) };
  if (status >= 500) return { is: 'down', reason: `its robots.txt answers ${reasonOf(answer)}, which forbids all` };
  return parseRobots(status < 300 ? (answer.text ?? '') : '');
}

/** An address that answered 200, and what it says of itself. */
interface Page {
  readonly head: PageHead;
  readonly header: PageHead;
}

async function look({ signal }: PushContext, http: Http, url: string): Promise<Page | Fitness> {
  const reader = readPageHead(url);
  const answer = await http.fetch({
    url,
    read: reader,
    maxBytes: mostPageBytes,
    maxRedirects: 0,
    attempts: 1,
    isTrusted: true,
    signal,
  });
  const { status, headers } = answer;
  if (status === null) return { is: 'down', reason: reasonOf(answer) };
  if (status >= 300 && status < 400) {
    return unfit(redirectText(answer), { kind: 'redirect', elsewhere: elsewhere(headers['location'] ?? '', url) });
  }
  if (status !== 200) return unfit(`it answers ${reasonOf(answer)}`, { kind: 'status', status });
  if (answer.result === 'blocked') return unfit(`it keeps robots out: ${answer.reason}`, { kind: 'blocked' });
  const header: PageHead = {
    canonical: canonicalOfHeader(headers['link'] ?? '', url),
    robots: readRobotsHeader(headers['x-robots-tag'] ?? ''),
  };
  const isPage = /html/i.test(headers['content-type'] ?? 'html');
  return { head: isPage ? reader.head() : { canonical: null, robots: new Map() }, header };
}

function redirectText(answer: HttpAnswer): string {
  const location = answer.headers['location'];
  return `it redirects${location === undefined ? '' : ` to ${plainText(location).slice(0, 200)}`} (${answer.status})`;
}

function judge({ head, header }: Page, url: string, robot: string): Fitness {
  for (const [{ robots }, where] of [
    [head, 'robots meta'],
    [header, 'X-Robots-Tag header'],
  ] as const) {
    const words = [...(robots.get('robots') ?? []), ...(robots.get(robot) ?? [])];
    if (words.includes('noindex') || words.includes('none'))
      return unfit(`its ${where} says noindex`, { kind: 'noindex' });
  }
  const canonical = head.canonical ?? header.canonical;
  if (canonical === null || isSameAddress(canonical, url)) return fit;
  const cause = { kind: 'canonical', elsewhere: elsewhere(canonical, url) } as const;
  return unfit(`its canonical address is another: ${plainText(canonical).slice(0, 200)}`, cause);
}
