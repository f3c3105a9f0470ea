import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { addDays } from '../src/blog/days.ts';
import { writeViewDay } from '../src/blog/view-day.ts';
import type { Result } from './run.ts';

const launcher = fileURLToPath(new URL('../bin/blogctl.js', import.meta.url));
const now = '2026-03-18T14:05:09+08:00';
const days = 3650;
const articles = 2000;

/** The dashboard's statistics, and a count of views, on a blog of 2,000 articles that has been counted for ten years. */
export function statistics(): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'blogctl-bench-'));
  try {
    spawnSync(process.execPath, [launcher, 'demo', folder, '--quiet'], { env: { ...process.env, BLOGCTL_NOW: now } });
    fill(join(folder, 'blog.db'));
    const of = `of ${articles} articles after ${days / 365} years`;
    return [
      told(`statistics ${of}`, run(folder, 'warm-statistics')),
      told(`count-views ${of}`, run(folder, 'count-views')),
      told(`views 30d ${of}`, run(folder, 'views', '30d')),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly seconds: number;
  readonly peakMib: number;
}

function told(label: string, { seconds, peakMib }: Run): Result {
  const figure = `${seconds.toFixed(2)} s, ${peakMib.toFixed(0)} MiB`;
  return { label, figure, target: 'under 2 s and 200 MiB', isMet: seconds < 2 && peakMib < 200 };
}

function fill(path: string): void {
  const database = new Sqlite(path);
  database.pragma('synchronous = off');
  const columns =
    'title, summary, body, img_link, create_date, update_date, is_top, author_id, category_id, is_publish';
  database.exec(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${articles})
     insert into blog_article (slug, views, ${columns})
     select 'copy-' || i, 90000 + i, ${columns} from n join blog_article on blog_article.id = 1 + i % 50;
     delete from blog_articleview`,
  );
  const ids = database.prepare<[], string>('select id from blog_article').pluck().all().map(String);
  const insert = database.prepare(
    "insert into blog_articleview (date, body, create_date, update_date) values (?, ?, '2026-03-18 00:57:00', '2026-03-18 00:57:00')",
  );
  database.transaction(() => {
    for (let back = days; back >= 0; back--) {
      const date = addDays('20260318', -back);
      insert.run(date, bodyOf(ids, days - back));
    }
  })();
  database.close();
}

function bodyOf(ids: readonly string[], day: number): string {
  const byArticle = new Map(ids.map((id, index) => [id, day * (1 + (index % 40))]));
  const total = [...byArticle.values()].reduce((sum, views) => sum + views, 0);
  const hours = new Map(Array.from({ length: 24 }, (_, hour) => [String(hour).padStart(2, '0'), total + hour * 100]));
  const none = new Map([...hours.keys()].map((hour) => [hour, 0]));
  const counts = { total, articles: total, pages: 0, byArticle, byPage: new Map<string, number>() };
  return writeViewDay({ ...counts, articleHours: hours, pageHours: none });
}

function run(folder: string, ...words: readonly string[]): Run {
  const config = join(folder, 'blogctl.yaml');
  const env: NodeJS.ProcessEnv = { ...process.env, BLOGCTL_NOW: now };
  delete env['NODE_EXTRA_CA_CERTS'];
  const command = ['-f', '%M', process.execPath, launcher, ...words, '-c', config];
  const started = performance.now();
  const { status, stderr } = spawnSync('/usr/bin/time', command, { env });
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr.toString()}`);
  const seconds = (performance.now() - started) / 1000;
  return { seconds, peakMib: Number(stderr.toString().trim().split('\n').at(-1)) / 1024 };
}
