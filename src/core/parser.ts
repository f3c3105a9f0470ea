/** What a visitor of the blog sees of an entry: a title that is safe to show, and an http(s) address. */
export interface FeedEntry {
  readonly title: string;
  readonly link: string;
}

/** What stands in a feed, or on a page that is read like one. */
export interface ReadFeed {
  readonly isRead: true;
  /** In the order of the document. */
  readonly entries: readonly FeedEntry[];
  /** Dates of the feed as they are written there: its own, or those of a page's entries. */
  readonly dates: readonly string[];
  /** Entries that had no http(s) address. */
  readonly leftOut: number;
}

/**
 * Why a document gave nothing:
 * - `not-a-feed` it is something else; `truncated` it ends in the middle; `unreadable` it is broken beyond repair;
 * - `too-heavy` reading it took more time or memory than one may;
 * - `no-match` it is a page, and the selectors find nothing on it.
 */
export type ReadingProblem = 'not-a-feed' | 'truncated' | 'unreadable' | 'too-heavy' | 'no-match';

/** A document that gave nothing. */
export interface Unread {
  readonly isRead: false;
  readonly problem: ReadingProblem;
  /** In words, to follow "the feed": `ends in the middle, after 7 entries`. */
  readonly reason: string;
}

export type Reading = ReadFeed | Unread;

/** A document of a stranger's. */
export interface FeedDocument {
  /** Unpacked, but not decoded: what a server says of a feed's characters is often wrong. */
  readonly bytes: Uint8Array;
  /** The header of that name; empty where there was none. */
  readonly contentType: string;
  /** Where it came from, after redirects: what its relative addresses are meant from. */
  readonly url: string;
  /** How many entries are wanted at most. */
  readonly items: number;
}

/** How entries are found on a page: CSS selectors, those after the first within an item; `h2 a@href` is an attribute. */
export interface ScraperRule {
  readonly item: string;
  readonly title: string;
  readonly link: string;
  readonly date?: string | undefined;
}

/**
 * Reads documents of strangers where they can hold nothing up: in threads of their own, with limits of time and memory.
 * Nothing a document holds makes these throw; they do where the run is told to stop.
 * Implemented in resources/parser; what is done there is in content/feeds.
 */
export interface Parser {
  readonly readFeed: (document: FeedDocument, signal: AbortSignal) => Promise<Reading>;
  readonly readPage: (document: FeedDocument, rule: ScraperRule, signal: AbortSignal) => Promise<Reading>;
}
