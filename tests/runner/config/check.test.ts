import { describe, expect, test } from 'vitest';
import { load, openStage, problemsIn } from '../stage.ts';

const database = 'database: sqlite:blog.db';

describe('an unknown key', () => {
  test.each([
    ['at the top', 'databse: x\n', 'databse: unknown key; did you mean "database"? (blogctl.yaml:2)'],
    ['of the blog', 'blog:\n  timzone: UTC\n', 'blog.timzone: unknown key; did you mean "timezone"? (blogctl.yaml:3)'],
    [
      'of its Markdown',
      'blog:\n  markdown:\n    presets: izone\n',
      'blog.markdown.presets: unknown key; did you mean "preset"? (blogctl.yaml:4)',
    ],
    ['of the state', 'state:\n  keeprun: 9d\n', 'state.keeprun: unknown key; did you mean "keepRuns"? (blogctl.yaml:3)'],
    [
      'of a job',
      'jobs:\n  warm-cache:\n    expirey: 1d\n',
      'jobs.warm-cache.expirey: unknown key; did you mean "expiry"? (blogctl.yaml:4)',
    ],
    [
      'of a job that means its schedule',
      'jobs:\n  warm-cache:\n    shedule: off\n',
      'jobs.warm-cache.shedule: unknown key; did you mean "schedule"? (blogctl.yaml:4)',
    ],
    [
      'that resembles nothing',
      'state:\n  xyzzy: 1\n',
      'state.xyzzy: unknown key; known are database, keepRuns (blogctl.yaml:3)',
    ],
    ['that every object has', 'state:\n  constructor: 1\n', 'state.constructor: unknown key; known are database, keepRuns (blogctl.yaml:3)'],
  ])('%s is told with its line and the nearest name', async (_, text, expected) => {
    const stage = await openStage();

    expect(await problemsIn(stage, `${database}\n${text}`)).toEqual([expected]);
  });
});

describe('a value of the wrong kind', () => {
  test.each([
    ['blog: 7', 'blog: expected a mapping, got 7 (blogctl.yaml:2)'],
    ['blog: { name: 5 }', 'blog.name: expected a text, got 5 (blogctl.yaml:2)'],
    [
      'blog: { name: "a b" }',
      'blog.name: expected 1 to 64 letters, digits, dots, dashes and underlines, got "a b" (blogctl.yaml:2)',
    ],
    [
      'blog: { url: blog.example.test }',
      'blog.url: expected an address such as https://blog.example.test, without a user name, got "blog.example.test" (blogctl.yaml:2)',
    ],
    [
      'blog: { url: "https://me@blog.example.test" }',
      'blog.url: expected an address such as https://blog.example.test, without a user name, got "https://me@blog.example.test" (blogctl.yaml:2)',
    ],
    [
      'blog: { url: "https://me:s3cret@blog.example.test" }',
      'blog.url: expected an address such as https://blog.example.test, without a user name, got an address with a password (blogctl.yaml:2)',
    ],
    ['blog: { timezone: Mars }', 'blog.timezone: expected a zone such as Asia/Shanghai or UTC, got "Mars" (blogctl.yaml:2)'],
    ['blog: { useTz: "no" }', 'blog.useTz: expected true or false, got "no" (blogctl.yaml:2)'],
    ['blog: { siteId: 0 }', 'blog.siteId: expected a whole number from 1, got 0 (blogctl.yaml:2)'],
    ['blog: { siteId: 1.5 }', 'blog.siteId: expected a whole number, got 1.5 (blogctl.yaml:2)'],
    [
      'blog: { markdown: { preset: github } }',
      'blog.markdown.preset: expected izone or commonmark, got "github" (blogctl.yaml:2)',
    ],
    [
      'blog: { markdown: { extensions: { toc: 1 } } }',
      'blog.markdown.extensions.toc: expected true or false, got 1 (blogctl.yaml:2)',
    ],
    ['state: { keepRuns: 90 }', 'state.keepRuns: expected a length of time such as 45m, got 90 (blogctl.yaml:2)'],
    [
      'state: { keepRuns: 1h }',
      'state.keepRuns: expected a length of time of at least 1d, got "1h" (blogctl.yaml:2)',
    ],
    ['cache: 7', 'cache: expected the address of a cache, got 7 (blogctl.yaml:2)'],
    ['jobs: [warm-cache]', 'jobs: expected a mapping of jobs, got a list (blogctl.yaml:2)'],
    ['jobs: { warm-cache: 7 }', 'jobs.warm-cache: expected a mapping, got 7 (blogctl.yaml:2)'],
    ['jobs: { warm-cache: [] }', 'jobs.warm-cache: expected a mapping, got a list (blogctl.yaml:2)'],
    [
      'jobs: { warm-cache: { timeout: soon } }',
      'jobs.warm-cache.timeout: expected a length of time such as 45m, got "soon" (blogctl.yaml:2)',
    ],
    [
      'jobs: { warm-cache: { force: "yes" } }',
      'jobs.warm-cache.force: expected true or false, got "yes" (blogctl.yaml:2)',
    ],
    [
      'jobs: { warm-cache: { concurrency: 65 } }',
      'jobs.warm-cache.concurrency: expected a whole number from 1 to 64, got 65 (blogctl.yaml:2)',
    ],
    [
      'jobs: { warm-cache: { concurrency: "" } }',
      'jobs.warm-cache.concurrency: expected a whole number from 1 to 64, got "" (blogctl.yaml:2)',
    ],
    [
      'jobs: { warm-cache: { articles: 7 } }',
      'jobs.warm-cache.articles: expected a list, got 7 (blogctl.yaml:2)',
    ],
    [
      'jobs: { warm-cache: { articles: [1, { a: 1 }] } }',
      'jobs.warm-cache.articles[1]: expected a text or a whole number, got a mapping (blogctl.yaml:2)',
    ],
    [
      'jobs: { warm-cache: { schedule: 7 } }',
      'jobs.warm-cache.schedule: expected five fields of cron such as "7 * * * *", or off, got 7 (blogctl.yaml:2)',
    ],
  ])('%s', async (line, expected) => {
    const stage = await openStage();

    expect(await problemsIn(stage, `${database}\n${line}\n`)).toEqual([expected]);
  });
});

describe('a job', () => {
  test.each([
    ['of no action', 'jobs:\n  warm-cash: {}', 'jobs.warm-cash: there is no action "warm-cash"; did you mean "warm-cache"? (blogctl.yaml:3)'],
    [
      'that names no action',
      'jobs:\n  nightly:\n    action: warmcache',
      'jobs.nightly.action: there is no action "warmcache"; did you mean "warm-cache"? (blogctl.yaml:4)',
    ],
    [
      'whose name could break out of a crontab line',
      'jobs:\n  "a b":\n    action: warm-cache',
      'jobs.a b: expected a job name of 1 to 64 letters, digits, dots, dashes and underlines, got "a b" (blogctl.yaml:3)',
    ],
  ])('%s is told', async (_, text, expected) => {
    const stage = await openStage();

    expect(await problemsIn(stage, `${database}\n${text}\n`)).toEqual([expected]);
  });

  test('whose schedule cron would not read is told with its line', async () => {
    const stage = await openStage();

    const problems = await problemsIn(stage, `${database}\njobs:\n  warm-cache:\n    schedule: "61 * * * *"\n`);

    expect(problems).toEqual([expect.stringMatching(/^jobs\.warm-cache\.schedule: .*61.* \(blogctl\.yaml:4\)$/)]);
  });

  test.each([
    ['dump: { action: run-command, schedule: "15 2 * * *" }', 'jobs.dump: expected command, without which it cannot run; or "schedule: off" (blogctl.yaml:2)'],
    ['push-urls:', 'jobs.push-urls: expected baiduToken or indexNowKey, without which it cannot run; or "schedule: off" (blogctl.yaml:2)'],
  ])('that cron starts must have what it needs: %s', async (job, expected) => {
    const stage = await openStage();

    expect(await problemsIn(stage, `${database}\njobs: { ${job} }\n`)).toEqual([expected]);
    expect(await problemsIn(stage, `${database}\njobs: { push-urls: { schedule: off }, run-command: }\n`)).toEqual([]);
  });

  test('may be named alone, named otherwise than its action, and kept out of the crontab', async () => {
    const stage = await openStage();
    stage.write(
      'blogctl.yaml',
      `${database}\njobs:\n  warm-cache:\n  again: { action: warm-cache, schedule: off, timeout: 5m, force: true }\n  never: { action: warm-cache, schedule: false }\n`,
    );

    const { jobs } = await load(stage);

    expect([...jobs.values()]).toEqual([
      { name: 'warm-cache', action: 'warm-cache', schedule: undefined, timeout: undefined, settings: {} },
      {
        name: 'again',
        action: 'warm-cache',
        schedule: null,
        timeout: { ms: 300_000, text: '5m' },
        settings: { force: true },
      },
      { name: 'never', action: 'warm-cache', schedule: null, timeout: undefined, settings: {} },
    ]);
  });
});

test('a section whose lines are all comments is an empty one', async () => {
  const stage = await openStage();
  stage.write('blogctl.yaml', `${database}\nblog:\n  # name: x\nstate:\njobs:\n`);

  await expect(load(stage)).resolves.toMatchObject({ blog: { name: 'blog' }, state: { keepRuns: { text: '90d' } } });
});

test('an address that is nothing is not left to the environment', async () => {
  const stage = await openStage({ variables: { IZONE_MYSQL_HOST: 'db' } });

  expect(await problemsIn(stage, 'database:\n')).toEqual([
    'database: expected the address of a database, got nothing (blogctl.yaml:1)',
  ]);
});

test('all problems are told at once, in the order of the file', async () => {
  const stage = await openStage();

  const problems = await problemsIn(
    stage,
    [
      'jobs:',
      '  warm-cash: {}',
      '  warm-cache:',
      '    schedule: never',
      '    expiry: soon',
      'blog:',
      '  siteId: zero',
      '  timezoen: UTC',
      'database: oracle://x',
      'cache: ${env:NOT_SET_ANYWHERE}',
    ].join('\n'),
  );

  expect(problems.map((line) => /^[\w.-]+(?=:)/.exec(line)?.[0])).toEqual([
    'jobs.warm-cash',
    'jobs.warm-cache.schedule',
    'jobs.warm-cache.expiry',
    'blog.siteId',
    'blog.timezoen',
    'database',
    'cache',
  ]);
  expect(problems.map((line) => /\(blogctl\.yaml:(\d+)\)$/.exec(line)?.[1])).toEqual(['2', '4', '5', '7', '8', '9', '10']);
});

describe('an address', () => {
  test.each([
    ['database: oracle://scott:tiger@host/x', /^database: expected sqlite:.*another form of "oracle:…" \(blogctl\.yaml:1\)$/],
    ['database: mysql://:geheim@host/x', /^database: the address names no user/],
    ['database: mysql://blog:geheim@host/', /^database: the address names no database/],
    ['database: "sqlite::memory:"', /^database: a database in memory holds no blog/],
    ['database: sqlite:a.db\ncache: memcached://user:geheim@x', /^cache: expected a cache address.*\(blogctl\.yaml:2\)$/],
    ['database: sqlite:a.db\nstate: { database: nowhere }', /^state\.database: expected sqlite:.*\(blogctl\.yaml:2\)$/],
  ])('%s is told without what may be a password', async (text, expected) => {
    const stage = await openStage();

    const problems = await problemsIn(stage, text);

    expect(problems).toEqual([expect.stringMatching(expected)]);
    expect(problems.join()).not.toMatch(/tiger|geheim/);
  });

  test('in the wrong place is told without its password, however long it is', async () => {
    const stage = await openStage();
    const secret = 'geheim'.repeat(20);

    const problems = await problemsIn(
      stage,
      `${database}\nblog:\n  timezone: mysql://blog:${secret}@127.0.0.1/izone\njobs: "redis://:${secret}@127.0.0.1"\n`,
    );

    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('geheim');
  });
});
