// The thread in which documents of strangers are read; see open.ts.
import { parentPort } from 'node:worker_threads';
import { readFeed } from '../../content/feeds/read-feed.ts';
import { readPage } from '../../content/feeds/read-page.ts';
import type { Reading } from '../../core/parser.ts';
import type { ParserTask } from './thread.ts';

parentPort?.on('message', (task: ParserTask) => {
  void read(task).then((reading) => parentPort?.postMessage(reading));
});
// Only now does the time count: what reads feeds is loaded. What reads pages is with the first of them, on its time.
parentPort?.postMessage('ready');

async function read({ document, rule }: ParserTask): Promise<Reading> {
  try {
    return await (rule === null ? readFeed(document) : readPage(document, rule));
  } catch (error) {
    const why =
      error instanceof RangeError ? 'it is nested too deep' : String(error instanceof Error ? error.message : error);
    return { isRead: false, problem: 'unreadable', reason: `cannot be read: ${why.slice(0, 200)}` };
  }
}
