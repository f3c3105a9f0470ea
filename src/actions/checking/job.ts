import type { ListedKind, ListedLink } from '../../blog/listed-links.ts';
import { addressOf, plainHost, type SiteLink } from '../../content/backlink/site-link.ts';
import type { ActionContext } from '../../core/action.ts';
import { plainText } from '../../core/plain-text.ts';
import type { CheckingSettings } from './settings.ts';

export type CheckContext = ActionContext<CheckingSettings, 'db' | 'state' | 'http'>;

/** What tells the check of friends from that of sites. */
export interface CheckJob {
  readonly kind: ListedKind;
  /** Only these, by id, name or host; none: all. */
  readonly only: readonly string[];
  /** Whose link must be on a friend's page, as an address or a host; null where none is looked for. */
  readonly siteLink: { readonly text: string; readonly site: SiteLink } | null;
  /** A living feed is a sign of life. */
  readonly looksAtFeeds: boolean;
  /** Is the status of an answer one of a living page to the blog's own task? */
  readonly isAliveToIzone: (status: number) => boolean;
}

/** The blog's own tasks' ways to leave some alone. */
export const isAllowedByIzone: Readonly<
  Record<ListedKind, (link: Pick<ListedLink, 'name' | 'link'>, allow: readonly string[]) => boolean>
> = {
  friend: ({ name }, allow) => allow.includes(name),
  site: ({ link }, allow) => allow.some((part) => link.includes(part)),
};

/** `friend 12 (夜航船)`, safe and short. */
export function titled({ id, name }: Pick<ListedLink, 'id' | 'name'>, kind: ListedKind): string {
  const short = Array.from(plainText(name.slice(0, 200)).replace(/\s+/g, ' ').trim());
  return `${kind} ${id} (${short.length > 40 ? `${short.slice(0, 40).join('')}…` : short.join('')})`;
}

const mostNamed = 5;

/** The first of them by name: `friend 1 (夜航船), friend 2 (山间) and 3 more`. */
export function titledAll(links: readonly Pick<ListedLink, 'id' | 'name'>[], kind: ListedKind): string {
  const named = links.slice(0, mostNamed).map((link) => titled(link, kind));
  return `${named.join(', ')}${links.length > named.length ? ` and ${links.length - named.length} more` : ''}`;
}

/** Is the link meant by one of these words: its id, its name or its host? */
export function isNamed(
  { id, name, link }: Pick<ListedLink, 'id' | 'name' | 'link'>,
  words: readonly string[],
): boolean {
  return words.some((word) => word === String(id) || word === name || isHostOf(word, link));
}

function isHostOf(word: string, link: string): boolean {
  const url = addressOf(link.trim());
  if (url === null || url.hostname === '' || !word.includes('.')) return false;
  const whole = /^https?:\/\//i.test(word) ? addressOf(word) : null;
  // The address of one of many on a host means that one alone.
  if (whole !== null && whole.pathname !== '/') return plainAddress(whole) === plainAddress(url);
  return hostOf(word) === plainHost(url.hostname);
}

function plainAddress({ hostname, port, pathname, search }: URL): string {
  return `${plainHost(hostname)}:${port}${pathname.replace(/\/$/, '')}${search}`;
}

/** The host that a word means: itself, or that of an address; as the browser would write it, in punycode, without `www.`. */
export function hostOf(word: string): string {
  const url = addressOf(/^https?:\/\//i.test(word) ? word : `http://${word}`);
  return plainHost(url?.hostname ?? word);
}
