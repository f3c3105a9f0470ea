import { expect, test } from 'vitest';
import { describeBlog, describeIzone, demoBlog, izoneBlog, useBlog } from '../helpers/blog.ts';
import { blogctl } from '../helpers/cli.ts';
import { readIzone } from '../helpers/izone-oracle.ts';
import { useRedis } from '../helpers/servers/use.ts';
import { redisEntries, tableEntries, unpickled, type Entries } from './cache-entries.ts';
import { openSite, type Site } from './site.ts';

/** The clock of the reference blog. */
const env = { BLOGCTL_NOW: '2026-03-18T14:05:09+08:00' };
const nowMs = Date.parse(env.BLOGCTL_NOW);
const documentedKeys = 'job action dryRun status summary counts changes findings startedAt durationMs error'.split(' ');

interface Report {
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly changes: readonly { readonly what: string; readonly target: string }[];
}

async function twice(site: Site): Promise<readonly [Report, Report]> {
  const warm = (): Promise<Report> => site.json<Report>(['warm-cache'], { env });
  return [await warm(), await warm()];
}

const all = { set: 41, present: 0, failed: 0, unknown: 0, removed: 0, totals: 1 };
const nothing = { set: 0, present: 41, failed: 0, unknown: 0, removed: 0, totals: 0 };

describeIzone(
  'sqlite',
  "the reference blog, SQLite to Django's database cache",
  () => {
    const blog = useBlog(() => izoneBlog('sqlite'));

    test('sets 41 articles and the totals, then nothing, and real Python reads each value', async () => {
      const site = await openSite({ database: blog().url });

      const [first, second] = await twice(site);

      expect(first).toMatchObject({ status: 'succeeded', counts: all });
      expect(second).toMatchObject({ status: 'succeeded', counts: nothing, changes: [] });
      const entries = await tableEntries(blog(), nowMs);
      expect(await unpickled(entries)).toEqual(expectedValues());
      expect(outsideOfSpread(entries)).toEqual([]);
    });
  },
  ['python3'],
);

describeIzone(
  'mysql',
  'the reference blog, MariaDB to Redis',
  () => {
    const blog = useBlog(() => izoneBlog('mysql'));
    const redis = useRedis();

    test('sets 41 articles and the totals, then nothing, and real Python reads each value', async () => {
      const site = await openSite({ database: blog().url, cache: redis().url });

      const [first, second] = await twice(site);

      expect(first).toMatchObject({ status: 'succeeded', counts: all });
      expect(second).toMatchObject({ status: 'succeeded', counts: nothing, changes: [] });
      const entries = await redisEntries(redis().url);
      expect(await unpickled(entries)).toEqual(expectedValues());
      expect(outsideOfSpread(entries)).toEqual([]);
    });
  },
  ['redis', 'python3'],
);

/** What izone's own task wrote at that clock: the names of all keys, and the totals. */
function expectedValues(): Record<string, unknown> {
  const cache = JSON.parse(readIzone('cache.json')) as Record<string, { readonly value?: unknown }>;
  const keys = Object.keys(cache).filter((key) => key.startsWith(':1:article:markdown:'));
  const totals = cache[':1:blog:blog_info:sum']?.value;
  return { ...Object.fromEntries(keys.map((key) => [key, 'tuple of 2 texts'])), ':1:blog:blog_info:sum': totals };
}

/** Entries that do not stay as long as izone lets them: a day and 10 s more for each next article, and 2 h for the totals. */
function outsideOfSpread(entries: Entries): string[] {
  const longest = 86_400 + 10 * 40;
  return Object.entries(entries).flatMap(([key, { ttl }]) => {
    const [from, to] = key.includes('article') ? [86_400, longest] : [7200, 7200];
    // A minute for the run itself: Redis counts down meanwhile.
    return ttl > from - 60 && ttl <= to ? [] : [`${key}: ${ttl}`];
  });
}

describeBlog('sqlite', 'a blog of our own', () => {
  test('is warmed once; --json prints one document with just the documented keys', async () => {
    const site = await openSite();

    const [first, second] = await twice(site);

    expect(first).toMatchObject({ status: 'succeeded', counts: { ...all, set: 58 } });
    expect(first.changes).toHaveLength(59 + 1);
    expect(second).toMatchObject({ status: 'succeeded', counts: { ...nothing, present: 58 }, changes: [] });
    expect(Object.keys(first)).toEqual(documentedKeys);
    expect(Object.keys(second)).toEqual(documentedKeys);
  });

  test('--dry-run tells the changes of a real run and makes none', async () => {
    const site = await openSite();

    const planned = await site.json<Report>(['warm-cache', '--dry-run'], { env });
    const runs = await site.runs();
    const [done] = await twice(site);

    expect(planned).toMatchObject({ dryRun: true, counts: { set: 58 } });
    expect(new Set(planned.changes.map(({ target }) => target))).toEqual(
      new Set(done.changes.map(({ target }) => target)),
    );
    expect(runs).toEqual([]);
  });

  test('an article that is not there fails; beside one that is there it is a finding', async () => {
    const site = await openSite();

    const none = await site.blogctl(['warm-cache', '999999', 'no-such-slug']);
    const one = await site.json<Report & { findings: unknown[] }>(['warm-cache', '1', 'no-such-slug']);

    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toContain('there is no article of this id or slug: 999999, no-such-slug');
    expect(one).toMatchObject({ counts: { set: 1, unknown: 1 } });
    expect(one.findings).toEqual([
      {
        kind: 'unknown-article',
        target: 'article no-such-slug',
        message: 'there is no article of this id or slug',
      },
    ]);
  });
});

describeBlog(
  'mysql',
  "a container's own variables, without a configuration",
  () => {
    const blog = useBlog(() => demoBlog('mysql'));
    const redis = useRedis();

    function izoneVariables(): Record<string, string> {
      const { hostname, port, username, password, pathname } = new URL(blog().url);
      return {
        IZONE_MYSQL_HOST: hostname,
        IZONE_MYSQL_PORT: port,
        IZONE_MYSQL_USER: decodeURIComponent(username),
        IZONE_MYSQL_PASSWORD: decodeURIComponent(password),
        IZONE_MYSQL_NAME: pathname.slice(1),
        IZONE_REDIS_HOST: '127.0.0.1',
        IZONE_REDIS_PORT: new URL(redis().url).port,
        IZONE_PROTOCOL_HTTPS: 'HTTPS',
      };
    }

    test('are enough to warm MariaDB into Redis and to read the history', async () => {
      const variables = izoneVariables();

      const first = await blogctl(['warm-cache', '--json'], { env: variables });
      const second = await blogctl(['warm-cache', '--json'], { env: variables });
      const history = await blogctl(['history', '--json'], { env: variables });

      expect([first.code, second.code]).toEqual([0, 0]);
      expect(JSON.parse(first.stdout)).toMatchObject({ counts: { set: 58, totals: 1 } });
      expect(JSON.parse(second.stdout)).toMatchObject({ counts: { set: 0, present: 58 } });
      expect(Object.keys(await redisEntries(redis().url))).toHaveLength(59);
      expect(JSON.parse(history.stdout)).toMatchObject({ runs: [{ job: 'warm-cache' }, { job: 'warm-cache' }] });
    });

    test('give no line for a crontab, which needs a file', async () => {
      const refused = await blogctl(['install'], { env: izoneVariables() });

      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('there is no configuration file, and lines of a crontab need one');
    });
  },
  ['redis'],
);
