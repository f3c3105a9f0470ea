/** The clock. Fixed by BLOGCTL_NOW for tests and replays. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly nowMs: () => number;
  /** A steady counter of milliseconds for measuring how long something took; never steps back, never fixed. */
  readonly elapsedMs: () => number;
  readonly isFixed: boolean;
}

/** Everything of the machine that the program would otherwise reach for: made once by `main.ts`, replaced by tests. */
export interface Host {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly homeDirectory: string | null;
  readonly hostname: string;
  readonly pid: number;
  readonly clock: Clock;
  /** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. The zone must be one that `isZone` knows. */
  readonly zoneOffsetMs: (zone: string, epochMs: number) => number;
  /** Writes to standard output: the result. */
  readonly print: (text: string) => void;
  /** Writes to standard error: the log. */
  readonly complain: (text: string) => void;
  /** All of standard input. A signal ends the wait. */
  readonly readInput: () => Promise<Uint8Array>;
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Columns of the terminal, 80 where there is none. */
  readonly columns: number;
  readonly colour: { readonly stdout: boolean; readonly stderr: boolean };
  /** Aborted by SIGINT and SIGTERM with an InterruptedError as its reason. */
  readonly signal: AbortSignal;
  /** Absolute paths for crontab lines: node and the launcher. */
  readonly nodePath: string;
  readonly launcherPath: string;
  /** The folder of the program's own files: `dist`, or `src` where it runs from its sources. */
  readonly programFolder: string;
  /** Called by its own name, `blogctl`, and not as a file of a checkout. */
  readonly isInstalled: boolean;
  readonly version: string;
  /** Changes with every build, of the same version too. */
  readonly buildId: string;
}

/** ISO 8601 in UTC with milliseconds: the form of all times in records and reports. */
export function isoUtc(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
