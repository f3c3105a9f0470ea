import { describe, expect, test } from 'vitest';
import { demoBlog, describeBlog, dialects, useBlog } from '../helpers/blog.ts';
import { useRedis } from '../helpers/servers/use.ts';
import { openSite, type Site } from './site.ts';
import { useSlowRedis } from './slow-redis.ts';

const rounds = 5;

describe.each(dialects)('two processes at the same second, on %s', (dialect) => {
  describeBlog(
    dialect,
    'with a run that lasts',
    () => {
      const blog = useBlog(() => demoBlog(dialect));
      const line = useSlowRedis(useRedis());
      const siteOfIts = (): Promise<Site> =>
        openSite({
          database: blog().url,
          cache: line().url,
          jobs: '{ warm-cache: { concurrency: 1, force: true, articles: [1, 2, 3] } }',
        });

      test(`one works, the other ends with 75 and is recorded as skipped, ${rounds} times over`, async () => {
        const site = await siteOfIts();

        const codes: unknown[] = [];
        for (let round = 0; round < rounds; round += 1) {
          line().slowDown();
          const both = [site.start(['run', 'warm-cache']), site.start(['run', 'warm-cache'])];
          const sooner = await Promise.race(both.map((one) => one.ended));
          line().letGo();
          const ended = await Promise.all(both.map((one) => one.ended));
          codes.push([sooner.code, ...ended.map((one) => one.code ?? -1).sort((a, b) => a - b)]);
        }

        expect(codes).toEqual(Array.from({ length: rounds }, () => [75, 0, 75]));
        const runs = await site.runs();
        expect(runs.filter((run) => run.status === 'succeeded')).toHaveLength(rounds);
        expect(runs.filter((run) => run.status === 'skipped')).toHaveLength(rounds);
        expect(runs.find((run) => run.status === 'skipped')).toMatchObject({
          counts: {},
          error: { kind: 'locked' },
          endedAt: expect.any(String) as unknown,
        });
      });

      test('after kill -9 of the first the next works at once, and the dead one shows as crashed', async () => {
        const site = await siteOfIts();
        line().slowDown();
        const killed = site.start(['run', 'warm-cache']);
        await line().reached();

        killed.kill('SIGKILL');
        const { signal } = await killed.ended;
        const [meanwhile] = await site.runs();
        line().letGo();
        const next = await site.blogctl(['run', 'warm-cache']);

        expect(signal).toBe('SIGKILL');
        expect(meanwhile).toMatchObject({ status: 'crashed', pid: killed.pid, endedAt: null });
        expect(next.code).toBe(0);
        const [worked, dead] = await site.runs();
        expect(worked).toMatchObject({ status: 'succeeded', counts: { set: 3 } });
        expect(dead).toMatchObject({ status: 'crashed', pid: killed.pid, summary: 'the process died before it ended' });
      });
    },
    ['redis'],
  );
});
