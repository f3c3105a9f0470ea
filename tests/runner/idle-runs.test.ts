import { beforeEach, expect, test } from 'vitest';
import { inPieces } from '../../src/core/batches.ts';
import { openDatabase } from '../../src/resources/database/open.ts';
import { countIdleRuns, readRuns } from '../../src/runner/record/history.ts';
import { describeBlog, dialects, emptyBlog, useBlog } from '../helpers/blog.ts';
import { actionThat, dropOwnTables, recordsOf, runJobOf } from './job.ts';

const idle = actionThat(async () => ({ summary: 'nothing to do', counts: {} }));
const changing = actionThat(async ({ change }) => {
  await change({ what: 'set', target: 'a key' }, async () => undefined);
});
const finding = actionThat(async () => {
  return { summary: 'odd', counts: {}, findings: [{ kind: 'odd', target: 't', message: 'm' }] };
});
const cron = { isScheduled: true, isSilent: true };

for (const dialect of dialects) {
  describeBlog(dialect, `runs that found nothing to do, on ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));
    beforeEach(() => dropOwnTables(blog()));

    test('are forgotten but for the newest thousand of a job, and nothing else is', async () => {
      await runJobOf(blog(), { action: idle, name: 'often', ...cron });
      await runJobOf(blog(), { action: changing, name: 'often', ...cron, minutesLater: 1 });
      await runJobOf(blog(), { action: idle, name: 'seldom', ...cron });
      const { id: _id, ...columns } = (await recordsOf(blog()))[0] as { id: number };
      const copies = Array.from({ length: 1200 }, (_, index) => ({ ...columns, tick: `copy ${index}` }));
      for (const piece of inPieces(copies, 200)) {
        await blog()
          .query.insertInto('blogctl_run')
          .values(piece as never)
          .execute();
      }

      await runJobOf(blog(), { action: idle, name: 'often', ...cron, minutesLater: 2 });

      const rows = await blog().rows<{ job: string; changes: number }>('select job, changes from blogctl_run');
      const often = rows.filter(({ job }) => job === 'often');
      expect([often.filter(({ changes }) => changes === 0).length, often.length, rows.length]).toEqual([
        1000, 1001, 1002,
      ]);
    });

    test('are told apart from those that changed or found something, or that a person started', async () => {
      await runJobOf(blog(), { action: idle, name: 'idle', ...cron });
      await runJobOf(blog(), { action: idle, name: 'by hand' });
      await runJobOf(blog(), { action: changing, name: 'changing', ...cron });
      await runJobOf(blog(), { action: finding, name: 'finding', ...cron });
      const database = await openDatabase({ url: blog().url, folder: '/', readOnly: true, zone: 'Asia/Shanghai' });
      const filter = { site: 'test-blog', limit: 100 };

      const shown = await readRuns(database, { ...filter, withoutIdle: true });
      const all = await readRuns(database, filter);
      const left = await countIdleRuns(database, filter);
      await database.close();

      expect(shown.map(({ job }) => job).toSorted()).toEqual(['by hand', 'changing', 'finding']);
      expect([all.length, left]).toEqual([4, 1]);
    });
  });
}
