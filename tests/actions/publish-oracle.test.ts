import { beforeAll, describe, expect, test } from 'vitest';
import publishDue from '../../src/actions/publish-due.ts';
import publishNow from '../../src/actions/publish-now.ts';
import { createBlogTime } from '../../src/blog/time.ts';
import { addPublication } from '../../src/blog/publications.ts';
import { readByPython } from '../helpers/cache.ts';
import { describeIzone, izoneBlog, type BlogDump } from '../helpers/blog.ts';
import { readIzone } from '../helpers/izone-oracle.ts';
import { blogZone } from '../helpers/host.ts';
import { runAction, testNowMs, type TestRun } from '../helpers/run.ts';
import { pairs, useSite, type Pair } from './pairs.ts';
import { stateOf } from '../helpers/publications.ts';

/** What izone's own task changed at that clock: articles 5 and 14 published, 1 left alone. */
interface Oracle {
  readonly changes: {
    readonly blog_article: { readonly updated: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  };
}

for (const pair of pairs) {
  describeIzone(pair.dialect, `publishing as izone does, on ${pair.name}`, () => suite(pair), [
    ...pair.servers,
    'python3',
  ]);
}

function suite(pair: Pair): void {
  describe('at once', () => {
    const site = useSite(pair, izoneBlog);
    oracle(site, () =>
      runAction(publishNow, {
        blog: site().blog,
        cache: site().store.url,
        job: 'publish-now',
        settings: { articles: ['5', '14', '1'] },
      }),
    );
  });

  describe('when the hour has come', () => {
    const site = useSite(pair, izoneBlog);
    oracle(site, async () => {
      const state = await stateOf(site().blog);
      for (const articleId of [5, 14, 1]) {
        const times = { dueAtMs: testNowMs - 3_600_000, nowMs: testNowMs - 7_200_000 };
        await addPublication(state, { site: 'test-blog', articleId, ...times, claimedBy: null });
      }
      return runAction(publishDue, { blog: site().blog, cache: site().store.url, job: 'publish-due' });
    });
  });
}

function oracle(site: ReturnType<typeof useSite>, run: () => Promise<TestRun>): void {
  let before: BlogDump;
  let report: TestRun;
  beforeAll(async () => {
    before = await site().blog.dump();
    report = await run();
  });

  test('says what it did', () => {
    expect(report).toMatchObject({ status: 'succeeded', error: null, findings: [], stderr: '' });
    expect(report.counts).toMatchObject({ published: 2, already: 1, missing: 0, failed: 0, warmed: 2, totals: 1 });
    expect(report.summary).toBe('2 articles published, 1 published already');
  });

  test('changes the rows that izone changed, to the same values, and nothing else of the blog', async () => {
    const { updated } = (JSON.parse(readIzone('after/publish_article.json')) as Oracle).changes.blog_article;

    const after = await site().blog.dump();

    const expected = (before['blog_article'] as readonly Record<string, unknown>[]).map((row) =>
      told({ ...row, ...updated[String(row['id'])] }),
    );
    expect((after['blog_article'] as readonly Record<string, unknown>[]).map(told).sort(byId)).toEqual(
      expected.sort(byId),
    );
    expect(Object.keys(updated)).toEqual(['5', '14']);
    for (const [table, rows] of Object.entries(before)) {
      if (!/^(blog_article|sqlite_sequence|django_cache|blogctl_.*)$/.test(table))
        expect(after[table], table).toEqual(rows);
    }
  });

  test('puts both articles where the blog looks for them, and the new totals', async () => {
    const entries = await site().store.entries();

    const keys = ['article:markdown:14:20260318140509', 'article:markdown:5:20260318140509', 'blog:blog_info:sum'];
    expect([...entries.keys()].sort()).toEqual(keys);
    const [one, other, totals] = await readByPython(keys.map((key) => entries.get(key)?.pickle ?? Buffer.alloc(0)));
    expect([one?.type, one?.items, other?.items]).toEqual(['tuple', ['str', 'str'], ['str', 'str']]);
    expect(totals?.value).toEqual({ article: 38, subject: 4, tag: 5, comment: 60 });
    expect(entries.get(keys[0] ?? '')?.secondsLeft).toBeGreaterThan(86_400 - 60);
    expect(entries.get(keys[0] ?? '')?.secondsLeft).toBeLessThanOrEqual(86_400);
  });

  test('done again changes nothing', async () => {
    const [rows, entries] = [await site().blog.dump(), await site().store.entries()];

    await run();

    const after = await site().blog.dump();
    expect(after['blog_article']).toEqual(rows['blog_article']);
    expect([...(await site().store.entries()).keys()]).toEqual([...entries.keys()]);
  });
}

const time = createBlogTime(blogZone, () => testNowMs);

// The databases tell truths and dates each in its own way.
function told(row: Record<string, unknown>): Record<string, unknown> {
  return {
    ...row,
    is_publish: Boolean(row['is_publish']),
    create_date: time.toEpochMs(String(row['create_date'])),
    update_date: time.toEpochMs(String(row['update_date'])),
  };
}

function byId(one: Record<string, unknown>, other: Record<string, unknown>): number {
  return Number(one['id']) - Number(other['id']);
}
