import type Sqlite from 'better-sqlite3';

/** A write-ahead log of this many bytes is moved into the database; one of that many is cut, too. */
const moveAtBytes = 1_000_000;
const cutAtBytes = 4_000_000;
const headerBytes = 24;

interface CheckpointRow {
  /** 1 where somebody else was in the way. */
  readonly busy: number;
  /** Frames in the log; -1 where the file has none. */
  readonly log: number;
}

/**
 * Keeps the write-ahead log short between batches. A checkpoint begins the log anew only where nobody has written since
 * it began: beside a busy writer SQLite's own never does, and the log grows to gigabytes. So from time to time one
 * takes the write lock; the one before it, that takes none, has left little to do by then.
 */
export function shorteningLog(file: Sqlite.Database, sizeBytes: () => number): () => void {
  return () => {
    if (sizeBytes() < moveAtBytes) return;
    const frameBytes = Number(file.pragma('page_size', { simple: true })) + headerBytes;
    const { log } = checkpoint(file, 'passive');
    if (log * frameBytes < cutAtBytes) return;
    // It waits for readers with the write lock in its hand: better to come back after the next batch.
    const patience = Number(file.pragma('busy_timeout', { simple: true }));
    file.pragma('busy_timeout = 0');
    try {
      checkpoint(file, 'truncate');
    } finally {
      file.pragma(`busy_timeout = ${patience}`);
    }
  };
}

function checkpoint(file: Sqlite.Database, mode: 'passive' | 'truncate'): CheckpointRow {
  const [row] = file.pragma(`wal_checkpoint(${mode})`) as CheckpointRow[];
  return row ?? { busy: 0, log: -1 };
}
