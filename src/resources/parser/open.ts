import { join } from 'node:path';
import type { Parser } from '../../core/parser.ts';
import { startThread, type ParserLimits, type ParserTask, type ParserThread } from './thread.ts';

/** Where the program's own files are. */
export interface ParserOptions {
  /** `dist` or `src`. */
  readonly programFolder: string;
  readonly limits?: ParserLimits;
}

/** Readers, and what ends their threads. */
export interface OpenParser extends Parser {
  readonly close: () => Promise<void>;
}

const mostThreads = 2;
const usualLimits: ParserLimits = { timeoutMs: 5000, memoryMb: 256 };

/** Starts no thread before there is something to read. One that a document has killed is replaced by the next. */
export function openParser({ programFolder, limits = usualLimits }: ParserOptions): OpenParser {
  const name = programFolder.endsWith('src') ? 'from-source.mjs' : 'worker.cjs';
  const file = join(programFolder, 'resources', 'parser', name);
  const idle: ParserThread[] = [];
  const all = new Set<ParserThread>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  const read: (task: ParserTask, signal: AbortSignal) => ReturnType<Parser['readFeed']> = async (task, signal) => {
    while (busy >= mostThreads) await new Promise<void>((resolve) => waiting.push(resolve));
    busy++;
    let thread = idle.pop();
    try {
      signal.throwIfAborted();
      if (thread?.isAlive() !== true) {
        if (thread !== undefined) all.delete(thread);
        thread = startThread(file, limits);
        all.add(thread);
      }
      return await thread.read(task, signal);
    } finally {
      busy--;
      if (thread?.isAlive() === true) idle.push(thread);
      else if (thread !== undefined) all.delete(thread);
      waiting.shift()?.();
    }
  };
  return {
    readFeed: (document, signal) => read({ document, rule: null }, signal),
    readPage: (document, rule, signal) => read({ document, rule }, signal),
    close: async () => {
      await Promise.all([...all].map((thread) => thread.end()));
    },
  };
}
