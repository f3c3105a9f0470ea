import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { CliResult } from '../helpers/cli.ts';
import { baiduToken, startSearchEngines, type SearchEngines } from '../helpers/search-engines.ts';
import { fakeCrontab } from '../schedule/fake-crontab.ts';
import { betweenTicks, openSite, type Site } from './site.ts';

let web: SearchEngines;
beforeAll(async () => {
  web = await startSearchEngines();
});
afterAll(() => web.stop());
beforeEach(() => web.reset());

const at = (time: string) => ({ env: { BLOGCTL_NOW: `2026-03-18T${time}:00+08:00` } });

/** A demo blog that pushes to both engines; `token` as it stands in the configuration. */
function pushingSite(token = baiduToken, more = ''): Promise<Site> {
  const { baidu, indexNow } = web.settings;
  const settings = { ...indexNow, ...baidu, baiduToken: token };
  const lines = Object.entries(settings).map(([name, value]) => `${name}: '${value}'`);
  return openSite({
    blog: `{ name: e2e, url: '${web.url}' }`,
    jobs: `{ push-urls: { ${lines.join(', ')}${more} }, warm-cache: {} }`,
    env: betweenTicks,
  });
}

describe('blogctl pushes', () => {
  test('shows what was pushed nowhere yet', async () => {
    const site = await pushingSite();

    expect(await site.blogctl(['pushes'])).toMatchObject({
      code: 0,
      stdout: 'nothing was pushed yet (blogctl push-urls)\n',
    });
    expect(await site.json(['pushes'])).toEqual({ engines: [], addresses: [] });
  });

  test('shows the engines with what is left of their day, and the addresses, Chinese as people read it', async () => {
    const site = await pushingSite();
    const file = new Sqlite(join(site.folder, 'blog.db'));
    file.exec(
      "update blog_article set slug = '中文' where id = (select id from blog_article where is_publish order by create_date desc limit 1)",
    );
    file.close();
    web.baidu.quota = 2;

    const pushed = await site.blogctl(['push-urls', '--all', '--limit', '5']);
    const { code, stdout } = await site.blogctl(['pushes', '--limit', '3']);
    const baidu = await site.json<Record<string, Record<string, unknown>[]>>([
      'pushes',
      '--engine',
      'baidu',
      '--status',
      'accepted',
    ]);

    expect(pushed.stdout).toMatch(
      /^Baidu: 2 accepted, \d+ waiting, closed until 2026-03-19 00:00; IndexNow: 5 accepted, \d+ waiting/,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^baidu: 2 accepted, \d+ waiting; takes 0 more on 2026-03-18; closed until 2026-03-19 00:00: the day's quota is used up\n/,
    );
    expect(stdout).toMatch(/^indexnow: 5 accepted, \d+ waiting$/m);
    expect(stdout.trim().split('\n')).toHaveLength(2 + 1 + 1 + 3);
    expect(baidu['engines']).toMatchObject([{ engine: 'baidu', closedBecause: 'quota', remain: 0 }]);
    expect(baidu['addresses']).toHaveLength(2);
    expect(baidu['addresses']?.map(({ url }) => url)).toContainEqual(
      expect.stringContaining('/article/%E4%B8%AD%E6%96%87/'),
    );
    expect((await site.blogctl(['pushes', '--engine', 'baidu', '--status', 'accepted'])).stdout).toContain(
      '/article/中文/',
    );
  });

  test('says no more of what is left of a day that is over', async () => {
    const site = await pushingSite();
    await site.blogctl(['push-urls']);

    const today = await site.blogctl(['pushes', '--limit', '1']);
    const tomorrow = await site.blogctl(['pushes', '--limit', '1'], {
      env: { BLOGCTL_NOW: '2026-03-19T00:00:00+08:00' },
    });

    expect(today.stdout).toMatch(/^baidu: .*; takes \d+ more on 2026-03-18$/m);
    expect(tomorrow.stdout).toMatch(/^baidu: .*\d known$/m);
  });

  test('shows what IndexNow was told is gone as gone', async () => {
    const site = await pushingSite();
    await site.blogctl(['push-urls', '--all', '--limit', '2']);
    const file = new Sqlite(join(site.folder, 'blog.db'));
    file.exec("update blogctl_push set version = 'gone' where engine = 'indexnow' and status = 'accepted'");
    file.close();

    const { stdout } = await site.blogctl(['pushes', '--status', 'gone']);

    expect(stdout).toMatch(/^indexnow: .*\b2 gone$/m);
    expect(stdout.match(/ {2}indexnow {2}gone, told 2026-03-18 \d\d:\d\d {2}/g)).toHaveLength(2);
  });

  test.each([
    [['--engine', 'google'], '--engine: expected one of baidu, indexnow, got "google"'],
    [['--status', 'lost'], '--status: expected one of known, waiting, unfit, accepted, refused, gone, got "lost"'],
    [['--limit', '0'], '--limit: expected a whole number from 1 to 99999, got "0"'],
  ])('refuses %j', async (words, message) => {
    const site = await pushingSite();

    const { code, stderr } = await site.blogctl(['pushes', ...words]);

    expect([code, stderr]).toEqual([2, `blogctl: ${message}\n`]);
  });
});

test('over a day of hourly runs each address goes once to each engine, and a run with nothing to do is silent', async () => {
  const site = await pushingSite();
  web.baidu.quota = 7;

  const results: CliResult[] = [];
  for (const hour of ['09', '10', '11', '12']) {
    results.push(await site.blogctl(['run', 'push-urls', '--scheduled'], at(`${hour}:47`)));
  }

  expect(results.map(({ code, stdout, stderr }) => [code, stdout, stderr])).toEqual(results.map(() => [0, '', '']));
  const all = web.indexNow.batches.flat();
  expect(new Set(all).size).toBe(all.length);
  expect(web.baidu.batches.flat().length).toBeLessThanOrEqual(7);
});

describe('Baidu’s token', () => {
  /** Every way in which it could be shown. */
  const traces = [...(baiduToken.match(/[a-z]+\d+/g) ?? []), btoa(baiduToken).replace(/=+$/, '')];
  const tracesIn = (text: string): string[] => traces.filter((trace) => text.includes(trace));
  const filesOf = (folder: string): string =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
      .join('\n');

  /** Records, ledgers, kept configurations. */
  const writtenBy = (site: Site): string => filesOf(site.home) + readFileSync(join(site.folder, 'blog.db'), 'latin1');

  /** Runs commands with all that there is to show, for people and for machines. */
  async function everyWay(site: Site, commands: readonly (readonly string[])[], env = {}): Promise<string> {
    let shown = '';
    for (const command of commands) {
      for (const more of [['--verbose'], ['--verbose', '--json']]) {
        const { stdout, stderr } = await site.blogctl([...command, ...more], { env });
        shown += stdout + stderr;
      }
    }
    return shown;
  }

  const echo = `<html>you sent token=${baiduToken} and ${btoa(baiduToken)}</html>`;

  test.each([
    ['all goes well', []],
    [
      'Baidu does not know it',
      [{ status: 401, body: JSON.stringify({ error: 401, message: `token ${baiduToken} is not valid` }) }],
    ],
    [
      'a page repeats it',
      [
        { status: 503, body: echo },
        { status: 503, body: echo },
      ],
    ],
    ['a strange error repeats it', [{ status: 400, body: JSON.stringify({ error: 400, message: echo }) }]],
    [
      'a redirect carries it on',
      [{ status: 302, body: '', headers: { location: `https://x.example/?token=${baiduToken}` } }],
    ],
    [
      'it is among foreign addresses',
      [{ status: 200, body: JSON.stringify({ success: 0, not_same_site: [baiduToken] }) }],
    ],
  ])('stands nowhere where %s', async (_, odd) => {
    const site = await pushingSite();
    web.baidu.odd.push(...odd);

    const shown = await everyWay(site, [['push-urls', '--dry-run'], ['push-urls'], ['pushes'], ['history']]);

    expect(shown).toContain('Baidu');
    expect(tracesIn(shown)).toEqual([]);
    expect(tracesIn(writtenBy(site))).toEqual([]);
    expect(web.web.requests.map(({ path }) => path).join()).toContain(baiduToken);
  });

  test.each([
    ['itself', baiduToken],
    ['as a placeholder', '${env:BAIDU}'],
  ])('stands nowhere beside the configuration, in which it is %s', async (_, token) => {
    const crontab = await fakeCrontab();
    onTestFinished(() => crontab.remove());
    const site = await pushingSite(token);
    const env = { PATH: `${dirname(crontab.command)}:/usr/bin:/bin`, BAIDU: baiduToken };

    const shown = await everyWay(site, [['run', 'push-urls'], ['install'], ['install', 'show']], env);

    expect(web.baidu.batches).not.toEqual([]);
    expect(await crontab.table()).toContain('run push-urls --scheduled');
    expect(tracesIn(`${shown}${await crontab.table()}`)).toEqual([]);
    expect(tracesIn(writtenBy(site))).toEqual([]);
  });

  test('stands nowhere where the configuration or the server is wrong', async () => {
    const shown = await Promise.all(
      (
        [
          [baiduToken, ", baiduSite: 'https://other.example'"],
          [`${baiduToken} with blanks`, ''],
          [baiduToken, `, since: ${baiduToken}`],
          [baiduToken, `, unknown: 1`],
          [baiduToken, ", baiduEndpoint: 'http://127.0.0.1:9/urls'"],
          [baiduToken, ", baiduEndpoint: 'https://nowhere.invalid/urls'"],
        ] as const
      ).map(async ([token, more]) => {
        const site = await pushingSite(token, more);
        return everyWay(site, [['push-urls'], ['run', 'push-urls'], ['history']]);
      }),
    );

    expect(shown.every((text) => text.length > 100)).toBe(true);
    expect(tracesIn(shown.join('\n'))).toEqual([]);
  });

  test('may be taken out of a file, and is no flag', async () => {
    const site = await pushingSite('PLACE');
    const secret = join(site.folder, 'token');
    writeFileSync(secret, `${baiduToken}\n`, { mode: 0o600 });
    writeFileSync(site.config, readFileSync(site.config, 'utf8').replace('PLACE', `\${file:${secret}}`));

    const pushed = await site.json<{ counts: Record<string, number> }>(['push-urls', '--all', '--limit', '3']);
    const flag = await site.blogctl(['push-urls', '--baidu-token', baiduToken]);

    expect(pushed.counts).toMatchObject({ baiduAccepted: 3, indexNowAccepted: 3 });
    expect(flag).toMatchObject({ code: 2, stdout: '' });
    expect(flag.stderr).toContain("unknown option '--baidu-token'");
  });
});
