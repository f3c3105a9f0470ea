import { beforeEach, expect, test } from 'vitest';
import countViews from '../../src/actions/count-views.ts';
import warmStatistics from '../../src/actions/warm-statistics.ts';
import { describeBlog, describeIzone, emptyBlog, izoneBlog } from '../helpers/blog.ts';
import { readByPython } from '../helpers/cache.ts';
import { readIzone, type IzoneCache } from '../helpers/izone-oracle.ts';
import { runAction, testNowMs, type RunOptions, type TestRun } from '../helpers/run.ts';
import { pairs, useSite, type Pair } from './pairs.ts';

const names = ['hours', 'month', 'user', 'week'] as const;
const keysAt = (hour: string): string[] => names.map((name) => `views.${name}.statistics.${hour}`);

for (const pair of pairs) {
  describeIzone(pair.dialect, `warm-statistics on the reference blog, ${pair.name}`, () => oracleSuite(pair), [
    ...pair.servers,
  ]);
  describeBlog(pair.dialect, `warm-statistics on ${pair.name}`, () => suite(pair), [...pair.servers, 'python3']);
}

function oracleSuite(pair: Pair): void {
  const site = useSite(pair, izoneBlog);
  const warm = (more: Partial<RunOptions> = {}): Promise<TestRun> =>
    runAction(warmStatistics, { blog: site().blog, cache: site().store.url, job: 'warm-statistics', ...more });

  test('sets the four charts to the byte as the blog does, for an hour', async () => {
    const expected = JSON.parse(readIzone('cache.json')) as IzoneCache;

    const dry = await warm({ dryRun: true });
    const untouched = await site().store.entries();
    const first = await warm();
    const second = await warm();

    expect(untouched.size).toBe(0);
    expect(dry.changes).toEqual(first.changes);
    expect(first).toMatchObject({ status: 'succeeded', findings: [], counts: { set: 4, present: 0 } });
    expect(second).toMatchObject({ counts: { set: 0, present: 4 }, changes: [] });
    const entries = await site().store.entries();
    expect([...entries.keys()].sort()).toEqual(keysAt('2026031814'));
    for (const [key, { pickle, secondsLeft }] of entries) {
      expect(pickle.toString('hex')).toBe(expected[`:1:${key}`]?.pickle_hex);
      expect(Math.abs((secondsLeft ?? 0) - 3600)).toBeLessThanOrEqual(30);
    }
  });

  test('sets again what has changed since', async () => {
    await runAction(countViews, { blog: site().blog, job: 'count-views' });

    const run = await warm();

    // The hour that was counted meanwhile: it closes 14 o'clock, and the forecast rests on it.
    expect(run.changes.map(({ target }) => target)).toEqual([
      'views.week.statistics.2026031814',
      'views.hours.statistics.2026031814',
    ]);
  });
}

function suite(pair: Pair): void {
  const site = useSite(pair, emptyBlog);
  const warm = (more: Partial<RunOptions> = {}): Promise<TestRun> =>
    runAction(warmStatistics, { blog: site().blog, cache: site().store.url, job: 'warm-statistics', ...more });
  const chart = async <Rows>(key: string): Promise<Rows> => {
    const bytes = (await site().store.entries()).get(key)?.pickle ?? Buffer.alloc(0);
    const [read] = await readByPython([bytes]);
    return read as Rows;
  };

  beforeEach(async () => {
    await site().store.clear();
    await site().blog.query.deleteFrom('blog_articleview').execute();
    await site().blog.query.deleteFrom('oauth_ouser').execute();
  });

  async function day(date: string, body: string): Promise<void> {
    const dates = { create_date: '2026-03-18 00:57:00', update_date: '2026-03-18 00:57:00' };
    await site()
      .blog.query.insertInto('blog_articleview')
      .values({ date, body, ...dates })
      .execute();
  }

  test('shows gaps on a blog that was never counted', async () => {
    const run = await warm();

    expect(run).toMatchObject({ status: 'succeeded', counts: { set: 4 }, findings: [] });
    expect(JSON.stringify(await chart('views.user.statistics.2026031814'))).toContain('[]');
    const hours = JSON.stringify(await chart('views.hours.statistics.2026031814'));
    expect(hours).toContain('["23", "-", "-", "-", "-"]'.replaceAll(', ', ','));
  });

  test.each(['', '{"total_views_num": "many"}', '[]', '{'])('shows a gap for a row whose body is %j', async (body) => {
    await day('20260317', body);

    const run = await warm();

    expect(run).toMatchObject({ status: 'succeeded', counts: { set: 4 } });
    expect(run.findings).toMatchObject([{ kind: 'unreadable-row', target: 'blog_articleview 20260317' }]);
  });

  test("goes by the blog's own clock for its keys, and by its days for the users", async () => {
    await site()
      .blog.query.insertInto('oauth_ouser')
      .values(['2026-03-17 16:30:00', '2026-03-17 15:30:00'].map((joined, index) => user(index + 1, joined, pair)))
      .execute();

    await warm({ about: { timezone: 'Asia/Shanghai', useTz: true }, nowMs: testNowMs + 10 * 3_600_000 });

    const keys = [...(await site().store.entries()).keys()].sort();
    expect(keys).toEqual(keysAt('2026031900'));
    const users = JSON.stringify(await chart('views.user.statistics.2026031900'));
    // The test's own connection writes naive times of Shanghai; PostgreSQL keeps the instant, the others the digits.
    const isInstant = pair.dialect === 'postgres';
    expect(users).toContain(isInstant ? '["2026-03-17",2]' : '["2026-03-17",1],["2026-03-18",2]');
  });
}

function user(id: number, joined: string, { dialect }: Pair) {
  const no = dialect === 'postgres' ? false : 0;
  return {
    id,
    password: '',
    last_login: null,
    is_superuser: no,
    is_staff: no,
    is_active: no,
    username: `用户${id}`,
    first_name: '',
    last_name: '',
    email: '',
    date_joined: joined,
    link: '',
    avatar: '',
  };
}
