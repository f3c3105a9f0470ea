/** Files that the owner names; relative paths are meant from the configuration's folder. Implemented in resources/files. */
export interface Files {
  /** The bytes of a file, piece by piece. Throws a FailedError where it can't be read. */
  readonly read: (path: string) => AsyncIterable<Uint8Array>;
}
