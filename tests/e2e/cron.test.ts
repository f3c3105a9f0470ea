import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordedRun } from '../../src/runner/record/history.ts';
import { startCron, type CronUser } from '../helpers/cron.ts';
import { describeWithServer } from '../helpers/servers/availability.ts';
import { installCopy } from './installed-copy.ts';
import { configText, demoFile } from './site.ts';

/** A shell that keeps what a line of a site prints, and how it ended: cron itself would mail the one and drop the other. */
const loudShell = `#!/bin/sh
site=$(echo "$2" | grep -o 'site-[a-z]*' | head -n 1)
{ /bin/sh "$@" 2>&1; echo "exit $?"; } >"$HOME/unfinished-$site"
mv "$HOME/unfinished-$site" "$HOME/output-$site"
`;

describeWithServer('cron', 'the real cron', () => {
  let cron: CronUser;
  let launcher = '';

  beforeAll(async () => {
    cron = await startCron();
    launcher = installCopy(join(cron.home, 'lib')).launcher;
  });
  afterAll(() => cron.stop());

  function own(path: string): void {
    chownSync(path, cron.uid, cron.gid);
  }

  /** A site in the home of the throw-away user; returns the path of its configuration. */
  async function siteOf(name: string, database: string): Promise<string> {
    const folder = join(cron.home, name);
    const config = join(folder, 'blogctl.yaml');
    mkdirSync(folder);
    await demoFile(join(folder, 'blog.db'));
    const jobs = '{ warm-cache: { schedule: "* * * * *" } }';
    writeFileSync(config, configText({ blog: `{ name: ${name} }`, database, jobs }), { mode: 0o600 });
    for (const path of [folder, config, join(folder, 'blog.db')]) own(path);
    return config;
  }

  function asUser(config: string, ...args: readonly string[]) {
    return cron.run([process.execPath, launcher, ...args, '--config', config]);
  }

  test('takes what install writes, keeps it on the second time, and gives the old table back', async () => {
    const config = await siteOf('site-table', 'sqlite:blog.db');
    const table = '# mine\nMAILTO=""\n0 3 1 1 * true 50\\%\n';
    await cron.run(['crontab', '-'], { input: table });
    const listed = async (): Promise<string> => (await cron.run(['crontab', '-l'])).stdout;

    const missing = await asUser(config, 'install', 'show', '--exit-code');
    const added = await asUser(config, 'install');
    const installed = await listed();
    const again = await asUser(config, 'install');
    const shown = await asUser(config, 'install', 'show', '--exit-code');
    const removed = await asUser(config, 'install', 'remove');

    expect([missing, added, again, shown, removed].map(({ code }) => code)).toEqual([3, 0, 0, 0, 0]);
    expect(installed).toContain(
      `\n* * * * * ${process.execPath} ${launcher} run warm-cache --scheduled --config ${config}\n`,
    );
    expect(again.stdout).toContain('nothing to change');
    expect(await listed()).toBe(table);
    await cron.run(['crontab', '-r']);
  });

  test("refuses one user another's table", async () => {
    const config = await siteOf('site-other', 'sqlite:blog.db');

    const result = await asUser(config, 'install', '--user', 'root');

    expect(result.code).toBe(1);
    expect(result.stderr).toContain("only root may work on another user's crontab");
  });

  test('runs what install wrote: recorded, silent where it goes well, clear where it does not', async () => {
    const good = await siteOf('site-good', 'sqlite:blog.db');
    const bad = await siteOf('site-bad', 'sqlite:nowhere.db');
    const shell = join(cron.home, 'loud-shell');
    writeFileSync(shell, loudShell);
    chmodSync(shell, 0o755);
    await cron.run(['crontab', '-'], { input: `SHELL=${shell}\n` });

    const installed = [await asUser(good, 'install'), await asUser(bad, 'install')];
    const output = (site: string): string => join(cron.home, `output-${site}`);
    await expect
      .poll(() => existsSync(output('site-good')) && existsSync(output('site-bad')), {
        timeout: 130_000,
        interval: 500,
      })
      .toBe(true);
    await cron.run(['crontab', '-r']);

    expect(installed.map(({ code }) => code)).toEqual([0, 0]);
    expect(readFileSync(output('site-good'), 'utf8')).toBe('exit 0\n');
    expect(readFileSync(output('site-bad'), 'utf8')).toMatch(
      /^blogctl: warm-cache failed: there is no SQLite file .*\/site-bad\/nowhere\.db\n.*\n.*\nexit 1\n$/,
    );
    const { runs } = JSON.parse((await asUser(good, 'history', '--json')).stdout) as { runs: RecordedRun[] };
    expect(runs.at(-1)).toMatchObject({
      job: 'warm-cache',
      status: 'succeeded',
      startedBy: 'cron',
      counts: { set: 58 },
      tick: expect.stringMatching(/:00\.000Z$/) as unknown,
    });
  }, 180_000);
});
