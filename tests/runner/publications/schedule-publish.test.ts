import { describe, expect, test } from 'vitest';
import { describeBlog, dialects } from '../../helpers/blog.ts';
import { openDesk, type Answer } from '../../helpers/desk.ts';
import { publicationsOf } from '../../helpers/publications.ts';
import { testNowMs } from '../../helpers/run.ts';
import { dropOwnTables } from '../job.ts';
import { usePlannedBlog } from './planned-blog.ts';

for (const dialect of dialects) {
  describeBlog(dialect, `schedule publish on ${dialect}`, () => {
    const { blog, config, desk } = usePlannedBlog(dialect);
    const at = (article: string, time: string, ...more: string[]): Promise<Answer> =>
      desk().blogctl(['schedule', 'publish', article, '--at', time, ...more]);

    describe('publish', () => {
      test('plans an article by id or slug, and says when that is, and how long from now', async () => {
        const byId = await at('2', '2026-12-01 08:00');
        const bySlug = await at('草稿', '2026-03-18T06:05:10Z');

        expect(byId).toEqual({
          code: 0,
          stdout: 'planned: article 2 (draft) "Article 2" at 2026-12-01 08:00:00 (Asia/Shanghai), in 257 d 17 h\n',
          stderr: '',
        });
        expect(bySlug.stdout).toBe(
          'planned: article 3 (草稿) "数据库[31m 备份 二" at 2026-03-18 14:05:10 (Asia/Shanghai), in 1.0 s\n',
        );
        expect(await publicationsOf(blog())).toMatchObject([
          { articleId: 2, waitingId: 2, status: 'waiting', dueAt: '2026-12-01T00:00:00.000Z', claimedBy: null },
          { articleId: 3, waitingId: 3, status: 'waiting', dueAt: '2026-03-18T06:05:10.000Z' },
        ]);
      });

      test('makes its table the first time, save in a dry run, which says the same', async () => {
        await dropOwnTables(blog());
        const tables = await blog().tables();

        const dry = await at('2', '2026-12-01 08:00', '--dry-run');
        const tablesAfter = await blog().tables();
        const real = await at('2', '2026-12-01 08:00');

        expect(dry.stdout).toBe(
          'dry run: would plan article 2 (draft) "Article 2" at 2026-12-01 08:00:00 (Asia/Shanghai), in 257 d 17 h\n',
        );
        expect(tablesAfter).toEqual(tables);
        expect(real).toMatchObject({ code: 0, stdout: dry.stdout.replace('dry run: would plan', 'planned:') });
        expect(await publicationsOf(blog())).toHaveLength(1);
      });

      test.each([
        ['one that is not there', ['4711'], 1, 'there is no article of this id or slug: 4711\n'],
        ['one that is misspelt', ['draf'], 1, 'there is no article of this id or slug: draf; did you mean "draft"?\n'],
        ['no name', [''], 1, 'there is no article of this id or slug: ""\n'],
        ['one that is published', ['1'], 1, 'article 1 (out) "Article 1" is published already\n'],
        ['two', ['2', '3'], 2, 'expected one article, got 2, 3\n'],
        [
          'a time without quotes',
          ['2', '08:00'],
          2,
          '--at: put date and time between quotes: --at "2026-12-01 08:00 08:00"\n',
        ],
      ])('refuses %s', async (_, articles, code, said) => {
        const answer = await desk().blogctl(['schedule', 'publish', ...articles, '--at', '2026-12-01 08:00']);

        expect(answer).toEqual({ code, stdout: '', stderr: `blogctl: ${said}` });
        expect(await publicationsOf(blog())).toEqual([]);
      });

      test.each([
        [
          'of now',
          '2026-03-18 14:05:09',
          '--at: 2026-03-18 14:05:09 is past: in Asia/Shanghai it is 2026-03-18 14:05:09 now\n  To publish it at once: blogctl publish-now 2\n',
        ],
        [
          'in another zone’s past',
          '2026-03-18T09:00+04:00',
          '--at: 2026-03-18 13:00:00 is past: in Asia/Shanghai it is 2026-03-18 14:05:09 now\n  To publish it at once: blogctl publish-now 2\n',
        ],
        ['too far away', '2126-12-01 08:00', '--at: 2126-12-01 08:00:00 is more than a hundred years away\n'],
      ])('refuses a time %s', async (_, time, said) => {
        expect(await at('2', time)).toEqual({ code: 2, stdout: '', stderr: `blogctl: ${said}` });
        expect(await publicationsOf(blog())).toEqual([]);
      });

      test('asks for the time where none is given', async () => {
        expect(await desk().blogctl(['schedule', 'publish', '2'])).toEqual({
          code: 2,
          stdout: '',
          stderr: `blogctl: --at is missing: say when, in the blog's zone (Asia/Shanghai), such as --at "2026-12-01 08:00"\n`,
        });
      });

      test('refuses a second plan for an article, and moves the first where that is wanted', async () => {
        await at('2', '2026-12-01 08:00');

        const second = await at('draft', '2026-12-02 08:00');
        const dry = await at('2', '2026-12-03 08:00', '--move', '--dry-run');
        const kept = await publicationsOf(blog());
        const moved = await at('2', '2026-12-03 08:00', '--move');

        expect(second).toEqual({
          code: 1,
          stdout: '',
          stderr:
            'blogctl: article 2 (draft) "Article 2" is planned for 2026-12-01 08:00:00 (Asia/Shanghai) already\n  Give --move to change that.\n',
        });
        expect(dry.stdout).toContain('dry run: would plan');
        expect(kept).toMatchObject([{ dueAt: '2026-12-01T00:00:00.000Z' }]);
        expect(moved.stdout).toBe(
          'planned: article 2 (draft) "Article 2" at 2026-12-03 08:00:00 (Asia/Shanghai), in 259 d 17 h, no longer at 2026-12-01 08:00:00\n',
        );
        expect(await publicationsOf(blog())).toMatchObject([{ dueAt: '2026-12-03T00:00:00.000Z', status: 'waiting' }]);
      });

      test('of the same article at the same moment makes one plan', async () => {
        const answers = await Promise.all([at('2', '2026-12-01 08:00'), at('2', '2026-12-02 08:00')]);

        expect(new Set(answers.map(({ code }) => code))).toEqual(new Set([0, 1]));
        expect(await publicationsOf(blog())).toHaveLength(1);
      });

      test('gives a machine one document', async () => {
        const document = await desk().json(['schedule', 'publish', '2', '--at', '2026-12-01 08:00']);

        expect(document).toEqual({
          dryRun: false,
          article: { id: 2, slug: 'draft', title: 'Article 2' },
          dueAt: '2026-12-01T00:00:00.000Z',
          before: null,
          local: '2026-12-01 08:00:00',
          timezone: 'Asia/Shanghai',
          inMs: Date.parse('2026-12-01T00:00:00Z') - testNowMs,
          note: null,
          warnings: [],
        });
      });

      test.each([
        [
          '{ warm-cache: {} }',
          'no job runs publish-due, so nothing will be published by itself; add "publish-due: {}" under jobs in the configuration and run "blogctl install"',
        ],
        [
          '{ mine: { action: publish-due, schedule: off } }',
          'the job mine is kept out of the crontab, so nothing will be published by itself; give it a schedule and run "blogctl install"',
        ],
      ])('warns where nobody will publish it: %s', async (jobs, warning) => {
        const other = await openDesk(config(jobs));

        const answer = await other.blogctl(['schedule', 'publish', '2', '--at', '2026-12-01 08:00']);

        await other.close();
        expect(answer).toMatchObject({ code: 0, stderr: `warning: ${warning}\n` });
        expect(await publicationsOf(blog())).toHaveLength(1);
      });

      test('tells which of two equal times it takes, in a zone that sets its clocks back', async () => {
        const other = await openDesk(config().replace('test-blog', 'test-blog, timezone: Europe/Berlin, useTz: true'));

        const answer = await other.blogctl(['schedule', 'publish', '2', '--at', '2026-10-25 02:30']);

        await other.close();
        expect(answer.stdout).toContain('at 2026-10-25 02:30:00 (Europe/Berlin), in 220 d 18 h\n');
        expect(answer.stdout).toContain(
          'the clocks show that time twice; taken is the first, 2026-10-25T02:30:00+02:00\n',
        );
        expect(await publicationsOf(blog())).toMatchObject([{ dueAt: '2026-10-25T00:30:00.000Z' }]);
      });
    });
  });
}
