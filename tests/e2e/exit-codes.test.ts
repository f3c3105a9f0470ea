import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeWithServer } from '../helpers/servers/availability.ts';
import { useRedis } from '../helpers/servers/use.ts';
import { installCopy } from './installed-copy.ts';
import { openSite } from './site.ts';
import { useSlowRedis } from './slow-redis.ts';

const stackLine = /\n\s+at .+:\d+/;

describe('the exit code', () => {
  test('is 0 for a run that did its work, and for one that had nothing to do', async () => {
    const site = await openSite();

    const first = await site.blogctl(['warm-cache']);
    const second = await site.blogctl(['warm-cache']);

    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^58 articles rendered and set, 0 already there \(.+\)\n$/);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toMatch(/^0 articles rendered and set, 58 already there/);
  });

  test('is 1 where the work fails, and the failure is recorded nowhere but where records can be', async () => {
    const site = await openSite({ database: 'sqlite:nowhere.db' });

    const result = await site.blogctl(['warm-cache']);

    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toContain(`blogctl: warm-cache failed: there is no SQLite file ${site.folder}/nowhere.db`);
    expect(result.stderr).not.toMatch(stackLine);
  });

  test.each([
    { what: 'an unknown command', args: ['warm-cahce'], said: 'warm-cache' },
    { what: 'an unknown flag', args: ['warm-cache', '--forse'], said: '--force' },
    { what: 'a value that a flag refuses', args: ['warm-cache', '--concurrency', '0'], said: '--concurrency' },
    { what: 'a time-out that is none', args: ['warm-cache', '--timeout', 'soon'], said: '--timeout' },
    { what: 'an unknown job', args: ['run', 'warm-cahce'], said: 'warm-cache' },
    { what: 'a job that is not named', args: ['run'], said: 'job' },
    { what: 'an unknown subcommand', args: ['install', 'shwo'], said: 'show' },
    { what: 'an unknown status', args: ['history', '--status', 'bad'], said: '--status' },
    { what: 'a limit that is none', args: ['history', '--limit', '-1'], said: '--limit' },
    { what: 'a time that is none', args: ['history', '--since', 'soon'], said: '--since' },
  ])('is 2 for $what, with the way out in the message', async ({ args, said }) => {
    const site = await openSite();

    const result = await site.blogctl(args);

    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(/^blogctl: /);
    expect(result.stderr).toContain(said);
    expect(result.stderr).not.toMatch(stackLine);
  });

  test('comes with one JSON document where that is wanted, for an unknown flag, too', async () => {
    const site = await openSite();

    const result = await site.blogctl(['warm-cache', '--forse', '--json']);

    const error = { kind: 'usage', message: "unknown option '--forse'", hint: 'Did you mean --force?' };
    expect(result.code).toBe(2);
    expect(JSON.parse(result.stdout)).toEqual({ error });
    expect(result.stderr).toBe("blogctl: unknown option '--forse'\n  Did you mean --force?\n");
  });

  test('is 3 with --exit-code where something changed or would change, and 0 where nothing did', async () => {
    const site = await openSite();

    const planned = await site.blogctl(['warm-cache', '--dry-run', '--exit-code']);
    const done = await site.blogctl(['run', 'warm-cache', '--exit-code']);
    const again = await site.blogctl(['warm-cache', '--exit-code']);
    const finding = await site.blogctl(['warm-cache', '1', 'no-such-slug', '--exit-code']);

    expect([planned, done, again, finding].map(({ code }) => code)).toEqual([3, 3, 0, 3]);
    expect(finding.stdout).toContain('! article no-such-slug: there is no article of this id or slug');
  });

  test('is 70 for a bug in an action, which is recorded and shows its stack with --verbose alone', async () => {
    const site = await openSite({ jobs: '{ broken: {} }' });
    const { launcher, actions } = installCopy(join(site.folder, 'copy'));
    const planted = "run: async () => { throw new TypeError('planted') }";
    writeFileSync(
      join(actions, 'broken.cjs'),
      `module.exports = { default: { ...require('./warm-cache.cjs').default, ${planted} } };`,
    );

    const plain = await site.blogctl(['broken'], { launcher });
    const verbose = await site.blogctl(['broken', '--verbose'], { launcher });

    expect(plain).toMatchObject({ code: 70, stdout: '' });
    expect(plain.stderr).toContain('blogctl: broken failed: planted\n  This is a bug in blogctl.');
    expect(plain.stderr).not.toMatch(stackLine);
    expect(verbose.code).toBe(70);
    expect(verbose.stderr).toMatch(/TypeError: planted\n\s+at .+broken\.cjs:1/);
    const history = await site.json(['history'], { launcher });
    const bug = { job: 'broken', status: 'failed', error: { kind: 'bug', message: 'planted' } };
    expect(history).toMatchObject({ runs: [bug, bug] });
  });
});

describeWithServer('redis', 'the exit code of a run that is stopped', () => {
  const redis = useRedis();
  const line = useSlowRedis(redis);
  const slowly = { jobs: '{ warm-cache: { concurrency: 1, force: true } }' };

  test.each([
    { signal: 'SIGINT', code: 130 },
    { signal: 'SIGTERM', code: 143 },
  ] as const)('is $code for $signal, and the record says so', async ({ signal, code }) => {
    const site = await openSite({ cache: line().url, ...slowly });
    line().slowDown();

    const running = site.start(['warm-cache']);
    await line().reached();
    running.kill(signal);
    const result = await running.ended;

    expect(result).toMatchObject({ code, signal: null, stdout: '' });
    expect(result.stderr).toContain(`blogctl: warm-cache was interrupted: interrupted by ${signal}`);
    expect(result.stderr).not.toMatch(stackLine);
    expect(await site.runs()).toMatchObject([{ status: 'interrupted', error: { kind: 'interrupted' } }]);
  });

  test('is 124 where it takes longer than its time-out, from the flag or from the configuration', async () => {
    const flagged = await openSite({ cache: line().url, ...slowly });
    const configured = await openSite({
      cache: line().url,
      jobs: '{ warm-cache: { concurrency: 1, force: true, timeout: 1s } }',
    });
    line().slowDown();

    const results = await Promise.all([
      flagged.blogctl(['warm-cache', '--timeout', '1s']),
      configured.blogctl(['run', 'warm-cache', '--scheduled']),
    ]);

    for (const result of results) {
      expect(result).toMatchObject({ code: 124, stdout: '' });
      expect(result.stderr).toContain('warm-cache timed out: the run took longer than its time-out of 1s');
    }
    expect(await flagged.runs()).toMatchObject([{ status: 'timed out' }]);
  });

  test('is 124 even where the server says nothing any more', async () => {
    const site = await openSite({ cache: redis().url });
    redis().pause();

    const result = await site.blogctl(['warm-cache', '--timeout', '1s']).finally(() => redis().resume());

    expect(result.code).toBe(124);
    expect(await site.runs()).toMatchObject([{ status: 'timed out' }]);
  });

  test('is 75 beside another run, which says so to a person and nothing to cron; both are recorded', async () => {
    const site = await openSite({ cache: line().url, ...slowly });
    line().slowDown();
    const running = site.start(['warm-cache']);
    await line().reached();

    const byHand = await site.blogctl(['warm-cache']);
    const byCron = await site.blogctl(['run', 'warm-cache', '--scheduled']);
    line().letGo();
    const first = await running.ended;

    expect(byHand).toMatchObject({ code: 75, stdout: '' });
    expect(byHand.stderr).toContain('warm-cache is already running on this database; this run was skipped');
    expect(byCron).toMatchObject({ code: 75, stdout: '', stderr: '' });
    expect(first.code).toBe(0);
    const statuses = (await site.runs()).map(({ status }) => status);
    expect(statuses).toEqual(['skipped', 'skipped', 'succeeded']);
  });
});
