import { addressOf } from '../../content/backlink/site-link.ts';
import { answers, readPage, type Looking, type Page } from './page.ts';

/** What reading a friend's pages came to. */
export interface LinkSearch {
  /** The page that has our link; null where none has. */
  readonly foundAt: string | null;
  /** Why no link on what was read does not mean that there is none; null where it does. */
  readonly doubt: string | null;
  /** How many pages were read beside the first. */
  readonly read: number;
}

const mostPages = 4;

/** Where a list of friends is, for a page that does not name it. */
const usualPaths = ['/links/', '/friends/', '/links', '/friends'];

/**
 * Looks for our link on a friend's list of friends: where it was last time, where the page says, else at the usual places,
 * with what stands within these pages and with those on which they go on.
 */
export async function readLinksPages(looking: Looking, first: Page, lastTime: string | null): Promise<LinkSearch> {
  const { linksPages, frames, unread } = first.facts;
  const guessed =
    linksPages.length === 0 ? usualPaths.map((path) => addressOf(path, first.answer.url)?.href ?? '') : [];
  const left = [...new Set([lastTime ?? '', ...linksPages, ...frames, ...guessed])].filter((url) => url !== '');
  const known = new Set([first.answer.url, ...left]);
  let doubt = doubtAbout(first) ?? unread;
  let read = 0;
  for (let asked = 0; asked < mostPages; asked++) {
    const url = left.shift();
    if (url === undefined) break;
    const page = await readPage(looking, url);
    if (page.facts.hasLink) return { foundAt: page.answer.url, doubt: null, read };
    if (answers(page.answer)) {
      read++;
      const more = [page.facts.nextPage ?? '', ...page.facts.frames].filter((one) => one !== '' && !known.has(one));
      for (const one of more) known.add(one);
      left.unshift(...more);
      // It is the same page with and without its slash.
      const twin = guessed.find((one) => one === url.replace(/\/$/, ''));
      if (twin !== undefined && left.includes(twin)) left.splice(left.indexOf(twin), 1);
    }
    // What was a guess need not be there.
    if (answers(page.answer) || !guessed.includes(url)) doubt ??= doubtAbout(page);
    if (answers(page.answer) && linksPages.includes(url)) doubt ??= doubtAboutList(page, first);
  }
  const more = left.filter((url) => !guessed.includes(url)).length;
  if (more > 0) doubt ??= `of its pages that may list its friends ${mostPages} were read, and ${more} were not`;
  return { foundAt: null, doubt, read };
}

const bodiless: readonly number[] = [204, 205, 304];

function doubtAbout({ answer, facts }: Page): string | null {
  // A list of friends that is not there any more has no link.
  if (answer.result === 'gone') return null;
  const at = shown(answer.url);
  if (!answers(answer)) return `${at}: ${answer.reason}`;
  if (answer.status !== null && bodiless.includes(answer.status)) return `${at} came without a page: ${answer.reason}`;
  const type = answer.headers['content-type'] ?? '';
  if (type !== '' && !/html|xml/i.test(type)) return `${at} is no page but ${type.slice(0, 50)}`;
  if (!answer.isWhole) return `${at} was not read to its end`;
  if (facts.refresh !== null) return `${at} sends its reader on`;
  if (facts.isEmpty) return `${at} is empty`;
  if (facts.isShell) return `${at} is made by its scripts`;
  return facts.isUnsure ? `${at} has more odd links than are looked into` : null;
}

// Friends that come by a script are not here; what stands on the first page, too, is the frame of both.
function doubtAboutList({ answer, facts }: Page, first: Page): string | null {
  const listsNobody = [...facts.otherHosts].every((host) => first.facts.otherHosts.has(host));
  return facts.hasScript && listsNobody ? `${shown(answer.url)} lists no other site, but its scripts may` : null;
}

function shown(url: string): string {
  return url.length > 200 ? `${url.slice(0, 200)}…` : url;
}
