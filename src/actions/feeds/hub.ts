import type { Check } from '../../blog/checks.ts';
import type { FeedHead } from '../../blog/feeds.ts';
import { oneLine } from '../../content/feeds/text.ts';
import type { ActionContext } from '../../core/action.ts';
import type { Finding } from '../../core/outcome.ts';
import type { FeedSettings } from './settings.ts';

export type FeedContext = ActionContext<FeedSettings, 'db' | 'state' | 'http' | 'parser'>;

/** A feed that is to be looked at, and what is known of it. */
export interface DueFeed {
  readonly feed: FeedHead;
  /** Null where nothing is known, or its address is another now. */
  readonly last: Check | null;
}

const longestName = 50;
const longestMessage = 300;

/** `feed 3 (name)`, whatever the name is. */
export function targetOf({ id, name }: FeedHead): string {
  return `feed ${id} (${bounded(name, longestName)})`;
}

/** A finding about a feed. */
export function findingOf(kind: string, feed: FeedHead, message: string): Finding {
  return { kind, target: targetOf(feed), message: bounded(message, longestMessage) };
}

/** Words of strangers in one line of at most so many characters. */
export function bounded(text: string, most: number): string {
  const characters = [...oneLine(text.slice(0, most * 4))];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
