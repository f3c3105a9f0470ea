import { spawnSync } from 'node:child_process';

/** A command to be timed as a whole process. */
export interface Contender {
  readonly label: string;
  readonly command: readonly string[];
  /** Ended otherwise, the measurement is void. */
  readonly exitCode?: number;
}

/** Medians of a contender over all rounds. */
export interface Timing {
  readonly label: string;
  readonly wallMs: number;
  /** To the first contender, pair by pair. */
  readonly ratio: number;
}

/** Times the contenders in turn (A B C A B C …), so that a machine whose speed drifts does not favour one. */
export function race(contenders: readonly Contender[], rounds: number): Timing[] {
  // This variable costs node 20 fifty milliseconds a start, and would make every ratio look good.
  const env = { ...process.env };
  delete env['NODE_EXTRA_CA_CERTS'];
  delete env['BLOGCTL_NOW'];
  const times = contenders.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, { command, label, exitCode = 0 }] of contenders.entries()) {
      const started = performance.now();
      const { status } = spawnSync(command[0] ?? '', command.slice(1), { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const took = performance.now() - started;
      if (status !== exitCode) throw new Error(`${label} ended with ${status}`);
      // The first round only warms the disk's cache.
      if (round >= 0) times[index]?.push(took);
    }
  }
  return contenders.map(({ label }, index) => ({
    label,
    wallMs: median(times[index] ?? []),
    ratio: median((times[index] ?? []).map((took, round) => took / (times[0]?.[round] ?? Number.NaN))),
  }));
}

/** The middle of a list of numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
