import { checkedThings, type CheckedThing } from '../../blog/checked-things.ts';
import type { FeedHead } from '../../blog/feeds.ts';
import { FailedError } from '../../core/errors.ts';
import { nearestName } from '../../core/nearest.ts';
import { isNamed } from '../checking/job.ts';
import type { Progressing } from './apply.ts';
import { bounded, targetOf, type FeedContext } from './hub.ts';

const noSuchFeed = 'there is no feed of this id, name or host';
const longestWord = 100;

/** The feeds that the settings name by id, name or host, an id first. Throws a FailedError where none of them is active. */
export async function namedFeeds(
  { db, settings }: FeedContext,
  { counts, findings }: Progressing,
): Promise<readonly FeedHead[]> {
  const all = await checkedThings(await db(), 'feed');
  const found = new Map<number, FeedHead>();
  const problems: string[] = [];
  const missed = (kind: string, target: string, message: string, problem: string): void => {
    counts.unknown++;
    findings.push({ kind, target, message });
    problems.push(problem);
  };
  for (const word of settings.feeds) {
    const byId = all.filter(({ id }) => String(id) === word);
    const meant = byId.length > 0 ? byId : all.filter((one) => isNamed({ ...one, link: one.link ?? '' }, [word]));
    const active = meant.filter(({ isActive }) => isActive).map(headOf);
    for (const feed of active) found.set(feed.id, feed);
    if (active.length > 0) continue;
    for (const target of meant.map((one) => targetOf(headOf(one)))) {
      missed('switched-off', target, 'it is switched off in the blog', `${target} is switched off in the blog`);
    }
    if (meant.length > 0) continue;
    const names = all.map(({ name }) => name).filter((name) => name.length <= longestWord);
    const nearest = nearestName(word.slice(0, longestWord), names);
    const hint = nearest === null ? '' : `; did you mean "${bounded(nearest, longestWord)}"?`;
    const shown = bounded(word, longestWord);
    missed('unknown-feed', `feed ${shown}`, `${noSuchFeed}${hint}`, `${noSuchFeed}: ${shown}${hint}`);
  }
  if (found.size === 0) throw new FailedError(problems.join('\n'));
  return [...found.values()].sort((one, other) => one.id - other.id);
}

function headOf({ id, name, link }: CheckedThing): FeedHead {
  return { id, name, url: link ?? '' };
}
