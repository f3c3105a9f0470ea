import { checkedThings, type CheckedThing } from '../../blog/checked-things.ts';
import { isNamed } from '../../actions/checking/job.ts';
import type { Database } from '../../core/database.ts';
import { FailedError } from '../../core/errors.ts';
import { nearestName } from '../../core/nearest.ts';
import { plainText } from '../../core/plain-text.ts';
import type { CheckedKind } from '../../core/web-tables.ts';

const mostNamed = 5;

/** The thing of an id, a name or a host, an id first. Throws a FailedError where there is none, or more than one. */
export async function findThing(database: Database, kind: CheckedKind, word: string): Promise<CheckedThing> {
  const things = await checkedThings(database, kind);
  const byId = things.find(({ id }) => String(id) === word);
  if (byId !== undefined) return byId;
  const named = things.filter((thing) => isNamed({ ...thing, link: thing.link ?? '' }, [word]));
  const [first] = named;
  if (first === undefined) {
    const names = things.map(({ name }) => name).filter((name) => name.length <= 100);
    const nearest = nearestName(word.slice(0, 100), names);
    const meant = nearest === null ? '' : `; did you mean "${plainText(nearest)}"?`;
    throw new FailedError(`there is no ${kind} of this id, name or host: ${word === '' ? '""' : word}${meant}`);
  }
  if (named.length === 1) return first;
  const ids = named.slice(0, mostNamed).map(({ id }) => id);
  throw new FailedError(
    `${named.length} ${kind}s are meant by ${word}: give an id (${ids.join(', ')}${named.length > mostNamed ? ' …' : ''})`,
  );
}
