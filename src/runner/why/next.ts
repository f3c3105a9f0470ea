import type { CheckedKind } from '../../core/state-tables.ts';
import { actionOf, type Known } from './known.ts';
import { nextOfHost } from './next-of-host.ts';
import { isHiddenByHand, nextOfLink } from './next-of-link.ts';

/** What comes next for a thing, in one sentence; each kind has a function of its own. */
const sentences: Readonly<Record<CheckedKind, (known: Known) => string>> = {
  friend: nextOfLink,
  site: nextOfLink,
  feed: nextOfWaiting,
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

// Of what has an hour of its own the next look is known.
function nextOfWaiting({ kind, check, local }: Known): string {
  const due = check?.due_at ?? null;
  const when = due === null ? 'with the next run' : `not before ${local(Date.parse(due))}`;
  return `looked at again ${when} of ${actionOf[kind]}`.replace(/(\d) of /, '$1, by ');
}
