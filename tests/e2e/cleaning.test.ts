import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keysOf } from '../actions/changed-rows.ts';
import { describeBlog, dialects, emptyBlog } from '../helpers/blog.ts';
import { addSessions } from '../helpers/old-rows.ts';
import { openSite } from './site.ts';

const env = { BLOGCTL_NOW: '2026-03-18T14:05:09+08:00' };
const many = Array.from({ length: 6000 }, (_, index) => `2025-0${1 + (index % 9)}-01 00:00:00`);

for (const dialect of dialects) {
  describeBlog(dialect, `clean-sessions killed half-way on ${dialect}`, () => {
    test('leaves a blog that the next run cleans to the same end, and an archive with every row that went', async () => {
      const blog = await emptyBlog(dialect);
      await addSessions(blog, many);
      await addSessions(blog, ['2026-03-18 14:05:09', '2027-01-01 00:00:00'], 'live');
      const before = await blog.rows('select * from django_session order by session_key');
      const site = await openSite({ database: blog.url });
      const clean = ['clean-sessions', '--archive', site.folder];

      const running = site.start([...clean, '--verbose'], { env });
      await running.until('batch deleted');
      running.kill('SIGKILL');
      const killed = await running.ended;
      const left = await keysOf(blog, 'django_session');
      const second = await site.blogctl(clean, { env });
      const keys = await keysOf(blog, 'django_session');
      const archives = readdirSync(site.folder).filter((name) => name.endsWith('.ndjson.gz'));
      const restored = await site.blogctl(['restore', ...archives.map((name) => join(site.folder, name))]);
      const after = await blog.rows('select * from django_session order by session_key');
      const runs = await site.runs();
      await blog.close();

      expect(killed.signal).toBe('SIGKILL');
      expect(left.length).toBeLessThan(6002);
      expect(left.length).toBeGreaterThan(2);
      expect(second).toMatchObject({ code: 0 });
      expect(keys).toEqual(['live-1', 'live-2']);
      expect(archives).toHaveLength(2);
      expect(restored.code).toBe(1);
      expect(restored.stderr).toContain('it has no end: the run that wrote it was stopped');
      expect(restored.stdout).toContain('6000 rows put back');
      expect(after).toEqual(before);
      expect(runs.map(({ status }) => status)).toEqual(['succeeded', 'crashed']);
    });

    test('stops between two batches for a signal, and says how far it came', async () => {
      const blog = await emptyBlog(dialect);
      await addSessions(blog, many);
      const site = await openSite({ database: blog.url });

      const running = site.start(['clean-sessions', '--verbose', '--json'], { env });
      await running.until('batch deleted');
      running.kill('SIGTERM');
      const ended = await running.ended;
      const left = await keysOf(blog, 'django_session');
      await blog.close();

      const report = JSON.parse(ended.stdout) as { status: string; changes: { target: string }[] };
      expect(ended.code).toBe(143);
      expect(report.status).toBe('interrupted');
      expect(left.length).toBeGreaterThan(0);
      expect(report.changes.map(({ target }) => target)).toEqual([`${6000 - left.length} rows of django_session`]);
      expect(ended.stderr).toContain('stopped half-way');
    });
  });
}
