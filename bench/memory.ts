import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import type { Result } from './run.ts';

const launcher = fileURLToPath(new URL('../bin/blogctl.js', import.meta.url));

/** Memory and time of warm-cache on 1,000 and on 10,000 articles: rows are streamed, so the memory stays about the same. */
export function largeBlog(): Result[] {
  const small = warm(1000);
  const large = warm(10_000);
  const growth = large.peakMib / small.peakMib;
  const told = (articles: number, run: Run): Result => ({
    label: `warm-cache of ${articles} articles`,
    figure: `${run.seconds.toFixed(1)} s, ${run.peakMib.toFixed(0)} MiB`,
  });
  return [told(1000, small), { ...told(10_000, large), target: 'at most 1.5 x the memory', isMet: growth <= 1.5 }];
}

interface Run {
  readonly seconds: number;
  readonly peakMib: number;
}

function warm(articles: number): Run {
  const folder = mkdtempSync(join(tmpdir(), 'blogctl-bench-'));
  try {
    spawnSync(process.execPath, [launcher, 'demo', folder, '--quiet']);
    const database = new Sqlite(join(folder, 'blog.db'));
    const columns =
      'title, summary, body, img_link, create_date, update_date, views, is_top, author_id, category_id, is_publish';
    database.exec(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${articles})
       insert into blog_article (slug, ${columns})
       select 'copy-' || i, ${columns} from n join blog_article on blog_article.id = 1 + i % 50`,
    );
    database.close();
    const started = performance.now();
    const config = join(folder, 'blogctl.yaml');
    const run = spawnSync('/usr/bin/time', ['-f', '%M', process.execPath, launcher, 'warm-cache', '-q', '-c', config]);
    if (run.status !== 0) throw new Error(`warm-cache ended with ${run.status}: ${run.stderr.toString()}`);
    const seconds = (performance.now() - started) / 1000;
    return { seconds, peakMib: Number(run.stderr.toString().trim().split('\n').at(-1)) / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
