import { rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { demoBlog, describeBlog, dialects, useBlog } from '../helpers/blog.ts';
import { blogctl, type CliOptions, type CliResult } from '../helpers/cli.ts';
import { useRedis } from '../helpers/servers/use.ts';
import { betweenTicks, demoFile, openSite, type Site } from './site.ts';
import { useSlowRedis } from './slow-redis.ts';

const silentSuccess = { code: 0, stdout: '', stderr: '' };

/** As cron starts it, or something barer still. */
function fromCron(site: Site, env: Record<string, string> = {}, more: CliOptions = {}): Promise<CliResult> {
  const given = { NO_COLOR: '', HOME: site.home, ...betweenTicks, ...env };
  const args = ['run', 'warm-cache', '--scheduled', '--config', site.config];
  return blogctl(args, { cwd: '/', isStdinClosed: true, ...more, env: given });
}

function alterBlog(site: Site, statement: string): void {
  const file = new Sqlite(join(site.folder, 'blog.db'));
  file.exec(statement);
  file.close();
}

describe('a run that cron starts', () => {
  test('is silent on success, and recorded as started by cron', async () => {
    const site = await openSite();

    const first = await fromCron(site);
    const second = await fromCron(site, {}, { isStdinClosed: false, input: 'what nobody reads' });

    expect([first, second]).toMatchObject([silentSuccess, silentSuccess]);
    expect(await site.runs()).toMatchObject([
      { status: 'succeeded', startedBy: 'cron', counts: { set: 0, present: 58 } },
      { status: 'succeeded', startedBy: 'cron', counts: { set: 58 } },
    ]);
  });

  test('needs not one variable', async () => {
    const site = await openSite();
    // Without HOME the account's own home is taken, which here is not a test's.
    const kept = join(homedir(), '.cache', 'blogctl', `${encodeURIComponent(site.config)}.json`);
    onTestFinished(() => rmSync(kept, { force: true }));

    const result = await fromCron(site, { HOME: '', PATH: '' });

    expect(result).toMatchObject(silentSuccess);
    expect(await site.runs()).toMatchObject([{ status: 'succeeded' }]);
  });

  test('says on failure what happened, when it last worked, and what to do', async () => {
    const site = await openSite();
    await fromCron(site, { BLOGCTL_NOW: '2026-03-18T14:07:01+08:00' });
    alterBlog(site, 'alter table blog_article rename to blog_article_gone');

    const failed = await fromCron(site, { BLOGCTL_NOW: '2026-03-18T15:07:02+08:00' });

    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toBe(
      [
        `blogctl: warm-cache failed: the table blog_article is missing in SQLite file ${site.folder}/blog.db;` +
          " it is one of the blog's own, which Django's migrations make",
        "  Is this the blog's database, and did its migrations run?",
        '  It last succeeded at 2026-03-18 14:07:01 (Asia/Shanghai).',
        `  Earlier runs: blogctl history --job warm-cache --config ${site.config}`,
        '',
      ].join('\n'),
    );
    expect(await site.runs()).toMatchObject([{ status: 'failed' }, { status: 'succeeded' }]);
  });

  test('says nothing of when it last worked where it never did', async () => {
    const site = await openSite();
    alterBlog(site, 'alter table blog_article rename to blog_article_gone');

    const failed = await fromCron(site);

    expect(failed.code).toBe(1);
    expect(failed.stderr).not.toContain('last succeeded');
  });

  test('finds a relative database beside the configuration, wherever it is started', async () => {
    const site = await openSite({ database: 'sqlite:blog.db' });
    await demoFile(join(site.folder, 'blog.db'));

    const here = await site.blogctl(['run', 'warm-cache'], { cwd: site.folder });
    const there = await site.blogctl(['run', 'warm-cache'], { cwd: '/' });

    expect([here, there]).toMatchObject([silentSuccess, silentSuccess]);
  });
});

// At 7 minutes past the hour, each host with a clock of its own.
const firstHost = { BLOGCTL_NOW: '2026-03-18T14:07:01+08:00' };
const secondHost = { BLOGCTL_NOW: '2026-03-18T14:07:48+08:00' };
const tick = '2026-03-18T06:07:00.000Z';

describe.each(dialects)('two hosts with the same crontab, on %s', (dialect) => {
  describeBlog(
    dialect,
    'and one database',
    () => {
      const blog = useBlog(() => demoBlog(dialect));
      const redis = useRedis();
      const line = useSlowRedis(redis);

      test('run a tick once, whether one after the other or at the same moment', async () => {
        const config = { database: blog().url, jobs: '{ warm-cache: { concurrency: 1, force: true } }' };
        const one = await openSite({ ...config, cache: redis().url });
        const slow = await openSite({ ...config, cache: line().url });
        line().slowDown();

        // At the same moment: the slow host has claimed the tick, and holds the lock.
        const running = slow.start(['run', 'warm-cache', '--scheduled'], { cwd: '/', env: firstHost });
        await line().reached();
        const beside = await fromCron(one, secondHost);
        line().letGo();
        const first = await running.ended;
        // After it: the tick is taken.
        const after = await fromCron(one, secondHost);

        expect(first).toMatchObject(silentSuccess);
        expect(beside).toMatchObject({ code: 75, stdout: '', stderr: '' });
        expect(after).toMatchObject(silentSuccess);
        const runs = await one.runs();
        expect(runs.filter((run) => run.tick === tick)).toMatchObject([{ status: 'succeeded', startedBy: 'cron' }]);
        expect(runs.filter((run) => run.status === 'succeeded')).toHaveLength(1);
      });

      test('run the next tick again', async () => {
        const site = await openSite({ database: blog().url, cache: redis().url });

        const next = await fromCron(site, { BLOGCTL_NOW: '2026-03-18T15:07:01+08:00' });

        expect(next).toMatchObject(silentSuccess);
        const ticks = (await site.runs()).flatMap((run) => (run.status === 'succeeded' ? [run.tick] : []));
        expect(ticks).toEqual(['2026-03-18T07:07:00.000Z', tick]);
      });
    },
    ['redis'],
  );
});

test('history tells people of idle runs by their number, and machines of each', async () => {
  const site = await openSite({ jobs: '{ warm-cache: { schedule: "* * * * *" } }' });
  await fromCron(site, { BLOGCTL_NOW: '2026-03-18T14:07:01+08:00' });
  await fromCron(site, { BLOGCTL_NOW: '2026-03-18T14:08:01+08:00' });

  const shown = await site.blogctl(['history']);
  const all = await site.blogctl(['history', '--all']);

  expect(shown.stdout.trim().split('\n')).toHaveLength(3);
  expect(shown.stdout).toContain('left out: 1 run of cron that found nothing to do (--all shows them)');
  expect(all.stdout.trim().split('\n')).toHaveLength(3);
  expect(await site.runs()).toHaveLength(2);
});
