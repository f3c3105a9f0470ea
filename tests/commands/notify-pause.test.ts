import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { FailedError } from '../../src/core/errors.ts';
import { describeBlog, dialects, emptyBlog, useBlog } from '../helpers/blog.ts';
import { openDesk, type Desk } from '../helpers/desk.ts';
import { startWebServer, type WebServer } from '../helpers/http-server.ts';
import { actionThat, dropOwnTables, runJobOf, type JobEnd } from '../runner/job.ts';

const working = actionThat(async () => undefined);
const failing = actionThat(async () => {
  throw new FailedError('the table has gone');
});
const note = 'What waited for them goes out with the next runs.\n';

for (const dialect of dialects) {
  describeBlog(dialect, `a test message to a channel that was left alone, on ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));
    let web: WebServer;
    let desk: Desk;
    beforeEach(async () => {
      await dropOwnTables(blog());
      web = await startWebServer({ '*': { body: '{}' } });
      desk = await openDesk(`blog: { name: test-blog }
database: "${blog().url}"
notify: { webhooks: [{ kind: json, url: "${web.url}/chat", name: chat }, { kind: json, url: "${web.url}/other", name: other }] }
`);
      return async () => {
        await web.stop();
        await desk.close();
      };
    });
    const run = (minutesLater: number, action = working): Promise<JobEnd> => {
      const webhooks = ['chat', 'other'].map((name) => ({ kind: 'json' as const, url: `${web.url}/${name}`, name }));
      const config = { notify: { webhooks, failedJobs: true }, path: join(desk.folder, 'blogctl.yaml') };
      const host = { homeDirectory: join(desk.folder, 'home') };
      return runJobOf(blog(), { action, isScheduled: true, isSilent: true, minutesLater, config, host });
    };
    /** Path and subject of what arrived since it was last asked. */
    const told = (): string[] =>
      (web.requests as WebServer['requests'][number][])
        .splice(0)
        .map(({ path, body }) => `${path} ${(JSON.parse(body.toString()) as { subject: string }).subject}`);
    /** A failure that was told to nobody, three times over: the next attempt is an hour off. */
    const failInVain = async (): Promise<void> => {
      web.answer({ '*': { status: 500 } });
      await run(0, failing);
      for (const minute of [1, 6, 21]) await run(minute, failing);
      told();
    };

    test('ends its pause where it arrives: what waits goes out with the next run', async () => {
      await failInVain();
      web.answer({ '/other': { status: 500 }, '*': { body: '{}' } });

      const answer = await desk.blogctl(['notify']);
      told();
      await run(22, failing);
      const atOnce = told();
      const channels = await blog().query.selectFrom('blogctl_channel').selectAll().orderBy('channel').execute();

      expect(answer).toMatchObject({ code: 1, stderr: '' });
      expect(answer.stdout).toContain(note);
      expect(atOnce).toEqual(['/chat blogctl: test failed (test-blog)']);
      expect(channels).toMatchObject([
        { channel: 'json chat', failures: 0, closed_until: null, last_failure: null },
        { channel: 'json other', failures: 4, closed_until: expect.any(String) as unknown },
      ]);
    });

    test('says nothing of a pause where there was none, and nothing with --quiet', async () => {
      const beforeAnyRun = await desk.blogctl(['notify']);
      await run(0);
      const withTables = await desk.blogctl(['notify']);
      await failInVain();
      web.answer({ '*': { body: '{}' } });

      const quiet = await desk.blogctl(['notify', '--quiet']);

      for (const answer of [beforeAnyRun, withTables]) {
        expect(answer).toMatchObject({ code: 0, stderr: '' });
        expect(answer.stdout).not.toContain(note);
      }
      expect(quiet).toEqual({ code: 0, stdout: '', stderr: '' });
      expect((await blog().tables()).filter((table) => table === 'blogctl_channel')).toHaveLength(1);
    });

    test('makes no tables', async () => {
      await desk.blogctl(['notify']);

      expect((await blog().tables()).filter((table) => table.startsWith('blogctl_'))).toEqual([]);
    });

    test('with --dry-run ends no pause', async () => {
      await failInVain();
      web.answer({ '*': { body: '{}' } });

      await desk.blogctl(['notify', '--dry-run']);
      await run(22, failing);

      expect(told()).toEqual([]);
    });
  });
}

describeBlog('sqlite', 'a test message while the database is not there', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));

  test('arrives all the same, and ends the pause of what is remembered beside it', async () => {
    const web = await startWebServer({ '*': { status: 500 } });
    onTestFinished(() => web.stop());
    const file = blog().url.slice('sqlite:'.length);
    const desk = await openDesk(`blog: { name: test-blog }
database: "${blog().url}"
notify: { webhooks: [{ kind: json, url: "${web.url}/chat", name: chat }] }
`);
    onTestFinished(() => desk.close());
    const path = join(desk.folder, 'blogctl.yaml');
    const notify = { webhooks: [{ kind: 'json' as const, url: `${web.url}/chat`, name: 'chat' }], failedJobs: true };
    const host = { homeDirectory: join(desk.folder, 'home') };
    const run = (minutesLater: number): Promise<JobEnd> =>
      runJobOf(blog(), { action: working, isScheduled: true, minutesLater, config: { notify, path }, host });
    renameSync(file, `${file}.away`);
    onTestFinished(() => renameSync(`${file}.away`, file));
    for (const minute of [0, 1, 6, 21]) await run(minute);
    web.answer({ '*': { body: '{}' } });

    const answer = await desk.blogctl(['notify']);
    await run(22);

    expect(answer.code).toBe(0);
    expect(answer.stdout).toContain(note);
    expect(answer.stderr).toMatch(
      /^warning: what waits in the database may still be held back: there is no SQLite file/,
    );
    expect(JSON.parse(web.requests.at(-1)?.body.toString() ?? '')).toMatchObject({
      subject: 'blogctl: the jobs of test-host still fail, for 22 min (test-blog)',
    });
  });
});
