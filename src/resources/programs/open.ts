import type { Programs } from '../../core/programs.ts';

/** How programs are to be started. */
export interface ProgramsOptions {
  /** The folder in which they run. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly readOnly: boolean;
}

/** What can start programs; node's own part for that is loaded with the first. */
export function openPrograms(options: ProgramsOptions): Programs & { readonly close: () => Promise<void> } {
  const running = new Set<() => void>();
  return {
    run: async (call) => {
      if (options.readOnly) throw new Error('a dry run cannot start a program');
      const { runProgram } = await import('./run.ts');
      return runProgram(call, options, running);
    },
    // What a run has left behind in its haste must not outlive it.
    close: async () => {
      for (const kill of running) kill();
    },
  };
}
