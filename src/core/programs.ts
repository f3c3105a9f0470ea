/** A program to be started, without a shell between. */
export interface ProgramCall {
  /** The program and its arguments. A relative path is meant from the configuration's folder, a bare name from PATH. */
  readonly command: readonly string[];
  /** Beside the variables that blogctl itself was started with. */
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** How much of what it writes is kept, from the end. */
  readonly mostOutputBytes: number;
  readonly signal: AbortSignal;
  /** Hears the end of what it wrote where the signal ended it. */
  readonly onStopped?: (output: string) => void;
}

/** How a program ended. */
export interface ProgramEnd {
  /** It ended by itself with exit code 0. */
  readonly isDone: boolean;
  /** For a sentence: `exit code 3`, `killed by SIGKILL`, `stopped after its time-out of 1m`, `there is no such program`. */
  readonly reason: string;
  /** The end of what it wrote on standard output and error, in whole lines, without control characters. */
  readonly output: string;
}

/**
 * Starts programs of the owner's. A program runs in a process group of its own with nothing to read; where its time is
 * over or the run is told to stop, the whole group is ended. A dry run cannot start any.
 * Implemented in resources/programs.
 */
export interface Programs {
  /** Runs a program to its end, whatever that is. Throws the signal's reason where that comes first. */
  readonly run: (call: ProgramCall) => Promise<ProgramEnd>;
}
