import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import cleanResults from '../../src/actions/clean-results.ts';
import cleanSessions from '../../src/actions/clean-sessions.ts';
import { describeBlog, dialects, emptyBlog } from '../helpers/blog.ts';
import { addSessions } from '../helpers/old-rows.ts';
import { runAction } from '../helpers/run.ts';

const settings = { optimize: true };
const many = Array.from({ length: 3000 }, () => '2026-01-01 00:00:00');
const verbs = { sqlite: 'vacuum', mysql: 'optimize', postgres: 'vacuum' };

for (const dialect of dialects) {
  describeBlog(dialect, `--optimize on ${dialect}`, () => {
    test('tells its price before, what there was and what there is; a dry run tells the price', async () => {
      const blog = await emptyBlog(dialect);
      const thing = dialect === 'sqlite' ? `SQLite file ${blog.url.slice('sqlite:'.length)}` : 'table django_session';
      await addSessions(blog, many);

      const dry = await runAction(cleanSessions, { blog, settings, dryRun: true });
      const left = await blog.rows('select * from django_session');
      const run = await runAction(cleanSessions, { blog, settings, verbose: true });
      await blog.close();

      expect(left).toHaveLength(3000);
      expect(dry.changes.at(-1)).toMatchObject({ what: verbs[dialect], target: thing });
      expect(dry.summary).toContain(`${verbs[dialect]} of the ${thing}: the `);
      expect(run).toMatchObject({ status: 'succeeded', error: null });
      expect(run.stderr).toContain(`${verbs[dialect]} begins: the `);
      expect(run.changes.at(-1)).toMatchObject({ what: verbs[dialect], target: thing });
      expect(run.summary).toMatch(/^3000 sessions deleted; .*: [\d.]+ .?B before, [\d.]+ .?B now$/);
      expect(run.counts['deleted']).toBe(3000);
      expect(run.counts['freedBytes']).toBeGreaterThanOrEqual(0);
    });

    test('is not done where nothing went and little is free', async () => {
      const blog = await emptyBlog(dialect);

      const run = await runAction(cleanResults, { blog, settings });
      await blog.close();

      expect(run).toMatchObject({ status: 'succeeded', changes: [], counts: { deleted: 0 } });
    });
  });
}

describeBlog('sqlite', '--optimize on an SQLite file', () => {
  const sizeOf = (url: string): number => statSync(url.slice('sqlite:'.length)).size;

  test.each([
    ['written anew', 'delete', 0, 'vacuum'],
    ['written anew, with a write-ahead log', 'wal', 0, 'vacuum'],
    ['cut off, where it was made for that', 'wal', 2, 'incrementally vacuum'],
  ])('gives the space back: %s', async (_, journal, autoVacuum, what) => {
    const blog = await emptyBlog('sqlite');
    await blog.rows(`pragma auto_vacuum = ${autoVacuum}`);
    await blog.rows('vacuum');
    await blog.rows(`pragma journal_mode = ${journal}`);
    await addSessions(blog, many);
    await runAction(cleanSessions, { blog });
    await blog.rows('pragma wal_checkpoint(truncate)');
    const before = sizeOf(blog.url);

    // Nothing is left to delete; the space of the run before lies free.
    const run = await runAction(cleanSessions, { blog, settings });
    const after = sizeOf(blog.url);
    const [check] = await blog.rows('pragma integrity_check');
    await blog.close();

    expect(run.changes.map((change) => change.what)).toEqual([what]);
    expect(run.counts['freedBytes']).toBe(before - after);
    expect(after).toBeLessThan(before * 0.7);
    expect(check).toEqual({ integrity_check: 'ok' });
  });
});
