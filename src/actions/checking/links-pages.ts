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
const usualPaths = ['/links/', '/friends/'];

/** Looks for our link on a friend's list of friends: where it was last time, where the page says, else at the usual places. */
export async function readLinksPages(looking: Looking, first: Page, lastTime: string | null): Promise<LinkSearch> {
  const named = first.facts.linksPages;
  const guessed = named.length === 0 ? usualPaths.map((path) => addressOf(path, first.answer.url)?.href ?? '') : [];
  const urls = [...new Set([lastTime ?? '', ...named, ...guessed])].filter((url) => url !== '').slice(0, mostPages);
  let doubt = doubtAbout(first);
  let read = 0;
  for (const url of urls) {
    const page = await readPage(looking, url);
    if (page.facts.hasLink) return { foundAt: page.answer.url, doubt: null, read };
    const isGuess = guessed.includes(url);
    if (!isGuess) doubt ??= doubtAbout(page);
    if (answers(page.answer)) read++;
  }
  if (named.length > mostPages)
    doubt ??= `it has ${named.length} pages that may list its friends, and ${mostPages} were read`;
  return { foundAt: null, doubt, read };
}

function doubtAbout({ answer, facts }: Page): string | null {
  // A list of friends that is not there any more has no link.
  if (answer.result === 'gone') return null;
  if (!answers(answer)) return `${shown(answer.url)}: ${answer.reason}`;
  if (!answer.isWhole) return `${shown(answer.url)} was not read to its end`;
  if (facts.refresh !== null) return `${shown(answer.url)} sends its reader on`;
  if (facts.isShell) return `${shown(answer.url)} is made by its scripts`;
  return facts.isUnsure ? `${shown(answer.url)} has more odd links than are looked into` : null;
}

function shown(url: string): string {
  return url.length > 200 ? `${url.slice(0, 200)}…` : url;
}
