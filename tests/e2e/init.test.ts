import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { blogctl, startBlogctl, type CliOptions, type CliResult } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/servers/temporary-folder.ts';
import { demoFile } from './site.ts';

interface Place {
  readonly folder: string;
  readonly config: string;
  readonly database: string;
  readonly options: CliOptions;
  readonly init: (args: readonly string[], more?: CliOptions) => Promise<CliResult>;
}

/** A folder with a demo blog and no configuration. */
async function freshPlace(): Promise<Place> {
  const { path: folder, remove } = await temporaryFolder('init');
  onTestFinished(remove);
  const options = { cwd: folder, env: { HOME: folder } };
  return {
    folder,
    config: join(folder, 'blogctl.yaml'),
    database: await demoFile(join(folder, 'blog.db')),
    options,
    init: (args, more) => blogctl(['init', ...args], { ...options, ...more }),
  };
}

describe('init', () => {
  test('writes a commented configuration for its owner alone, with which a plan works at once', async () => {
    const { init, database, config, options } = await freshPlace();

    const result = await init(['--database', database, '--name', '我的博客', '--timezone', 'UTC', '--use-tz']);
    const plan = await blogctl(['warm-cache', '--dry-run', '--json'], options);

    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toContain(`wrote ${config}\n`);
    expect(statSync(config).mode & 0o777).toBe(0o600);
    const text = readFileSync(config, 'utf8');
    expect(text).toContain('\n  name: "我的博客"\n');
    expect(text).toContain('\n  timezone: UTC\n');
    expect(text).toContain('\n  useTz: true\n');
    expect(text).toContain('\n  warm-cache:\n');
    expect(JSON.parse(plan.stdout)).toMatchObject({ dryRun: true, counts: { set: 58 } });
  });

  test('leaves an existing configuration as it is, unless it is told --force', async () => {
    const { init, database, config } = await freshPlace();
    writeFileSync(config, '# mine\n');

    const refused = await init(['--database', database]);
    const kept = readFileSync(config, 'utf8');
    const forced = await init(['--database', database, '--force']);

    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`${config} is there already; nothing was written\n  Overwrite it with --force.`);
    expect(kept).toBe('# mine\n');
    expect(forced.code).toBe(0);
    expect(readFileSync(config, 'utf8')).toContain(`database: ${JSON.stringify(database).slice(1, -1)}`);
  });

  test('--force closes a configuration that others could read', async () => {
    const { init, database, config } = await freshPlace();
    writeFileSync(config, '# mine\n', { mode: 0o644 });

    await init(['--database', database, '--force']);

    expect(statSync(config).mode & 0o777).toBe(0o600);
  });

  test('--dry-run prints the configuration and writes none', async () => {
    const { init, database, config, folder } = await freshPlace();

    const result = await init(['--database', database, '--dry-run']);

    expect(result.code).toBe(0);
    expect(result.stdout).toContain('\njobs:\n');
    expect(existsSync(config)).toBe(false);
    expect(existsSync(join(folder, '.cache'))).toBe(false);
  });

  test.each([
    { what: 'a database that is not there', flags: ['--database', 'sqlite:/nowhere/blog.db'], code: 1 },
    { what: 'a server that is down', flags: ['--database', 'mysql://u:pw@127.0.0.1:9/izone'], code: 1 },
    { what: 'an address that is none', flags: ['--database', 'oracle://x'], code: 2 },
    { what: 'a variable that is not set', flags: ['--database', 'mysql://u:${env:NO_SUCH}@127.0.0.1/izone'], code: 2 },
    { what: 'no address at all', flags: [], code: 2 },
  ])('writes nothing for $what', async ({ flags, code }) => {
    const { init, config } = await freshPlace();

    const result = await init(flags);

    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(/^blogctl: \S/);
    expect(existsSync(config)).toBe(false);
  });

  test('writes nothing where the cache is down, and writes it anyway with --skip-check', async () => {
    const { init, database, config } = await freshPlace();
    const flags = ['--database', database, '--cache', 'redis://127.0.0.1:9/0'];

    const refused = await init(flags);
    const isWritten = existsSync(config);
    const forced = await init([...flags, '--skip-check']);

    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('nothing was written');
    expect(isWritten).toBe(false);
    expect(forced.code).toBe(0);
    expect(readFileSync(config, 'utf8')).toContain('cache: redis://127.0.0.1:9/0');
  });

  test('writes placeholders as they are given, and never what stands behind them', async () => {
    const { init, database, config, folder } = await freshPlace();
    const given = database.replace(folder, '${env:BLOG_FOLDER}');

    const result = await init(['--database', given], { env: { HOME: folder, BLOG_FOLDER: folder } });

    expect(result.code).toBe(0);
    const text = readFileSync(config, 'utf8');
    expect(text).toContain('${env:BLOG_FOLDER}/blog.db');
    expect(text).not.toContain(folder);
  });
});

describe('init on a terminal', () => {
  test('asks for the database and the cache, and takes the default for an empty answer', async () => {
    const { config, database, options } = await freshPlace();

    const running = startBlogctl(['init'], { ...options, tty: true });
    await running.until('database');
    running.type(`${database}\n`);
    await running.until('The address of the cache [django-db:django_cache]: ');
    running.type('\n');
    const result = await running.ended;

    expect(result.code).toBe(0);
    const text = readFileSync(config, 'utf8');
    expect(text).toContain('/blog.db');
    expect(text).toContain('cache: django-db:django_cache');
  });

  test.each([
    { key: 'Ctrl-C', typed: '\u0003', code: 130, said: 'interrupted by SIGINT' },
    { key: 'Ctrl-D', typed: '\u0004', code: 2, said: 'no answer to: The address of the database' },
  ])('$key at a question ends it with $code and writes nothing', async ({ typed, code, said }) => {
    const { config, options } = await freshPlace();

    const running = startBlogctl(['init'], { ...options, tty: true });
    await running.until('The address of the database');
    running.type(typed);
    const result = await running.ended;

    expect(result.code).toBe(code);
    expect(result.stdout).toContain(`\r\nblogctl: ${said}`);
    expect(existsSync(config)).toBe(false);
  });
});
