import type { BaseContext } from '../core/action.ts';
import type { Change } from '../core/outcome.ts';

/** The door through which an action alters the world, and the list of what went through it. */
export interface ChangeDoor {
  readonly change: BaseContext<unknown>['change'];
  /** The changes so far, at most `mostChanges` of them. */
  readonly changes: readonly Change[];
  readonly omitted: () => number;
}

/** More changes than these are counted but not listed: a run of millions must not hold them all. */
export const mostChanges = 20_000;

/** A door that does what it is told; in a dry run it notes the change and skips it. */
export function openDoor(isDryRun: boolean): ChangeDoor {
  const changes: Change[] = [];
  let omitted = 0;
  const note = (what: Change): void => {
    if (changes.length < mostChanges) changes.push(what);
    else omitted++;
  };
  return {
    changes,
    omitted: () => omitted,
    change: async (what, apply) => {
      if (isDryRun) {
        note(what);
        return undefined;
      }
      const result = await apply();
      note(what);
      return result;
    },
  };
}
