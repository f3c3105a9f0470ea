import { Worker } from 'node:worker_threads';
import type { FeedDocument, Reading, ScraperRule } from '../../core/parser.ts';

/** What a thread is told to read; without a rule it is a feed. */
export interface ParserTask {
  readonly document: FeedDocument;
  readonly rule: ScraperRule | null;
}

/** How much one document may take. */
export interface ParserLimits {
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

/** A thread that reads one document after the other, until one kills it. */
export interface ParserThread {
  readonly isAlive: () => boolean;
  readonly read: (task: ParserTask, signal: AbortSignal) => Promise<Reading>;
  readonly end: () => Promise<void>;
}

/** Starts a thread of its own. It keeps no process alive while it has nothing to do. */
export function startThread(file: string, { timeoutMs, memoryMb }: ParserLimits): ParserThread {
  const worker = new Worker(file, {
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 },
  });
  let isAlive = true;
  const started = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.on('error', (error) => {
      isAlive = false;
      reject(error);
    });
    worker.once('exit', () => {
      isAlive = false;
      reject(new Error('the thread that reads documents ended before it began'));
    });
  });
  started.catch(() => undefined);

  const answer = (task: ParserTask, signal: AbortSignal): Promise<Reading> =>
    new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        worker.unref();
        finish();
      };
      const kill = (finish: () => void): void => {
        isAlive = false;
        void worker.terminate();
        settle(finish);
      };
      const heavy = (reason: string): void => resolve({ isRead: false, problem: 'too-heavy', reason });
      const onMessage = (reading: Reading): void => settle(() => resolve(reading));
      const onError = (error: Error & { readonly code?: string }): void =>
        kill(() =>
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? heavy(`needs more than ${memoryMb} MB to be read`)
            : reject(error),
        );
      const onExit = (): void => kill(() => heavy('made its reader end'));
      const stop = (): void => kill(() => reject(signal.reason as Error));
      const timer = setTimeout(() => kill(() => heavy(`takes more than ${timeoutMs / 1000}s to be read`)), timeoutMs);
      worker.once('message', onMessage).once('error', onError).once('exit', onExit);
      signal.addEventListener('abort', stop, { once: true });
      worker.postMessage(task);
    });

  return {
    isAlive: () => isAlive,
    read: async (task, signal) => {
      worker.ref();
      await started;
      signal.throwIfAborted();
      return answer(task, signal);
    },
    end: async () => {
      isAlive = false;
      await worker.terminate();
    },
  };
}
