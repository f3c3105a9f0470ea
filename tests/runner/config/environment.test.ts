import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../../src/core/errors.ts';
import type { Config } from '../../../src/runner/config/config.ts';
import { readBlogEnvironment } from '../../../src/runner/config/environment.ts';
import { parseDatabaseUrl } from '../../../src/resources/database/url.ts';
import { load, openStage } from '../stage.ts';

/** The configuration of a machine with these variables and no file. */
async function configFrom(variables: Record<string, string>): Promise<Config> {
  return load(await openStage({ variables }));
}

describe('without a file', () => {
  test('an izone container’s own variables are enough', async () => {
    const config = await configFrom({
      IZONE_MYSQL_HOST: 'db.test',
      IZONE_MYSQL_NAME: 'my blog',
      IZONE_MYSQL_USER: 'b@log',
      IZONE_MYSQL_PASSWORD: 'p@ss:w/rd',
      IZONE_MYSQL_PORT: '3307',
      IZONE_REDIS_HOST: 'redis.test',
      IZONE_REDIS_PORT: '6380',
      IZONE_PROTOCOL_HTTPS: 'HTTPS',
    });

    expect(parseDatabaseUrl(config.database, '/')).toEqual({
      dialect: 'mysql',
      host: 'db.test',
      port: 3307,
      socket: null,
      user: 'b@log',
      password: 'p@ss:w/rd',
      database: 'my blog',
    });
    expect(config).toMatchObject({
      path: null,
      cache: 'redis://redis.test:6380/0',
      blog: { name: 'my-blog', protocol: 'https', url: null },
      environmentNames: [],
      warnings: [],
    });
    expect(config.jobs.size).toBe(0);
    expect(config.secrets).toEqual(expect.arrayContaining(['p@ss:w/rd', 'p%40ss%3Aw%2Frd']));
  });

  test.each([
    [{ IZONE_MYSQL_HOST: 'db' }, 'mysql://root@db:3306/izone'],
    [{ IZONE_MYSQL_NAME: 'blog' }, 'mysql://root@127.0.0.1:3306/blog'],
    [{ IZONE_MYSQL_HOST: 'db', IZONE_MYSQL_PASSWORD: '' }, 'mysql://root@db:3306/izone'],
    [{ IZONE_MYSQL_HOST: '::1' }, 'mysql://root@[::1]:3306/izone'],
  ])('%j alone gives %s, and the cache is the database’s', async (variables, expected) => {
    const config = await configFrom(variables);

    expect(config.database).toBe(expected);
    expect(config.cache).toBe('django-db:django_cache');
    expect(parseDatabaseUrl(config.database, '/')).toMatchObject({ dialect: 'mysql' });
  });

  test.each([
    ['HTTPS', 'https'],
    ['https', 'https'],
    ['on', 'https'],
    ['HTTP', 'http'],
    ['', 'http'],
    ['off', 'http'],
  ])('IZONE_PROTOCOL_HTTPS=%s means %s', async (value, expected) => {
    const stage = await openStage({ variables: { IZONE_PROTOCOL_HTTPS: value } });

    expect(readBlogEnvironment(stage.host).protocol).toBe(expected);
  });

  test.each([
    [{}, /^no configuration: looked for .*\/blogctl\.yaml, .*\/etc\/blogctl\/blogctl\.yaml, and the environment has no/],
    [{ IZONE_REDIS_HOST: 'r' }, /^no configuration/],
    [{ IZONE_MYSQL_HOST: 'db', IZONE_MYSQL_PORT: 'geheim' }, /^the environment's IZONE_MYSQL_HOST and its like make no address/],
    [{ IZONE_MYSQL_HOST: 'db', IZONE_REDIS_HOST: 'a b' }, /^the environment's IZONE_REDIS_HOST and _PORT make no address/],
  ])('%j is a mistake of the configuration and not a bug', async (variables, expected) => {
    const loading = configFrom(variables);

    await expect(loading).rejects.toThrow(expected);
    await expect(loading).rejects.toThrow(ConfigurationError);
  });
});

describe('beside a file', () => {
  test('the variables fill in what it leaves out', async () => {
    const stage = await openStage({ variables: { IZONE_MYSQL_HOST: 'db', IZONE_REDIS_HOST: 'r', IZONE_PROTOCOL_HTTPS: 'HTTPS' } });
    stage.write('blogctl.yaml', 'blog: { name: mine }\n');

    const config = await load(stage);

    expect(config).toMatchObject({
      database: 'mysql://root@db:3306/izone',
      cache: 'redis://r:6379/0',
      blog: { name: 'mine', protocol: 'https' },
    });
  });

  test('what it says beats them', async () => {
    const stage = await openStage({ variables: { IZONE_MYSQL_HOST: 'db', IZONE_REDIS_HOST: 'r' } });
    stage.write('blogctl.yaml', 'database: sqlite:blog.db\ncache: django-db:x\n');

    const config = await load(stage);

    expect(config).toMatchObject({ database: 'sqlite:blog.db', cache: 'django-db:x', blog: { name: 'blog' } });
  });
});

describe('defaults', () => {
  test('are the same without a file as those that an empty file is given', async () => {
    const variables = { IZONE_MYSQL_HOST: 'db' };
    const stage = await openStage({ variables });
    stage.write('blogctl.yaml', '{}\n');

    const withFile = await load(stage);

    const { path: _path, folder: _folder, ...rest } = withFile;
    expect(await configFrom(variables)).toMatchObject(rest);
    expect(rest).toMatchObject({
      blog: { timezone: 'Asia/Shanghai', useTz: false, siteId: 2, markdown: { preset: 'izone' } },
      state: { database: null, keepRuns: { text: '90d' } },
    });
  });

  test.each([
    ['sqlite:/srv/blog/我的 博客.db', '我的-博客'],
    ['sqlite:--.db', 'blog'],
    ['mysql://u@h/izone_2', 'izone_2'],
    [`mysql://u@h/${'a'.repeat(80)}`, 'a'.repeat(64)],
  ])('the blog of %s is named %s', async (database, expected) => {
    const stage = await openStage();
    stage.write('blogctl.yaml', `database: ${database}\n`);

    expect((await load(stage)).blog.name).toBe(expected);
  });

  test('an address of the blog loses the slash at its end', async () => {
    const stage = await openStage();
    stage.write('blogctl.yaml', 'database: sqlite:a.db\nblog: { url: "https://blog.example.test/" }\n');

    expect((await load(stage)).blog.url).toBe('https://blog.example.test');
  });
});
