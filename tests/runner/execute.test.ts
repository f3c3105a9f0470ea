import { beforeEach, describe, expect, test } from 'vitest';
import { UpstreamError } from '../../src/core/errors.ts';
import type { RunReport } from '../../src/core/outcome.ts';
import { emptyBlog, useBlog } from '../helpers/blog.ts';
import { actionThat, dropOwnTables, recordsOf, runJobOf } from './job.ts';

const blog = useBlog(() => emptyBlog('sqlite'));

beforeEach(async () => {
  await dropOwnTables(blog());
});

const changing = actionThat(async ({ change }) => {
  await change({ what: 'set', target: 'a key' }, async () => undefined);
  return { summary: '1 key set', counts: { set: 1 } };
});
const remembering = actionThat(async ({ change }) => {
  await change({ what: 'keep', target: 'blogctl_check' }, async () => undefined);
  return { summary: '1 looked at', counts: { checked: 1 } };
});
const idle = actionThat(async () => ({ summary: 'nothing to do', counts: { set: 0 } }));

describe('a bug', () => {
  const buggy = actionThat(async () => {
    throw new TypeError('x is not a function', { cause: new RangeError('deep down') });
  });

  test('ends with 70 and says that it is one, without a stack', async () => {
    const { code, stderr } = await runJobOf(blog(), { action: buggy });

    expect(code).toBe(70);
    expect(stderr).toBe(
      'blogctl: test failed: x is not a function\n  This is a bug in blogctl. --verbose shows where it happened.\n',
    );
  });

  test('with --verbose shows where, and what caused it', async () => {
    const { stderr } = await runJobOf(blog(), { action: buggy, flags: { verbose: true } });

    expect(stderr).toMatch(/TypeError: x is not a function\n\s+at /);
    expect(stderr).toMatch(/caused by RangeError: deep down\n\s+at /);
  });

  test('is recorded as one', async () => {
    await runJobOf(blog(), { action: buggy });

    const [record] = await recordsOf(blog());
    expect(record).toMatchObject({ status: 'failed' });
    expect(JSON.parse(String(record?.['error']))).toEqual({ kind: 'bug', message: 'x is not a function' });
  });
});

describe('a secret', () => {
  const secrets = ['geheim-pw', 'p@ss:w/rd'];
  const leaky = actionThat(async ({ change, log }) => {
    log.warn('connecting', { url: 'mysql://u:geheim-pw@h/x', password: 'p@ss:w/rd' });
    await change(
      { what: 'set', target: 'key geheim-pw', before: 'geheim-pw', after: 'p@ss:w/rd' },
      async () => undefined,
    );
    return {
      summary: 'done with geheim-pw',
      counts: { done: 1 },
      findings: [{ kind: 'odd', target: 'geheim-pw', message: `p@ss:w/rd and ${encodeURIComponent('p@ss:w/rd')}` }],
    };
  });
  const failing = actionThat(async () => {
    throw new UpstreamError('refused geheim-pw', { hint: 'Change p@ss:w/rd.', cause: new Error('p@ss:w/rd') });
  });

  test.each([
    ['a success', leaky, {}],
    ['a success, as JSON', leaky, { json: true }],
    ['a dry run', leaky, { dryRun: true, verbose: true }],
    ['a failure', failing, { verbose: true }],
    ['a failure, as JSON', failing, { json: true }],
  ])('of the configuration stands nowhere in what is told and recorded of %s', async (_, action, flags) => {
    const { stdout, stderr } = await runJobOf(blog(), { action, flags, config: { secrets } });

    const all = stdout + stderr + JSON.stringify(await recordsOf(blog()));
    expect(all).toContain('***');
    for (const secret of ['geheim-pw', 'p@ss', 'w/rd', 'p%40ss']) expect(all).not.toContain(secret);
  });
});

describe('--json', () => {
  test('prints one document of a success, and nothing else', async () => {
    const { stdout, stderr } = await runJobOf(blog(), { action: changing, flags: { json: true } });

    expect(JSON.parse(stdout)).toEqual({
      job: 'test',
      action: 'test-action',
      dryRun: false,
      status: 'succeeded',
      summary: '1 key set',
      counts: { set: 1 },
      changes: [{ what: 'set', target: 'a key' }],
      findings: [],
      startedAt: '2026-03-18T06:05:09.000Z',
      durationMs: expect.any(Number) as number,
      error: null,
    } satisfies RunReport);
    expect(stderr).toBe('');
  });

  test('prints one document of a failure, beside the words on standard error', async () => {
    const action = actionThat(async () => {
      throw new UpstreamError('it is down', { hint: 'Wait.' });
    });

    const { code, stdout, stderr } = await runJobOf(blog(), { action, flags: { json: true } });

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'failed',
      error: { kind: 'upstream', message: 'it is down', hint: 'Wait.' },
    });
    expect(stderr).toContain('blogctl: test failed: it is down\n');
  });

  test('prints one document of a run that was skipped', async () => {
    const nested: { stdout: string }[] = [];
    const action = actionThat(async () => {
      nested.push(await runJobOf(blog(), { action: idle, flags: { json: true } }));
    });

    await runJobOf(blog(), { action });

    expect(JSON.parse(nested[0]?.stdout ?? '')).toMatchObject({ status: 'skipped', error: { kind: 'locked' } });
  });
});

describe('the exit code', () => {
  test.each([
    ['with changes', changing, {}, 0],
    ['with changes and --exit-code', changing, { exitCode: true }, 3],
    ['with planned changes and --exit-code', changing, { exitCode: true, dryRun: true }, 3],
    ['with changes to its own records alone and --exit-code', remembering, { exitCode: true }, 0],
    ['with nothing to do and --exit-code', idle, { exitCode: true }, 0],
    [
      'with findings and --exit-code',
      actionThat(async () => ({ summary: '', counts: {}, findings: [{ kind: 'k', target: 't', message: 'm' }] })),
      { exitCode: true },
      3,
    ],
  ])('of a success %s', async (_, action, flags, expected) => {
    expect(await runJobOf(blog(), { action, flags })).toMatchObject({ code: expected });
  });
});

describe('what is said', () => {
  test('by hand is the result', async () => {
    const { stdout, stderr } = await runJobOf(blog(), { action: changing });

    expect(stdout).toMatch(/^1 key set \(0\.\d s\)\n$/);
    expect(stderr).toBe('');
  });

  test.each([
    ['with --quiet', { flags: { quiet: true } }],
    ['under cron', { isScheduled: true, isSilent: true }],
  ])('%s is nothing where it succeeds', async (_, more) => {
    expect(await runJobOf(blog(), { action: changing, ...more })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('by hand has the warnings of the configuration, under cron it has not', async () => {
    const config = { warnings: ['the file may be read by everybody'] };

    const byHand = await runJobOf(blog(), { action: idle, config });
    const byCron = await runJobOf(blog(), { action: idle, config, isScheduled: true, isSilent: true });

    expect(byHand.stderr).toBe('warn  the file may be read by everybody\n');
    expect(byCron.stderr).toBe('');
  });

  test('of a run that finds another at work is told by hand, with 75', async () => {
    let inner = { code: 0, stderr: '' };
    const action = actionThat(async () => {
      inner = await runJobOf(blog(), { action: idle });
    });

    await runJobOf(blog(), { action });

    expect(inner.code).toBe(75);
    expect(inner.stderr).toContain('blogctl: test was skipped: test-action is already running on this database');
  });
});

describe('resources', () => {
  test('are those that were declared and no others', async () => {
    const names: string[] = [];
    const action = actionThat(async (context) => void names.push(...Object.keys(context)));

    await runJobOf(blog(), { action: { ...action, uses: ['db'] } });

    expect(names).toContain('db');
    expect(names).not.toContain('cache');
  });

  test('are opened when they are asked for: a cache that is down harms nobody who does not', async () => {
    const config = { cache: 'redis://127.0.0.1:1/0' };
    const asking = actionThat(async ({ cache }) => void (await cache()));

    expect(await runJobOf(blog(), { action: idle, config })).toMatchObject({ code: 0 });
    const { code, stderr } = await runJobOf(blog(), { action: asking, config });
    expect(code).toBe(1);
    expect(stderr).toContain('127.0.0.1:1');
  });

  test('that cannot be opened end a run before it begins, in a sentence', async () => {
    const { code, stderr } = await runJobOf({ url: 'sqlite:/no/such/blog.db' }, { action: idle });

    expect(code).toBe(1);
    expect(stderr).toContain('blogctl: test failed: there is no SQLite file /no/such/blog.db\n');
  });

  test('whose table is missing are told by the table and whose it is', async () => {
    const action = actionThat(async ({ db }) => {
      await blog().rows('drop table if exists blog_feedhub');
      await (await db()).query.selectFrom('blog_feedhub').selectAll().execute();
    });

    const { code, stderr } = await runJobOf(blog(), { action });

    expect(code).toBe(1);
    expect(stderr).toMatch(/the table blog_feedhub is missing in SQLite file .*; it is one of the blog's own/);
  });

  test('of a run are one and the same for all who ask', async () => {
    const opened: unknown[] = [];
    const action = actionThat(async ({ db }) => void opened.push(...(await Promise.all([db(), db()])), await db()));

    await runJobOf(blog(), { action });

    expect(new Set(opened).size).toBe(1);
  });
});
