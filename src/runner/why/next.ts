import type { CheckedKind } from '../../core/web-tables.ts';
import { keptLink } from '../../actions/checking/memory.ts';
import { actionOf, type Known } from './known.ts';
import { nextOfHost } from './next-of-host.ts';
import { isHiddenByHand, nextOfLink } from './next-of-link.ts';

/** What comes next for a thing, in one sentence; each kind has a function of its own. */
const sentences: Readonly<Record<CheckedKind, (known: Known) => string>> = {
  friend: nextOfLink,
  site: nextOfLink,
  feed: nextOfFeed,
  host: nextOfHost,
};

/** What comes next for a thing. */
export function nextOf(known: Known): string {
  const { kind, thing, check, coming } = known;
  // Most hosts were never written down: they report.
  if (kind === 'host') return nextOfHost(known);
  if (!thing.isActive) return 'it is switched off in the blog: nobody looks at it';
  if (coming.allowedBy !== null) return `the job ${coming.allowedBy} leaves it alone, since its "allow" names it`;
  if (check === null && !isHiddenByHand(known)) return `nobody has looked at it yet: blogctl ${actionOf[kind]}`;
  return sentences[kind](known);
}

function nextOfFeed(known: Known): string {
  const { thing, check } = known;
  if (check?.link !== keptLink(thing.link ?? '')) return 'its address was edited since the last look: it begins anew';
  if (!isAtRest(known)) return nextOfWaiting(known);
  return `it said that it is gone: it is not asked until its address is altered, or by blogctl fetch-feeds ${thing.id}`;
}

/** Does no run that cron starts look at it? */
export function isAtRest(known: Known): boolean {
  const { kind, thing, check, coming } = known;
  if (!thing.isActive) return true;
  if (kind === 'host') return false;
  if (kind === 'feed') return check?.state === 'paused' && check.link === keptLink(thing.link ?? '');
  const isExempt = coming.allowedBy !== null && coming.allowedBy === coming.next?.job;
  return isExempt || isHiddenByHand(known);
}

// Of what has an hour of its own the next look is known.
function nextOfWaiting({ kind, check, local }: Known): string {
  const due = check?.due_at ?? null;
  const when = due === null ? 'with the next run' : `not before ${local(Date.parse(due))}`;
  return `looked at again ${when} of ${actionOf[kind]}`.replace(/(\d) of /, '$1, by ');
}
