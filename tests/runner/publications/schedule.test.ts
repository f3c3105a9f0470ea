import { describe, expect, test } from 'vitest';
import { changePublication, openPublication } from '../../../src/blog/publications.ts';
import { describeBlog, dialects } from '../../helpers/blog.ts';
import { plan, publicationsOf, stateOf } from '../../helpers/publications.ts';
import { testNowMs } from '../../helpers/run.ts';
import { dropOwnTables } from '../job.ts';
import { usePlannedBlog } from './planned-blog.ts';

const hourMs = 3_600_000;

for (const dialect of dialects) {
  describeBlog(dialect, `schedule list and cancel on ${dialect}`, () => {
    const { blog, desk } = usePlannedBlog(dialect);
    describe('list', () => {
      test('says that nothing is planned, also before there is a table', async () => {
        await dropOwnTables(blog());
        const tables = await blog().tables();

        const answer = await desk().blogctl(['schedule', 'list']);

        expect(answer).toEqual({ code: 0, stdout: 'nothing is planned\n', stderr: '' });
        expect(await blog().tables()).toEqual(tables);
      });

      test('shows what waits, soonest first, in columns; with --all what has ended, too', async () => {
        await plan(blog(), [2], testNowMs + 26 * hourMs);
        await plan(blog(), [3, 99], testNowMs - 90_000);
        await desk().blogctl(['schedule', 'cancel', '2']);
        await plan(blog(), [2], testNowMs + 25 * hourMs);

        const waiting = await desk().blogctl(['schedule', 'list']);
        const all = await desk().blogctl(['schedule', 'list', '--all']);

        const withoutIds = (text: string): string[] => text.split('\n').map((line) => line.replace(/^\S+ +/, ''));
        expect(withoutIds(waiting.stdout)).toEqual([
          'article  slug   title               at (Asia/Shanghai)                   in  status   note',
          '3  草稿   数据库[31m 备份 二  2026-03-18 14:03:39  overdue 1 min 30 s  waiting',
          '99         (gone)              2026-03-18 14:03:39  overdue 1 min 30 s  waiting',
          '2  draft  Article 2           2026-03-19 15:05:09                25 h  waiting',
          '',
        ]);
        expect(all.stdout.split('\n')).toHaveLength(6);
        expect(all.stdout).toContain('cancelled  cancelled by hand');
      });

      test('gives a machine all of it', async () => {
        await plan(blog(), [99], testNowMs + hourMs);

        const { publications } = await desk().json<{ publications: unknown[] }>(['schedule', 'list']);

        expect(publications).toEqual([
          {
            id: expect.any(Number) as number,
            article: { id: 99, slug: null, title: null, isGone: true },
            dueAt: '2026-03-18T07:05:09.000Z',
            local: '2026-03-18 15:05:09',
            inMs: hourMs,
            status: 'waiting',
            note: null,
            createdAt: '2026-03-18T06:05:09.000Z',
            endedAt: null,
          },
        ]);
      });
    });

    describe('cancel', () => {
      const idOf = async (article: number): Promise<number> =>
        (await openPublication(await stateOf(blog()), 'test-blog', article))?.id ?? 0;

      test('ends plans by article or number, those of articles that are gone, too', async () => {
        await plan(blog(), [2, 3, 99], testNowMs + hourMs);
        const id = await idOf(3);

        const answer = await desk().blogctl(['schedule', 'cancel', 'draft', `#${id}`, '99']);

        expect(answer).toMatchObject({ code: 0, stderr: '' });
        expect(answer.stdout).toContain(`cancelled: plan #${id} of article 3 at 2026-03-18 15:05:09 (Asia/Shanghai)\n`);
        const ended = { status: 'cancelled', waitingId: null, endedAt: '2026-03-18T06:05:09.000Z' };
        expect(await publicationsOf(blog())).toMatchObject([ended, ended, ended]);
      });

      test('does none of it in a dry run', async () => {
        await plan(blog(), [2], testNowMs + hourMs);
        const before = await blog().dump();

        const answer = await desk().blogctl(['schedule', 'cancel', '2', '--dry-run']);

        expect(answer.stdout).toMatch(/^dry run: would cancel plan #\d+ of article 2 at /);
        expect(await blog().dump()).toEqual(before);
      });

      test.each([
        ['2', 'nothing is planned for article 2 (draft)'],
        ['drafd', 'there is no article of this id or slug: drafd; did you mean "draft"?'],
        ['4711', 'there is no article of this id or slug: 4711'],
        ['#4711', 'there is no plan #4711 that waits'],
      ])('of %s, which does not wait, says so and ends with 1', async (given, said) => {
        expect(await desk().blogctl(['schedule', 'cancel', given])).toEqual({
          code: 1,
          stdout: '',
          stderr: `blogctl: ${said}\n`,
        });
      });

      test('of several does those that it can', async () => {
        await plan(blog(), [2], testNowMs + hourMs);

        const answer = await desk().blogctl(['schedule', 'cancel', 'nope-nope', '2', '2']);

        expect(answer.code).toBe(1);
        expect(answer.stderr.split('\n')).toHaveLength(3);
        expect(await publicationsOf(blog())).toMatchObject([{ status: 'cancelled' }]);
      });

      test('comes too late for an article that is being published', async () => {
        await plan(blog(), [2], testNowMs);
        const state = await stateOf(blog());
        const entry = await openPublication(state, 'test-blog', 2);
        if (entry !== null) {
          await changePublication(state, entry, { status: 'publishing', claimed_by: 'publish-due' });
        }

        const answers = [
          await desk().blogctl(['schedule', 'cancel', '2']),
          await desk().blogctl(['schedule', 'publish', '2', '--at', '2026-12-01 08:00', '--move']),
        ];

        expect(answers.map(({ code, stderr }) => [code, stderr])).toEqual([
          [1, 'blogctl: article 2 is being published already; that cannot be cancelled\n'],
          [1, 'blogctl: article 2 (draft) "Article 2" is being published already\n'],
        ]);
        expect(await publicationsOf(blog())).toMatchObject([{ status: 'publishing' }]);
      });
    });
  });
}
