import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { launcherPath } from '../helpers/cli.ts';
import { fakeCrontab, type FakeCrontab } from '../schedule/fake-crontab.ts';
import { demoFile, openSite, type Site, type SiteOptions } from './site.ts';

/** A site whose user finds a stand-in for `crontab` first on the PATH. */
async function siteWithCrontab(
  options: SiteOptions = {},
  shared?: FakeCrontab,
): Promise<{ readonly site: Site; readonly crontab: FakeCrontab }> {
  const crontab = shared ?? (await fakeCrontab());
  if (shared === undefined) onTestFinished(() => crontab.remove());
  const env = { PATH: `${dirname(crontab.command)}:/usr/bin:/bin`, LOGNAME: 'me', ...options.env };
  return { site: await openSite({ database: 'sqlite:blog.db', ...options, env }), crontab };
}

function lineOf(schedule: string, job: string, config: string): string {
  return `# job: ${job}\n${schedule} ${process.execPath} ${launcherPath} run ${job} --scheduled --config ${config}\n`;
}

function blockOf(name: string, ...lines: readonly string[]): string {
  const begin = `# BEGIN blogctl ${name} (written by "blogctl install"; changes between these lines are lost)\n`;
  return `${begin}${lines.join('')}# END blogctl ${name}\n`;
}

const foreign = '# caf\xe9\r\nMAILTO=""\n\n0 3 * * *\techo 50\\% %in\n';

describe('install', () => {
  test('adds the jobs with a schedule, once; remove gives back what was there, byte for byte', async () => {
    const jobs =
      '{ warm-cache: {}, all: { action: warm-cache, schedule: "5 4 * * sun" }, off: { action: warm-cache, schedule: off } }';
    const { site, crontab } = await siteWithCrontab({ jobs });
    await crontab.setTable(foreign);

    const first = await site.blogctl(['install']);
    const installed = await crontab.table();
    const second = await site.blogctl(['install']);
    const kept = await crontab.table();
    const removed = await site.blogctl(['install', 'remove']);
    const again = await site.blogctl(['install', 'remove']);

    const block = blockOf(
      'e2e',
      lineOf('7 * * * *', 'warm-cache', site.config),
      lineOf('5 4 * * sun', 'all', site.config),
    );
    expect(first.code).toBe(0);
    expect(installed).toBe(foreign + block);
    expect(second.stdout).toBe('the crontab of me is up to date for e2e; nothing to change\n');
    expect(kept).toBe(installed);
    expect(removed.code).toBe(0);
    expect(await crontab.table()).toBe(foreign);
    expect(again.stdout).toContain('nothing to change');
    const saved = join(site.home, '.local', 'state', 'blogctl', 'crontabs');
    const copies = readdirSync(saved).map((name) => readFileSync(join(saved, name), 'latin1'));
    expect(copies.sort()).toEqual([foreign, foreign + block].sort());
  });

  test('--dry-run prints the difference and writes neither crontab nor copy', async () => {
    const { site, crontab } = await siteWithCrontab();
    await crontab.setTable(foreign);

    const plan = await site.blogctl(['install', '--dry-run']);
    const coded = await site.blogctl(['install', '--dry-run', '--exit-code', '--json']);

    expect(plan.code).toBe(0);
    expect(plan.stdout).toMatch(/^\+ 7 \* \* \* \* \S+ \S+ run warm-cache --scheduled --config \S+$/m);
    expect(plan.stdout).toContain('dry run: the crontab of me would be changed like this');
    expect(coded.code).toBe(3);
    expect(JSON.parse(coded.stdout)).toMatchObject({ site: 'e2e', dryRun: true, changed: true, backup: null });
    expect(await crontab.table()).toBe(foreign);
    expect(readdirSync(site.home)).toEqual([]);
  });

  test.each([
    { what: 'a percent sign', name: '100%/blogctl.yaml', shown: "'FOLDER/100\\%/blogctl.yaml'" },
    { what: 'blanks', name: 'my blog/blog ctl.yaml', shown: "'FOLDER/my blog/blog ctl.yaml'" },
    { what: 'quotes', name: `it's "mine".yaml`, shown: `'FOLDER/it'"'"'s "mine".yaml'` },
    { what: 'Chinese', name: '我的博客.yaml', shown: "'FOLDER/我的博客.yaml'" },
    { what: 'signs of the shell', name: '$(touch x);&.yaml', shown: "'FOLDER/$(touch x);&.yaml'" },
  ])("$what in the configuration's path stays part of it, and the line works", async ({ name, shown }) => {
    const { site, crontab } = await siteWithCrontab({ name });
    await demoFile(join(dirname(site.config), 'blog.db'));

    await site.blogctl(['install']);
    const again = await site.blogctl(['install']);
    const line =
      Buffer.from((await crontab.table()) ?? '', 'latin1')
        .toString('utf8')
        .split('\n')[2] ?? '';
    const ended = await asCronDoes(line, site.home);

    expect(line.endsWith(` --config ${shown.replace('FOLDER', site.folder)}`)).toBe(true);
    expect(again.stdout).toContain('nothing to change');
    expect(ended).toEqual({ stdout: '', stderr: '' });
    expect(await site.runs()).toMatchObject([{ status: 'succeeded', startedBy: 'cron' }]);
  });

  test('two sites share one crontab, and each removes its own lines', async () => {
    const { site: one, crontab } = await siteWithCrontab({ blog: '{ name: one }' });
    const { site: two } = await siteWithCrontab({ blog: '{ name: 二号 }' }, crontab);
    await crontab.setTable(foreign);

    await one.blogctl(['install']);
    await two.blogctl(['install']);
    const both = await crontab.table();
    await one.blogctl(['install', 'remove']);
    const second = await crontab.table();
    await two.blogctl(['install', 'remove']);

    const blockOfTwo = Buffer.from(blockOf('二号', lineOf('7 * * * *', 'warm-cache', two.config))).toString('latin1');
    expect(both).toBe(foreign + blockOf('one', lineOf('7 * * * *', 'warm-cache', one.config)) + blockOfTwo);
    expect(second).toBe(foreign + blockOfTwo);
    expect(await crontab.table()).toBe(foreign);
  });

  test("another configuration's block of the same name is neither changed nor removed, unless --replace", async () => {
    const { site: mine, crontab } = await siteWithCrontab();
    const { site: other } = await siteWithCrontab({}, crontab);
    await mine.blogctl(['install']);
    const before = await crontab.table();

    const refusals = [await other.blogctl(['install']), await other.blogctl(['install', 'remove'])];
    const kept = await crontab.table();
    const forced = await other.blogctl(['install', '--replace']);

    for (const { code, stderr } of refusals) {
      expect(code).toBe(1);
      expect(stderr).toContain(`the crontab has a block "e2e" of another configuration, ${mine.config}`);
      expect(stderr).toContain('--replace');
    }
    expect(kept).toBe(before);
    expect(forced.code).toBe(0);
    expect(await crontab.table()).toBe(blockOf('e2e', lineOf('7 * * * *', 'warm-cache', other.config)));
  });
});

describe('install that cannot be', () => {
  test('where there is no crontab program', async () => {
    const site = await openSite({ database: 'sqlite:blog.db', env: { PATH: '/nonexistent' } });

    for (const args of [['install'], ['install', 'show'], ['install', 'remove']]) {
      const result = await site.blogctl(args);

      expect(result).toMatchObject({ code: 1, stdout: '' });
      expect(result.stderr).toContain('there is no program "crontab" on this machine; install cron');
    }
  });

  test.each([
    { mood: 'unprivileged', args: ['--user', 'somebody'], said: "only root may work on another user's crontab" },
    { mood: 'denied', args: [], said: 'this user may not use crontab, ask the administrator about /etc/cron.allow' },
    { mood: 'broken read', args: [], said: 'the crontab cannot be read' },
    { mood: 'refuse table', args: [], said: 'cron does not accept this crontab, nothing was changed' },
    {
      mood: 'mangle',
      args: [],
      said: 'cron stored another table than the one it was given; the old crontab was put back',
    },
  ] as const)('where crontab is in the mood "$mood"', async ({ mood, args, said }) => {
    const { site, crontab } = await siteWithCrontab();
    await crontab.setTable(foreign);
    await crontab.setMoods(mood);

    const result = await site.blogctl(['install', ...args]);

    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toContain(said);
    expect(result.stderr).not.toMatch(/\n\s+at .+:\d+/);
    expect(await crontab.table()).toBe(foreign);
  });

  test('where no job has a schedule', async () => {
    const { site } = await siteWithCrontab({ jobs: '{ warm-cache: { schedule: off } }' });

    const result = await site.blogctl(['install']);

    expect(result.code).toBe(1);
    expect(result.stderr).toContain('has no job with a schedule, so there is nothing to install');
  });
});

test('install warns of variables that cron does not have, and of those that the crontab sets for our lines', async () => {
  const { site, crontab } = await siteWithCrontab({
    database: 'mysql://u:${env:DB_PASSWORD}@127.0.0.1:9/izone',
    env: { DB_PASSWORD: 'not-for-cron' },
  });
  await crontab.setTable('CRON_TZ=UTC\n');

  const { code, stderr } = await site.blogctl(['install']);

  expect(code).toBe(0);
  expect(stderr).toContain('warning: line 1 of the crontab sets CRON_TZ=UTC for all lines below it');
  expect(stderr).toContain(
    'warning: the configuration reads DB_PASSWORD from the environment, which cron does not have',
  );
  expect(await crontab.table()).not.toContain('not-for-cron');
});

/** Runs a line's command as cron would: `\%` is a percent sign, and /bin/sh reads the rest. */
async function asCronDoes(line: string, home: string): Promise<{ stdout: string; stderr: string }> {
  const command = line.split(' ').slice(5).join(' ').replaceAll('\\%', '%');
  const env = { HOME: home, PATH: '/usr/bin:/bin', SHELL: '/bin/sh', LOGNAME: 'me' };
  return promisify(execFile)('/bin/sh', ['-c', command], { cwd: '/', env, timeout: 50_000 });
}
