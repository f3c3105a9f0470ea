import { sql } from 'kysely';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/core/action.ts';
import { createDjangoCacheTable } from '../../src/demo/schema.ts';
import { describeBlog, dialects, emptyBlog, useBlog } from '../helpers/blog.ts';
import { startWebServer } from '../helpers/http-server.ts';
import { describeWithServer } from '../helpers/servers/availability.ts';
import { useRedis } from '../helpers/servers/use.ts';
import { actionThat, runJobOf, type JobEnd } from '../runner/job.ts';

// An action that forgets the door must fail by the second lock, loudly: as the bug that it is.
const aBug = (what: RegExp): unknown => ({ code: 70, stdout: '', stderr: expect.stringMatching(what) });

for (const dialect of dialects) {
  describeBlog(dialect, `an action that forgets change() in a dry run on ${dialect}`, () => {
    const blog = useBlog(async () => {
      const made = await emptyBlog(dialect);
      await createDjangoCacheTable(made.query, dialect, 'django_cache');
      await made.query.insertInto('blog_tag').values({ name: 'here', slug: 'here', description: '' }).execute();
      return made;
    });
    const row = { name: 'rogue', slug: 'rogue', description: '' };

    const rogues = {
      'adds a row': actionThat(
        async ({ db }) => void (await (await db()).query.insertInto('blog_tag').values(row).execute()),
      ),
      'changes a row': actionThat(
        async ({ db }) => void (await (await db()).query.updateTable('blog_tag').set(row).execute()),
      ),
      'deletes rows': actionThat(async ({ db }) => void (await (await db()).query.deleteFrom('blog_tag').execute())),
      'writes in a transaction': actionThat(async ({ db }) => {
        const { query } = await db();
        await query.transaction().execute((it) => it.insertInto('blog_tag').values(row).execute());
      }),
      'makes a table': actionThat(
        async ({ db }) => void (await sql`create table rogue (id int)`.execute((await db()).query)),
      ),
      'writes to the cache': actionThat(async ({ cache }) => (await cache()).set('key', 1, 60)),
      'removes from the cache': actionThat(async ({ cache }) => void (await (await cache()).remove(['key']))),
    };

    test.each(Object.entries(rogues))('%s: it fails, and nothing is altered', async (_, action) => {
      const before = await blog().dump();

      const end = await runJobOf(blog(), { action, flags: { dryRun: true } });

      expect(end).toEqual(aBug(/a dry run/));
      expect(await blog().dump()).toEqual(before);
    });

    test.each(Object.entries(rogues))('%s: in a real run it could', async (_, action) => {
      const end = await runJobOf(blog(), { action });

      expect(end).toMatchObject({ code: 0, stderr: '' });
      await blog().query.deleteFrom('blog_tag').execute();
      await blog().query.insertInto('blog_tag').values({ name: 'here', slug: 'here', description: '' }).execute();
    });
  });
}

describe('an action that forgets change() in a dry run and starts a program', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));

  test('fails, and none is started', async () => {
    const action: Action = {
      ...actionThat(async () => undefined),
      uses: ['programs'],
      run: async (context) => {
        const programs = await context.programs();
        const bounds = { variables: {}, timeoutMs: 1000, mostOutputBytes: 10, signal: context.signal };
        await programs.run({ command: ['/bin/true'], ...bounds });
        return { summary: '', counts: {} };
      },
    };

    expect(await runJobOf(blog(), { action, flags: { dryRun: true } })).toEqual(aBug(/a dry run/));
    expect(await runJobOf(blog(), { action })).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('an action that forgets change() in a dry run and sends something to the web', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));

  const sends = (method: 'POST' | 'GET' | 'HEAD', url: string): Action => ({
    ...actionThat(async () => undefined),
    uses: ['http'],
    run: async (context) => {
      const http = await context.http();
      const answer = await http.fetch({ url, method, read: 'nothing', signal: context.signal });
      return { summary: answer.reason, counts: {} };
    },
  });

  test('fails, and nothing is sent; what only reads is', async () => {
    const web = await startWebServer({ '*': {} });
    const run = (method: 'POST' | 'GET' | 'HEAD', dryRun: boolean) =>
      runJobOf(blog(), { action: sends(method, web.url), flags: { dryRun } });

    expect(await run('POST', true)).toEqual(aBug(/a dry run/));
    expect(await run('GET', true)).toMatchObject({ code: 0, stderr: '' });
    expect(await run('HEAD', true)).toMatchObject({ code: 0, stderr: '' });
    expect(await run('POST', false)).toMatchObject({ code: 0, stderr: '' });
    expect(web.requests.map(({ method }) => method)).toEqual(['GET', 'HEAD', 'POST']);
    await web.stop();
  });
});

describe('an action that forgets change() in a dry run and tells somebody', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));

  test('fails, and nobody is told', async () => {
    const web = await startWebServer({ '*': { body: '{}' } });
    const config = { notify: { webhooks: [{ kind: 'json' as const, url: `${web.url}/hook` }], failedJobs: true } };
    const action: Action = {
      ...actionThat(async () => undefined),
      uses: ['notify'],
      run: async (context) => {
        const notifier = await context.notify();
        const message = { subject: 'rogue', body: '', about: 'test', at: '2026-03-18T06:05:09.000Z' };
        await notifier.send(message, notifier.channels, context.signal);
        return { summary: '', counts: {} };
      },
    };

    const dry = await runJobOf(blog(), { action, config, flags: { dryRun: true } });
    const asked = web.requests.length;
    const real = await runJobOf(blog(), { action, config });

    await web.stop();
    expect(dry).toEqual(aBug(/a dry run/));
    expect(asked).toBe(0);
    expect(real).toMatchObject({ code: 0, stderr: '' });
    expect(web.requests).toHaveLength(1);
  });
});

describeWithServer('redis', 'an action that forgets change() in a dry run with Redis', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));
  const redis = useRedis();

  /** What is in Redis after a dry run of such an action, and how it ended. */
  async function dryRun(
    action: ReturnType<typeof actionThat>,
  ): Promise<{ end: JobEnd; value: string | null; keys: number }> {
    const client = new Redis(redis().url);
    await client.flushall();
    await client.set(':1:key', 'old');
    const end = await runJobOf(blog(), { action, flags: { dryRun: true }, config: { cache: redis().url } });
    const [value, keys] = [await client.get(':1:key'), await client.dbsize()];
    client.disconnect();
    return { end, value, keys };
  }

  describe.each([
    ['sets a key', actionThat(async ({ cache }) => (await cache()).set('key', 'new', 60))],
    ['sets another key', actionThat(async ({ cache }) => (await cache()).set('another', 'new', 60))],
    ['removes a key', actionThat(async ({ cache }) => void (await (await cache()).remove(['key'])))],
  ])('%s', (_, action) => {
    test('it fails, and the key is as it was', async () => {
      const { end, value, keys } = await dryRun(action);

      expect(end).toEqual(aBug(/dry run/));
      expect({ value, keys }).toEqual({ value: 'old', keys: 1 });
    });
  });
});
