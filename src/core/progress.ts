/** Progress of a long piece of work: a bar on a terminal, nothing under cron. */
export interface Progress {
  /** How many items there will be, once it is known; null while it is not. */
  readonly total: (count: number | null) => void;
  /** One more item is done (or `by` more). */
  readonly step: (by?: number) => void;
}
