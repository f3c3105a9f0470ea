import type { Check } from '../../blog/checks.ts';
import type { CheckedThing } from '../../blog/checked-things.ts';
import type { CheckedKind } from '../../core/web-tables.ts';
import type { Coming } from './coming.ts';

/** What is known of a thing: the blog's row and our own. */
export interface Known {
  readonly kind: CheckedKind;
  readonly thing: CheckedThing;
  /** Null where nobody has looked at it yet. */
  readonly check: Check | null;
  readonly coming: Coming;
  /** When a host last reported, in milliseconds since 1970; null where the blog has no such date. */
  readonly reportedMs: number | null;
  readonly nowMs: number;
  /** An instant in the blog's zone, to the minute. */
  readonly local: (epochMs: number) => string;
}

/** The action that looks at things of a kind. */
export const actionOf: Readonly<Record<CheckedKind, string>> = {
  friend: 'check-friends',
  site: 'check-sites',
  feed: 'fetch-feeds',
  host: 'check-hosts',
};
