import { beforeAll, expect, test } from 'vitest';
import warmCache from '../../src/actions/warm-cache.ts';
import { describeIzone, izoneBlog, type BlogDump } from '../helpers/blog.ts';
import { readByPython } from '../helpers/cache.ts';
import { readIzone, type IzoneCache } from '../helpers/izone-oracle.ts';
import { runAction, type TestRun } from '../helpers/run.ts';
import { pairs, useSite, type Pair } from './pairs.ts';

const totalsKey = 'blog:blog_info:sum';

for (const pair of pairs)
  describeIzone(pair.dialect, `the reference blog on ${pair.name}`, () => oracleSuite(pair), [
    ...pair.servers,
    'python3',
  ]);

function oracleSuite(pair: Pair): void {
  const site = useSite(pair, izoneBlog);
  const warm = (options: { dryRun?: boolean } = {}): Promise<TestRun> =>
    runAction(warmCache, { blog: site().blog, cache: site().store.url, job: 'warm-cache', ...options });

  let original: BlogDump;
  beforeAll(async () => {
    original = await site().blog.dump();
  });

  test('is told by a dry run what will be done, and nothing is', async () => {
    const run = await warm({ dryRun: true });

    expect(run).toMatchObject({ status: 'succeeded', error: null, dryRun: true });
    expect(run.counts).toEqual({ set: 41, present: 0, failed: 0, unknown: 0, removed: 0, totals: 1 });
    expect(await site().blog.dump()).toEqual(original);
    expect(await site().store.entries()).toEqual(new Map());
  });

  test('gets its 41 articles and its totals set, then none', async () => {
    const planned = await warm({ dryRun: true });

    const first = await warm();
    const second = await warm();

    expect(first).toMatchObject({ status: 'succeeded', error: null, findings: [] });
    expect(first.counts).toEqual({ set: 41, present: 0, failed: 0, unknown: 0, removed: 0, totals: 1 });
    expect(second.counts).toEqual({ set: 0, present: 41, failed: 0, unknown: 0, removed: 0, totals: 0 });
    expect(second.changes).toEqual([]);
    expect(first.changes.map(told).sort()).toEqual(planned.changes.map(told).sort());
  });

  test('has the keys that izone wrote, and no others', async () => {
    const expected = Object.keys(izoneCache()).filter((key) => /article:markdown|blog_info/.test(key));

    const keys = [...(await site().store.entries()).keys()];

    expect(keys.map((key) => `:1:${key}`).sort()).toEqual(expected.sort());
  });

  test('lets each next article stay ten seconds longer, newest first', async () => {
    const entries = await site().store.entries();
    const newestFirst = await site().blog.rows<{ id: number }>(
      'select id from blog_article order by create_date desc, id desc',
    );
    const secondsOf = (id: number): number =>
      [...entries].find(([key]) => key.startsWith(`article:markdown:${id}:`))?.[1].secondsLeft ?? Number.NaN;

    for (const [place, { id }] of newestFirst.entries()) {
      const expected = 86_400 + 10 * place;
      // Redis counts on while the test goes; the table is told by the clock that stands still.
      const late = pair.cache === 'redis' ? 60 : 0;
      expect(secondsOf(id)).toBeLessThanOrEqual(expected);
      expect(secondsOf(id)).toBeGreaterThanOrEqual(expected - late);
    }
  });

  test("is read by real Python: each article a tuple of two texts, the totals izone's own", async () => {
    const entries = await site().store.entries();
    const articles = [...entries].filter(([key]) => key !== totalsKey).map(([, entry]) => entry.pickle);
    const totals = entries.get(totalsKey);

    const values = await readByPython([...articles, totals?.pickle ?? Buffer.alloc(0)]);
    const [izone] = await readByPython([Buffer.from(izoneCache()[`:1:${totalsKey}`]?.pickle_hex ?? '', 'hex')]);

    expect(values).toHaveLength(42);
    for (const { type, items, first } of values.slice(0, -1)) {
      expect([type, items]).toEqual(['tuple', ['str', 'str']]);
      expect(first).toMatch(/^<[a-z]/);
    }
    expect(values.at(-1)).toEqual(izone);
    expect(izone?.value).toEqual({ article: 36, subject: 4, tag: 5, comment: 60 });
    expect(totals?.secondsLeft).toBeGreaterThan(7200 - 60);
    expect(totals?.secondsLeft).toBeLessThanOrEqual(7200);
  });

  test('leaves every row of the blog as it was', async () => {
    const before = { ...original };

    const after = await site().blog.dump();

    // SQLite's own list of counters names our tables, too.
    delete before['sqlite_sequence'];
    delete after['sqlite_sequence'];
    for (const [table, rows] of Object.entries(before)) expect(after[table], table).toEqual(rows);
    expect(
      Object.keys(after)
        .filter((table) => !(table in before))
        .filter((table) => !/^(blogctl_|django_cache$)/.test(table)),
    ).toEqual([]);
  });

  test('is recorded, run by run', async () => {
    const runs = await site().blog.rows<{ status: string; action: string; changes: number }>(
      'select status, action, changes from blogctl_run order by id',
    );

    expect(runs.slice(0, 2)).toEqual([
      { status: 'succeeded', action: 'warm-cache', changes: pair.cache === 'table' ? 43 : 42 },
      { status: 'succeeded', action: 'warm-cache', changes: 0 },
    ]);
  });
}

function told({ what, target }: { readonly what: string; readonly target: string }): string {
  return `${what} ${target}`;
}

function izoneCache(): IzoneCache {
  return JSON.parse(readIzone('cache.json')) as IzoneCache;
}
