import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { UpstreamError } from '../../src/core/errors.ts';
import { describeBlog, emptyBlog, useBlog } from '../helpers/blog.ts';
import { startWebServer, type WebServer } from '../helpers/http-server.ts';
import { temporaryFolder } from '../helpers/servers/temporary-folder.ts';
import { actionThat, runJobOf, type JobEnd } from './job.ts';

// So that jobs of one action can run side by side.
const working = { ...actionThat(async () => undefined), lockedBy: 'job' as const };

describeBlog('sqlite', 'a run that cannot reach its records', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));
  let home: Awaited<ReturnType<typeof temporaryFolder>>;
  let web: WebServer;
  beforeAll(async () => {
    web = await startWebServer({ '*': { body: '{}' } });
  });
  beforeEach(async () => {
    home = await temporaryFolder('home');
    return () => home.remove();
  });
  afterAll(() => web.stop());
  const run = (minutesLater: number, job = 'test', homeDirectory: string | null = home.path): Promise<JobEnd> => {
    const notify = { webhooks: [{ kind: 'json' as const, url: `${web.url}/hook` }], failedJobs: true };
    const common = { action: working, name: job, isScheduled: true, isSilent: true, minutesLater };
    return runJobOf(blog(), { ...common, host: { homeDirectory }, config: { notify } });
  };
  const told = (): string[] =>
    (web.requests as WebServer['requests'][number][])
      .splice(0)
      .map(({ body }) => (JSON.parse(body.toString()) as { subject: string }).subject);
  const file = (): string => blog().url.slice('sqlite:'.length);
  /** Does something while the database is not there. */
  async function withoutDatabase(what: () => Promise<unknown>): Promise<void> {
    renameSync(file(), `${file()}.away`);
    try {
      await what();
    } finally {
      renameSync(`${file()}.away`, file());
    }
  }

  test('is told once for all jobs, then ever more seldom, and when they are there again', async () => {
    const subjects: string[][] = [];
    await withoutDatabase(async () => {
      for (const [minute, job] of [
        [0, 'one'],
        [1, 'two'],
        [59, 'one'],
        [60, 'two'],
        [61, 'one'],
      ] as const) {
        await run(minute, job);
        subjects.push(told());
      }
    });

    const end = await run(62, 'one');
    const after = told();
    await run(63, 'two');

    expect(subjects).toEqual([
      ['blogctl: the jobs of test-host fail (test-blog)'],
      [],
      [],
      ['blogctl: the jobs of test-host still fail, for 1 h (test-blog)'],
      [],
    ]);
    expect(end).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(after).toEqual(['blogctl: the jobs of test-host work again (test-blog)']);
    expect(told()).toEqual([]);
  });

  test('says that all jobs of the machine are meant', async () => {
    await withoutDatabase(() => run(0, 'one'));

    const { body } = JSON.parse(web.requests.at(-1)?.body.toString() ?? '') as { body: string };
    expect(body).toMatch(
      /^blogctl: one failed: .*\n(.*\n)* {2}So does every job of test-host that needs its database: .*\n\nBlog: test-blog\n/,
    );
    told();
  });

  test('of jobs that fail in the same second one tells, and one that they work again', async () => {
    const jobs = ['one', 'two', 'three', 'four', 'five'];
    await withoutDatabase(() => Promise.all(jobs.map((job) => run(0, job))));
    const failed = told();

    await Promise.all(jobs.map((job) => run(1, job)));

    expect(failed).toEqual(['blogctl: the jobs of test-host fail (test-blog)']);
    const { body } = JSON.parse(web.requests.at(-1)?.body.toString() ?? '') as { body: string };
    expect(body).toMatch(
      /^blogctl: the jobs of test-host reach their records again\n {2}5 runs had failed since 2026-/,
    );
    expect(told()).toEqual(['blogctl: the jobs of test-host work again (test-blog)']);
  });

  test('leaves a channel that fails alone for a while, and tells then', async () => {
    const attempts: number[] = [];
    await withoutDatabase(async () => {
      web.answer({ '*': { status: 500 } });
      for (const minute of [0, 0.5, 1, 3, 6]) {
        await run(minute);
        attempts.push(told().length);
      }
      web.answer({ '*': { body: '{}' } });
      for (const minute of [7, 21, 22]) {
        await run(minute);
        attempts.push(told().length);
      }
    });
    await run(23);

    expect(attempts).toEqual([1, 0, 1, 0, 1, 0, 1, 0]);
    expect(told()).toEqual(['blogctl: the jobs of test-host work again (test-blog)']);
  });

  test('leaves what it remembers for its owner alone', async () => {
    await withoutDatabase(() => run(0));

    const folder = join(home.path, '.local', 'state', 'blogctl', 'unrecorded');
    expect(readdirSync(folder)).toHaveLength(1);
    await run(1);
    told();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('where it can remember nothing it tells nobody, and fails as ever', async () => {
    const ends: JobEnd[] = [];
    await withoutDatabase(async () => void ends.push(await run(0, 'test', null)));

    expect(ends[0]).toMatchObject({ code: 1, stdout: '' });
    expect(ends[0]?.stderr).toMatch(/^blogctl: test failed: /);
    expect(told()).toEqual([]);
  });

  test('a memory that cannot be written alters nothing of how the run ends', async () => {
    const ends: JobEnd[] = [];
    await withoutDatabase(async () => void ends.push(await run(0, 'test', '/dev/null')));
    const [end] = ends;

    expect(told()).toEqual([]);
    expect(end?.code).toBe(1);
    expect(end?.stderr).toMatch(/the owner could not be told of the run/);
  });

  test('any more when it fails is told, too: its database went away meanwhile', async () => {
    const action = actionThat(async () => {
      await sql`alter table blogctl_run rename to blogctl_away`.execute(blog().query);
      throw new UpstreamError('the connection was lost');
    });
    const notify = { webhooks: [{ kind: 'json' as const, url: `${web.url}/hook` }], failedJobs: true };
    const host = { homeDirectory: home.path };

    await runJobOf(blog(), { action, isScheduled: true, isSilent: true, minutesLater: 90, host, config: { notify } });
    await sql`alter table blogctl_away rename to blogctl_run`.execute(blog().query);

    const { body } = JSON.parse(web.requests.at(-1)?.body.toString() ?? '{}') as { body: string };
    expect(body).toMatch(/^blogctl: test failed: the connection was lost\n/);
    expect(told()).toEqual(['blogctl: the jobs of test-host fail (test-blog)']);
  });
});
