import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import publishDue from '../../src/actions/publish-due.ts';
import publishNow from '../../src/actions/publish-now.ts';
import { createBlogTime } from '../../src/blog/time.ts';
import { addArticles } from '../helpers/articles.ts';
import { describeBlog, emptyBlog, type TestBlog } from '../helpers/blog.ts';
import { openDesk } from '../helpers/desk.ts';
import { runAction } from '../helpers/run.ts';
import { temporaryFolder } from '../helpers/servers/temporary-folder.ts';
import { pairs, useSite, type Pair } from './pairs.ts';

for (const pair of pairs.filter(({ cache }) => cache === 'table')) {
  describeBlog(pair.dialect, `the hour of an article on ${pair.name}`, () => suite(pair));
}

/** When an article is to come out, by whose clocks, and what its row and its key then say. */
const hours = [
  {
    about: 'naive local times',
    zone: 'Asia/Shanghai',
    useTz: false,
    at: '2026-12-01 08:00',
    instant: '2026-12-01T00:00:00Z',
    stored: '2026-12-01 08:00:00',
  },
  {
    about: 'USE_TZ',
    zone: 'Asia/Shanghai',
    useTz: true,
    at: '2026-12-01 08:00',
    instant: '2026-12-01T00:00:00Z',
    stored: '2026-12-01 00:00:00',
  },
  {
    about: 'the hour after clocks are set forward',
    zone: 'Europe/Berlin',
    useTz: false,
    at: '2026-03-29 03:00',
    instant: '2026-03-29T01:00:00Z',
    stored: '2026-03-29 03:00:00',
  },
  {
    about: 'that hour with USE_TZ',
    zone: 'Europe/Berlin',
    useTz: true,
    at: '2026-03-29 03:00',
    instant: '2026-03-29T01:00:00Z',
    stored: '2026-03-29 01:00:00',
  },
  {
    about: 'an hour that comes twice',
    zone: 'Europe/Berlin',
    useTz: false,
    at: '2026-10-25 02:30',
    instant: '2026-10-25T00:30:00Z',
    stored: '2026-10-25 02:30:00',
  },
  {
    about: 'that hour with USE_TZ',
    zone: 'Europe/Berlin',
    useTz: true,
    at: '2026-10-25 02:30',
    instant: '2026-10-25T00:30:00Z',
    stored: '2026-10-25 00:30:00',
  },
];

function suite(pair: Pair): void {
  const site = useSite(pair, emptyBlog);

  /** A blog's plans in a file of their own, far from the blog's database. */
  async function stateElsewhere(): Promise<string> {
    const { path, remove } = await temporaryFolder('state');
    onTestFinished(remove);
    writeFileSync(join(path, 'state.db'), '');
    return `sqlite:${join(path, 'state.db')}`;
  }

  test.each(hours)('is right for $about: $at in $zone', async ({ zone, useTz, at, instant, stored }) => {
    const { blog, store } = site();
    const [id, state] = [await newDraft(blog), await stateElsewhere()];
    const about = { name: 'elsewhere', timezone: zone, useTz };
    const desk = await openDesk(
      `blog: ${JSON.stringify(about)}\ndatabase: ${blog.url}\nstate: { database: ${state} }\njobs: { publish-due: {} }\n`,
    );
    onTestFinished(desk.close);
    const dueMs = Date.parse(instant);
    const run = (nowMs: number) =>
      runAction(publishDue, {
        blog,
        cache: store.url,
        job: 'publish-due',
        nowMs,
        about,
        config: { state: { database: state, keepRuns: { ms: 86_400_000, text: '1d' } } },
      });

    const planned = await desk.blogctl(['schedule', 'publish', String(id), '--at', at]);
    const early = await run(dueMs - 1);
    const late = await run(dueMs);
    const listed = await desk.json<{ publications: unknown[] }>(['schedule', 'list', '--all']);

    expect(planned).toMatchObject({ code: 0, stderr: '' });
    expect(early.summary).toBe('nothing is due');
    expect(late).toMatchObject({ status: 'succeeded', counts: { published: 1, warmed: 1 }, findings: [] });
    expect(listed.publications).toMatchObject([
      { article: { id }, status: 'published', dueAt: new Date(dueMs).toISOString() },
    ]);
    expect(await datesOf(blog, id, useTz ? 'UTC' : zone)).toEqual({ create: stored, update: stored });
    const stamp = stored.replace(/\D/g, '');
    expect([...(await store.entries()).keys()]).toContain(`article:markdown:${id}:${stamp}`);
    expect((await blog.tables()).filter((name) => name.startsWith('blogctl_'))).toEqual([]);
  });

  test('finds the older version in the cache though its date has a fraction', async () => {
    const { blog, store } = site();
    const id = await newDraft(blog, '2026-03-18 14:05:08.500000');
    const old = `article:markdown:${id}:20260318140508`;
    await runAction(publishNow, { blog, cache: store.url, settings: { articles: [await newDraft(blog)] } });
    await store.put(old, 'old');

    const run = await runAction(publishNow, { blog, cache: store.url, settings: { articles: [id] } });

    expect(run.counts).toMatchObject({ published: 1, warmed: 1, removed: 1 });
    const keys = [...(await store.entries()).keys()];
    expect(keys).toContain(`article:markdown:${id}:20260318140509`);
    expect(keys).not.toContain(old);
  });
}

let lastId = 100;

async function newDraft(blog: TestBlog, createDate = '2026-03-01 10:00:00'): Promise<number> {
  const id = lastId++;
  await addArticles(blog, [{ id, isPublished: false, createDate }]);
  return id;
}

/** The dates of an article as a session in that zone reads them. */
async function datesOf(blog: TestBlog, id: number, zone: string): Promise<{ create: string; update: string }> {
  const row = await blog.query
    .selectFrom('blog_article')
    .select(['create_date', 'update_date'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const read = (text: string): string => {
    // PostgreSQL's texts have an offset, by the zone of the test's own session.
    if (blog.dialect !== 'postgres') return text.slice(0, 19);
    const epochMs = createBlogTime('Asia/Shanghai', () => 0).toEpochMs(text);
    return createBlogTime(zone, () => 0).fromEpochMs(epochMs);
  };
  return { create: read(row.create_date), update: read(row.update_date) };
}
