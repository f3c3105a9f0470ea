import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import runCommand from '../../src/actions/run-command.ts';
import { InterruptedError } from '../../src/core/errors.ts';
import { describeBlog, emptyBlog, useBlog } from '../helpers/blog.ts';
import { runAction, type RunOptions, type TestRun } from '../helpers/run.ts';
import { temporaryFolder } from '../helpers/servers/temporary-folder.ts';

describeBlog('sqlite', 'run-command', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder('command');
  });
  afterAll(() => folder.remove());
  const run = (command: readonly string[], more: Partial<RunOptions> = {}): Promise<TestRun> =>
    runAction(runCommand, {
      blog: blog(),
      job: 'nightly-dump',
      settings: { command },
      config: { folder: folder.path },
      host: { variables: { PATH: '/usr/bin:/bin' } },
      ...more,
    });
  const sh = (script: string, more: Partial<RunOptions> = {}): Promise<TestRun> => run(['/bin/sh', '-c', script], more);

  test("starts the program in the configuration's folder, with the names of job and blog", async () => {
    const report = await sh('echo "$BLOGCTL_JOB $BLOGCTL_BLOG $PATH" > here.txt; echo said');

    expect(report).toMatchObject({ status: 'succeeded', summary: '/bin/sh is done', counts: { runs: 1 } });
    expect(report.changes).toEqual([
      { what: 'run', target: `/bin/sh -c 'echo "$BLOGCTL_JOB $BLOGCTL_BLOG $PATH" > here.txt; echo said'` },
    ]);
    expect(readFileSync(join(folder.path, 'here.txt'), 'utf8')).toBe('nightly-dump test-blog /usr/bin:/bin\n');
  });

  test('what it said stands in the record', async () => {
    await sh('echo one; echo 二 >&2');

    const rows = await blog().query.selectFrom('blogctl_run').select('log').orderBy('id', 'desc').execute();
    expect(rows[0]?.log).toMatch(/one\n.*二/s);
  });

  test('fails with the exit code and the last lines of what it said, without control characters', async () => {
    const report = await sh(
      'for i in $(seq 100); do echo line $i; done; printf "\\033[2Jthe disk is full\\n" >&2; exit 3',
    );

    expect(report.status).toBe('failed');
    const lines = report.error?.message.split('\n') ?? [];
    expect(lines[0]).toBe('/bin/sh failed: exit code 3');
    expect(lines).toHaveLength(16);
    expect(lines.at(-2)).toBe('  line 100');
    expect(lines.at(-1)).toBe('  [2Jthe disk is full');
    expect(report.thrown).toMatchObject({ kind: 'failed', exitCode: 1 });
  });

  test('one that is stopped leaves its last words in the log', async () => {
    const stop = new AbortController();
    const begun = join(folder.path, 'begun');
    const running = sh(`echo waits for the lock; touch ${begun}; sleep 600`, {
      host: { variables: { PATH: '/usr/bin:/bin' }, signal: stop.signal },
    });
    await expect.poll(() => existsSync(begun)).toBe(true);
    stop.abort(new InterruptedError('SIGTERM'));

    const report = await running;

    expect(report.status).toBe('interrupted');
    expect(report.stderr).toContain('waits for the lock');
  });

  test('a program that is not there, or may not be run', async () => {
    const missing = await run(['/no/such/program']);
    const forbidden = await run(['/etc/passwd']);

    expect(missing.error?.message).toBe('/no/such/program failed: there is no such program');
    expect(forbidden.error?.message).toBe('/etc/passwd failed: it may not be executed by this user');
  });

  test('a secret that it says is struck out', async () => {
    const report = await sh('echo hunter2-hunter2; exit 1', {
      config: { folder: folder.path, secrets: ['hunter2-hunter2'] },
    });

    expect(report.error?.message).toBe('/bin/sh failed: exit code 1\n  ***');
  });

  test('a secret in the midst of a long line leaves no half of itself', async () => {
    const report = await sh('printf "%0495d" 0; echo hunter2-hunter2; exit 1', {
      config: { folder: folder.path, secrets: ['hunter2-hunter2'] },
    });

    expect(report.error?.message).toMatch(/ 0{495}\*\*\*$/);
    expect(JSON.stringify([report.error, report.stderr])).not.toContain('hunter');
  });

  test('of a line that is written over again and again the last state is told', async () => {
    const report = await sh('printf "10%%\\r20%%\\r30%%\\nno space left\\r\\n"; exit 1');

    expect(report.error?.message).toBe('/bin/sh failed: exit code 1\n  30%\n  no space left');
  });

  test('without a program it says what to write', async () => {
    const report = await run([]);

    expect(report).toMatchObject({
      status: 'failed',
      error: { kind: 'configuration', message: 'nightly-dump names no program to run' },
    });
    expect(report.thrown).toMatchObject({ exitCode: 2 });
  });

  test('a dry run says what would be started, and starts nothing', async () => {
    const report = await run(['/usr/bin/touch', 'a b.txt'], { dryRun: true });

    expect(report.changes).toEqual([{ what: 'run', target: "/usr/bin/touch 'a b.txt'" }]);
    expect(report.summary).toBe('/usr/bin/touch would be run');
    expect(existsSync(join(folder.path, 'a b.txt'))).toBe(false);
  });

  test('two jobs run at the same time, one job never does', async () => {
    const go = `${folder.path}/go`;
    const wait = `echo x >> ${folder.path}/started; while [ ! -e ${go} ]; do sleep 0.02; done`;
    const first = sh(wait, { job: 'one' });
    while (!existsSync(`${folder.path}/started`)) await new Promise((resolve) => setTimeout(resolve, 10));

    const same = await sh('true', { job: 'one' });
    const other = await sh(`touch ${go}`, { job: 'two' });

    expect(other.status).toBe('succeeded');
    expect((await first).status).toBe('succeeded');
    expect(same).toMatchObject({
      status: 'skipped',
      error: { kind: 'locked', message: expect.stringMatching(/^one is already running/) },
    });
  });
});
