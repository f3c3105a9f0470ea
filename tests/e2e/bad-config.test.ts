import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { blogctl, type CliResult } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/servers/temporary-folder.ts';
import { openSite } from './site.ts';

/** Runs warm-cache in a fresh folder with this configuration; the lines of what is wrong with it. */
async function complaintsOf(text: string | Uint8Array): Promise<string[]> {
  const { path: folder, remove } = await temporaryFolder('config');
  onTestFinished(remove);
  writeFileSync(join(folder, 'blogctl.yaml'), text, { mode: 0o600 });

  const result = await blogctl(['warm-cache'], { cwd: folder, env: { HOME: folder } });

  expect(result).toMatchObject({ code: 2, stdout: '' });
  expect(result.stderr).not.toMatch(/\n\s+at .+:\d+/);
  return result.stderr
    .replace(/^blogctl: /, '')
    .trimEnd()
    .split('\n');
}

describe('a configuration', () => {
  test('that is nowhere is said with the places that were looked at and a way to get one', async () => {
    const result = await blogctl(['warm-cache'], { cwd: '/', env: { HOME: '/nonexistent' } });

    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain('no configuration: looked for /blogctl.yaml');
    expect(result.stderr).toContain('/nonexistent/.config/blogctl/blogctl.yaml, /etc/blogctl/blogctl.yaml');
    expect(result.stderr).toContain('\n  Write one with "blogctl init"');
  });

  test.each([
    { what: 'by --config', args: ['--config', '/nowhere.yaml'], env: {}, from: '--config' },
    { what: 'by $BLOGCTL_CONFIG', args: [], env: { BLOGCTL_CONFIG: '/nowhere.yaml' }, from: '$BLOGCTL_CONFIG' },
  ])('that is named $what and is not there is never replaced by another one', async ({ args, env, from }) => {
    const site = await openSite();

    const result = await blogctl(['warm-cache', ...args], { cwd: site.folder, env });

    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain(`${from} names /nowhere.yaml, but there is no such file`);
  });

  test('is found in each of its places, best first', async () => {
    const site = await openSite({ database: 'sqlite:given.db' });
    const put = (path: string, name: string): void => {
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, `database: sqlite:${name}.db\n`, { mode: 0o600 });
    };
    put(join(site.home, '.config', 'blogctl', 'blogctl.yaml'), 'users');
    put(join(site.home, 'variable.yaml'), 'variable');
    put(join(site.home, 'cwd', 'blogctl.yaml'), 'cwd');
    const missing = async (args: readonly string[], cwd: string, env: Record<string, string>): Promise<string> => {
      const { stderr } = await blogctl(['history', ...args], { cwd, env: { HOME: site.home, ...env } });
      return /there is no SQLite file .*?(\w+)\.db/.exec(stderr)?.[1] ?? stderr;
    };
    const variable = { BLOGCTL_CONFIG: join(site.home, 'variable.yaml') };

    const found = [
      await missing(['--config', site.config], join(site.home, 'cwd'), variable),
      await missing([], join(site.home, 'cwd'), variable),
      await missing([], join(site.home, 'cwd'), {}),
      await missing([], '/', {}),
    ];

    expect(found).toEqual(['given', 'variable', 'cwd', 'users']);
  });

  test('that is broken YAML is told with its line', async () => {
    const [first] = await complaintsOf('blog:\n  name: x\n database: "sqlite:x\n');

    expect(first).toMatch(/^broken YAML: .+ \(blogctl\.yaml:\d+\)$/);
  });

  test('that is no text, a list or empty is told apart', async () => {
    const binary = await complaintsOf(Uint8Array.of(0xff, 0xfe, 0x00, 0x80));
    const list = await complaintsOf('- database\n- cache\n');
    const empty = await complaintsOf('');

    expect(binary[0]).toContain('it is not UTF-8 text');
    expect(list[0]).toMatch(/expected a mapping.*\(blogctl\.yaml/);
    expect(empty[0]).toContain('names no database');
  });

  test('tells all its problems at once, in the order of the file, each with its line and the nearest name', async () => {
    const lines = await complaintsOf(
      [
        'blog:',
        '  timezon: Asia/Shanghai',
        '  useTz: perhaps',
        '  siteId: 0',
        'databse: sqlite:blog.db',
        'cache: memcached://127.0.0.1',
        'jobs:',
        '  warm-cahce: {}',
        '  warm-cache:',
        '    schedule: "61 * * * *"',
        '    timeout: soon',
        '    expirry: 1d',
        '    concurrency: many',
        '  "a b": { action: warm-cache }',
        '  other: { action: warm-cache, schedule: "* * * *" }',
      ].join('\n'),
    );

    expect(lines.map((line) => [/\(blogctl\.yaml:(\d+)\)$/.exec(line)?.[1], /^[^:]+/.exec(line)?.[0]])).toEqual([
      ['2', 'blog.timezon'],
      ['3', 'blog.useTz'],
      ['4', 'blog.siteId'],
      ['5', 'databse'],
      ['6', 'cache'],
      ['8', 'jobs.warm-cahce'],
      ['10', 'jobs.warm-cache.schedule'],
      ['11', 'jobs.warm-cache.timeout'],
      ['12', 'jobs.warm-cache.expirry'],
      ['13', 'jobs.warm-cache.concurrency'],
      ['14', 'jobs.a b'],
      ['15', 'jobs.other.schedule'],
    ]);
    const text = lines.join('\n');
    for (const nearest of ['timezone', 'database', 'warm-cache', 'expiry']) expect(text).toContain(`"${nearest}"`);
    expect(text).toContain('expected true or false, got "perhaps"');
    expect(text).toMatch(/expected a length of time .*, got "soon"/);
  });

  test('with placeholders that cannot be filled in says which', async () => {
    const lines = await complaintsOf(
      'database: mysql://u:${env:NO_SUCH}@127.0.0.1/x\ncache: redis://:${file:/nowhere}@127.0.0.1/0\n',
    );

    expect(lines).toEqual([
      'database: the environment variable NO_SUCH is not set (blogctl.yaml:1)',
      "cache: the secret's file /nowhere is not there (blogctl.yaml:2)",
    ]);
  });

  test('is checked by every command that reads it', async () => {
    const site = await openSite({ more: 'nonsense: 1' });

    const results: CliResult[] = [];
    for (const args of [['history'], ['install', '--dry-run'], ['install', 'show'], ['run', 'warm-cache']]) {
      results.push(await site.blogctl(args));
    }

    for (const { code, stderr } of results) {
      expect(code).toBe(2);
      expect(stderr).toContain('nonsense: unknown key');
    }
  });

  test('that holds a secret and may be read by others is warned about, but not under cron', async () => {
    const site = await openSite({ more: 'state: { database: "mysql://u:open-secret@127.0.0.1:9/state" }' });
    chmodSync(site.config, 0o644);
    const warning = `${site.config} holds secrets and every user of this machine may read it: run chmod 600`;

    const byHand = await site.blogctl(['warm-cache', '--dry-run']);
    const again = await site.blogctl(['warm-cache', '--dry-run']);
    const byCron = await site.blogctl(['run', 'warm-cache', '--scheduled']);
    chmodSync(site.config, 0o600);
    const mended = await site.blogctl(['warm-cache', '--dry-run']);

    expect(byHand.code).toBe(0);
    expect(byHand.stderr).toContain(warning);
    expect(again.stderr).toContain(warning);
    expect(byCron.stderr).not.toContain('holds secrets');
    expect(mended).toMatchObject({ code: 0, stderr: '' });
  });

  test('is read anew after each change', async () => {
    const site = await openSite();
    await site.blogctl(['run', 'warm-cache']);
    await site.blogctl(['run', 'warm-cache']);
    writeFileSync(site.config, 'database: sqlite:elsewhere.db\njobs: { warm-cache: {} }\n', { mode: 0o600 });

    const result = await site.blogctl(['run', 'warm-cache']);

    expect(result.stderr).toContain(`there is no SQLite file ${site.folder}/elsewhere.db`);
  });
});

test.each(['yesterday', '2026-03-18', '2026-03-18T14:05:09'])('BLOGCTL_NOW=%s is refused', async (now) => {
  const site = await openSite();

  const result = await site.blogctl(['warm-cache'], { env: { BLOGCTL_NOW: now } });

  expect(result).toMatchObject({ code: 2, stdout: '' });
  expect(result.stderr).toContain(`BLOGCTL_NOW: expected an ISO time with offset`);
  expect(result.stderr).toContain(`got "${now}"`);
});
