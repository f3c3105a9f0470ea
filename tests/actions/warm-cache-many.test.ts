import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { addArticles } from '../helpers/articles.ts';
import { describeBlog, emptyBlog, useBlog } from '../helpers/blog.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const count = 10_000;
const heapMb = 48;

describeBlog('sqlite', 'ten thousand articles', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));

  test(`are rendered in ${heapMb} MB of heap, which could not hold them all`, async () => {
    // Kept in the file, for the child too: without it each of the entries waits for the disk several times.
    await blog().rows('pragma journal_mode = wal');
    const filler = 'x'.repeat(8000);
    for (let start = 0; start < count; start += 1000) {
      await addArticles(
        blog(),
        Array.from({ length: 1000 }, (_, index) => ({
          id: start + index + 1,
          body: `# Title\n\n<!-- ${filler} -->\n\nText.`,
        })),
      );
    }
    const script = `
      import action from './src/actions/warm-cache.ts';
      import { runAction } from './tests/helpers/run.ts';
      const run = await runAction(action, { blog: { url: ${JSON.stringify(blog().url)} } });
      console.log(JSON.stringify({ status: run.status, error: run.error, counts: run.counts, changes: run.changes.length }));`;
    const args = [`--max-old-space-size=${heapMb}`, '--import', 'tsx', '--input-type=module', '--eval', script];

    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 50_000 });

    expect(JSON.parse(stdout)).toEqual({
      status: 'succeeded',
      error: null,
      counts: { set: count, present: 0, failed: 0, unknown: 0, removed: 0, totals: 1 },
      changes: count + 2,
    });
  });
});
