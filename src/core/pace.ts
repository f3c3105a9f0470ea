/** Milliseconds for which a batch should hold its locks, and for which at least the rest of the world comes first after it. */
const aimMs = 7;
const pauseMs = 5;
/** A batch that waited longer than this for the write lock has met somebody. */
const meetingMs = 3;
/** After a batch the database is left alone for twice as long as that took: what was slow has left it work to do. */
const usualShare = 2;
/**
 * While somebody else writes, the lock is theirs for so many times as long as it was ours: they look for it after 1, 3, 8,
 * 18, 33, 53 … ms, and must not find it taken each time.
 */
const busyShare = 3;
const longestPauseMs = 200;

const firstSize = 100;
const leastSize = 50;
const mostSize = 250;

/** How long a batch of this many rows waited for its lock, and held it. */
export interface BatchTime {
  readonly rows: number;
  readonly waitedMs: number;
  readonly heldMs: number;
  /** Somebody else has written since the batch before. */
  readonly isBusy: boolean;
}

/** How many rows go at a time, and how long the pause after them is. */
export interface Pace {
  readonly size: () => number;
  /** Learns from a batch; returns the milliseconds to wait before the next. */
  readonly after: (batch: BatchTime) => number;
}

/** A pace that follows the database: larger batches while they are fast, long pauses while the site is busy. */
export function createPace(): Pace {
  let size = firstSize;
  return {
    size: () => size,
    after: ({ rows, waitedMs, heldMs, isBusy }) => {
      const factor = Math.min(1.5, Math.max(0.5, aimMs / Math.max(heldMs, 0.1)));
      // The last batch of a page is a small one, and says nothing of larger ones but when it was slow.
      if (factor < 1 || rows === size) size = Math.min(mostSize, Math.max(leastSize, Math.round(rows * factor)));
      const share = isBusy || waitedMs > meetingMs ? busyShare : usualShare;
      return Math.min(longestPauseMs, Math.max(pauseMs, share * heldMs, waitedMs));
    },
  };
}
