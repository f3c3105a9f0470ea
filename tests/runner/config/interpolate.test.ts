import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpolate } from '../../../src/runner/config/interpolate.ts';
import { parseDatabaseUrl } from '../../../src/resources/database/url.ts';
import { load, openStage, problemsIn } from '../stage.ts';

/** Fills in one text with these variables. */
async function fill(text: unknown, variables: Record<string, string> = {}): Promise<ReturnType<typeof interpolate>> {
  const stage = await openStage({ variables });
  return interpolate(text, stage.host);
}

describe('${env:NAME}', () => {
  test('becomes the variable’s value, in lists and mappings too', async () => {
    const { value, environmentNames } = await fill({ a: ['x-${env:ONE}-${env:TWO}', 7, null, true] }, { ONE: '1', TWO: '2' });

    expect(value).toEqual({ a: ['x-1-2', 7, null, true] });
    expect(environmentNames).toEqual(['ONE', 'TWO']);
  });

  test('never becomes structure, and is not filled in twice', async () => {
    const { value } = await fill({ a: '${env:ONE}' }, { ONE: '{ b: ${env:TWO} }\n- c', TWO: 'no' });

    expect(value).toEqual({ a: '{ b: ${env:TWO} }\n- c' });
  });

  test('leaves a value with two dollars as it is', async () => {
    const { value } = await fill('${env:ONE}', { ONE: 'a$${b' });

    expect(value).toBe('a$${b');
  });

  test('may be empty, but must be set and have a proper name', async () => {
    const { value, problems } = await fill({ a: '${env:EMPTY}', b: '${env:UNSET}', c: ['${env:a b}'] }, { EMPTY: '' });

    expect(value).toEqual({ a: '', b: '', c: [''] });
    expect(problems).toEqual([
      { path: ['b'], message: 'the environment variable UNSET is not set' },
      { path: ['c', 0], message: '"a b" is no name of an environment variable' },
    ]);
  });

  test('with two dollars before it is the text itself', async () => {
    const { value, environmentNames } = await fill('$${env:NAME} and $${file:/x}');

    expect(value).toBe('${env:NAME} and ${file:/x}');
    expect(environmentNames).toEqual([]);
  });

  test('is told with its line where it is not set, and told once', async () => {
    const stage = await openStage();

    const problems = await problemsIn(stage, 'database: sqlite:a.db\nblog:\n  timezone: ${env:UNSET}\ncache: ${env:UNSET}\n');

    expect(problems).toEqual([
      'blog.timezone: the environment variable UNSET is not set (blogctl.yaml:3)',
      'cache: the environment variable UNSET is not set (blogctl.yaml:4)',
    ]);
  });
});

describe('${file:/path}', () => {
  test.each([
    ['geheim\n', 'geheim'],
    ['geheim\r\n', 'geheim'],
    ['geheim\n\n', 'geheim\n'],
    [' geheim ', ' geheim '],
    ['', ''],
  ])('becomes the text of the file %j without the newline at its end', async (text, expected) => {
    const stage = await openStage();
    const path = stage.write('secret', text);

    const { value, problems } = interpolate(`\${file:${path}}`, stage.host);

    expect(value).toBe(expected);
    expect(problems).toEqual([]);
  });

  test('is told where the file is not there, is a folder, or its path is not absolute', async () => {
    const stage = await openStage();

    const { problems } = interpolate(['${file:/no/such}', `\${file:${stage.folder}}`, '${file:secret}'], stage.host);

    expect(problems.map((problem) => problem.message)).toEqual([
      "the secret's file /no/such is not there",
      expect.stringContaining(`the secret's file ${stage.folder} EISDIR`),
      '${file:…} needs an absolute path, got "secret"',
    ]);
  });
});

describe('in an address', () => {
  test('a password is given as it is: the user part is percent-encoded', async () => {
    const stage = await openStage({ variables: { DB_USER: 'b@log', DB_PASSWORD: 'p@ss:w/rd' } });
    stage.write('blogctl.yaml', 'database: mysql://${env:DB_USER}:${env:DB_PASSWORD}@127.0.0.1:3306/izone\n');

    const config = await load(stage);

    expect(config.database).toBe('mysql://b%40log:p%40ss%3Aw%2Frd@127.0.0.1:3306/izone');
    expect(parseDatabaseUrl(config.database, '/')).toMatchObject({ user: 'b@log', password: 'p@ss:w/rd', host: '127.0.0.1' });
  });

  test('what stands behind the user part is left alone', async () => {
    const { value } = await fill('sqlite:${env:PATH_TO}', { PATH_TO: '/srv/a b/@x.db' });
    const server = await fill('mysql://u:p@${env:HOST}/${env:NAME}', { HOST: 'db.example.test:3307', NAME: 'izone' });

    expect(value).toBe('sqlite:/srv/a b/@x.db');
    expect(server.value).toBe('mysql://u:p@db.example.test:3307/izone');
  });

  test('any password comes through to the driver as it was', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (password) => {
        const { value } = interpolate('postgres://blog:${env:P}@h/izone', {
          variables: { P: password },
        } as unknown as Parameters<typeof interpolate>[1]);

        expect(parseDatabaseUrl(String(value), '/')).toMatchObject({ password });
      }),
    );
  });
});

describe('secrets', () => {
  test('are the values of files, of user parts, and of variables with a telling name', async () => {
    const stage = await openStage({
      variables: { WHO: 'alice', HOST: 'db.test', SMTP_PASSWORD: 'smtp-pw', API_TOKEN: 'tok', ZONE: 'UTC' },
    });
    const path = stage.write('secret', 'from-file\n');

    const { secrets } = interpolate(
      { a: 'mysql://${env:WHO}:x@${env:HOST}/d', b: '${env:SMTP_PASSWORD}', c: `\${file:${path}}`, d: '${env:API_TOKEN} ${env:ZONE}' },
      stage.host,
    );

    expect(secrets).toEqual(['alice', 'smtp-pw', 'from-file', 'tok']);
  });

  test('of a configuration are all there: placeholders and passwords that stand in addresses, in both forms', async () => {
    const stage = await openStage({ variables: { REDIS_PASSWORD: 'redis-pw' } });
    stage.write(
      'blogctl.yaml',
      [
        'database: mysql://blog:p%40ss@127.0.0.1/izone',
        'cache: redis://:${env:REDIS_PASSWORD}@127.0.0.1/0',
        'state: { database: "postgres://state:state-pw@127.0.0.1/x" }',
      ].join('\n'),
    );

    const { secrets } = await load(stage);

    expect(new Set(secrets)).toEqual(new Set(['redis-pw', 'p%40ss', 'p@ss', 'state-pw']));
  });

  test('a password behind the question mark of a Redis address is one, too', async () => {
    const stage = await openStage();
    stage.write('blogctl.yaml', 'database: sqlite:a.db\ncache: redis://127.0.0.1/0?password=quer%40y-pw\n');

    const { secrets } = await load(stage);

    expect(new Set(secrets)).toEqual(new Set(['quer%40y-pw', 'quer@y-pw']));
  });

  test('never stand in a message, whatever else is wrong', async () => {
    const stage = await openStage({ variables: { DB_PASSWORD: 'geheim-pw' } });
    const path = stage.write('secret', 'geheim-file');

    const problems = await problemsIn(
      stage,
      [
        'database: mysql://blog:${env:DB_PASSWORD}@127.0.0.1:port/izone',
        `cache: redis://:\${file:${path}}@127.0.0.1:port/0`,
        'blog: { timezone: "${env:DB_PASSWORD}" }',
        'jobs: { warm-cache: { expiry: "${env:DB_PASSWORD}", schedule: "${env:DB_PASSWORD}" }, x: { action: "${env:DB_PASSWORD}" } }',
      ].join('\n'),
    );

    expect(problems).toHaveLength(6);
    expect(problems.join('\n')).not.toContain('geheim');
  });
});
