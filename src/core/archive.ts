/** A row as a driver gives it. */
export type ArchivedRow = Readonly<Record<string, unknown>>;

/** The rows of one table that go in a batch. */
export interface ArchivedRows {
  readonly table: string;
  readonly rows: readonly ArchivedRow[];
}

/** What the first line of an archive says of the rest. */
export interface ArchiveHeader {
  /** The blog's name in the configuration. */
  readonly blog: string;
  /** The database that the rows are from. */
  readonly dialect: string;
  /** The zone of the dates in it: `UTC` with USE_TZ. */
  readonly zone: string;
  readonly action: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  /** The tables that may follow, parents before children, each with its columns. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
}

/**
 * Where rows are kept before they are deleted: gzip files of lines of JSON, one for each run that deletes anything. The
 * first line is the header, the last one says how many rows there are; between them stands `{"table", "row"}`.
 */
export interface Archives {
  /** The path of a new file in a folder. Throws a FailedError where the folder can take none. */
  readonly place: (folder: string, name: string) => string;
  /** Makes the file, which must not be there yet (another name is taken then), for its owner's eyes alone. */
  readonly create: (path: string, header: ArchiveHeader) => Promise<Archive>;
}

/** An archive that is being written. */
export interface Archive {
  readonly path: string;
  /** How many rows are in it. */
  readonly rowCount: () => number;
  /** Comes back once the rows are on the disk, and can be read whatever happens to this process. */
  readonly write: (batch: readonly ArchivedRows[]) => Promise<void>;
  /** Ends the file; one without a row is removed. */
  readonly close: () => Promise<void>;
  /** Lets go of a file that does not come to its end; one without a row is removed. */
  readonly abandon: () => Promise<void>;
}
