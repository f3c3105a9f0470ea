import { expect, test } from 'vitest';
import { Tuple } from '../../src/core/cache.ts';
import { InterruptedError } from '../../src/core/errors.ts';
import { addArticles } from '../helpers/articles.ts';
import { describeBlog } from '../helpers/blog.ts';
import { pairs, type Pair } from './pairs.ts';
import { useWarmedSite } from './warmed-site.ts';

const nothing = { set: 0, present: 0, failed: 0, unknown: 0, removed: 0, totals: 0 };
const old = new Tuple('<p>old</p>', '');

for (const pair of pairs)
  describeBlog(pair.dialect, `runs of warm-cache on ${pair.name}`, () => suite(pair), pair.servers);

function suite(pair: Pair): void {
  const { site, warm, keys } = useWarmedSite(pair);

  test('tells in a dry run what the real one does, and changes nothing', async () => {
    await warm({ articles: ['1'] });
    for (const key of ['article:markdown:1:20250101000000', 'else']) await site().store.put(key, old);
    const [rows, entries] = [await site().blog.dump(), await site().store.entries()];

    const dry = await warm({}, { dryRun: true });
    const [rowsAfter, entriesAfter] = [await site().blog.dump(), await site().store.entries()];
    const real = await warm();

    expect(rowsAfter).toEqual(rows);
    expect([...entriesAfter].map(([key, { pickle }]) => [key, pickle])).toEqual(
      [...entries].map(([key, { pickle }]) => [key, pickle]),
    );
    expect(dry.counts).toEqual(real.counts);
    expect(dry.changes.length).toBe(4);
    expect(dry.changes.map((change) => JSON.stringify(change)).sort()).toEqual(
      real.changes.map((change) => JSON.stringify(change)).sort(),
    );
  });

  test.each([1, 64])('does the same, %d at a time', async (concurrency) => {
    await addArticles(
      site().blog,
      Array.from({ length: 60 }, (_, index) => ({ id: 100 + index })),
    );

    const run = await warm({ concurrency });

    expect(run.counts).toEqual({ ...nothing, set: 63, totals: 1 });
    expect(await keys()).toHaveLength(64);
  });

  test('is done once where it is started twice at the same time', async () => {
    await warm({ articles: ['1'] });

    const runs = await Promise.all([warm({ force: true }), warm({ force: true })]);

    expect(runs.map(({ status }) => status).sort()).toEqual(['skipped', 'succeeded']);
    expect(runs.find(({ status }) => status === 'skipped')?.error?.kind).toBe('locked');
  });

  test('stops where it is told to', async () => {
    const signal = AbortSignal.abort(new InterruptedError('SIGTERM'));

    const run = await warm({}, { host: { signal } });

    expect(run).toMatchObject({
      status: 'interrupted',
      error: { kind: 'interrupted', message: 'interrupted by SIGTERM' },
    });
    expect(await keys()).toEqual([]);
  });
}
