import { describe, expect, test } from 'vitest';
import { openSite } from './site.ts';

const escape = '\u001b[';
const terminal = { tty: true, env: { NO_COLOR: '', TERM: 'xterm' } } as const;
const stackLine = /\n\s+at .+:\d+/;

describe('off a terminal', () => {
  test('stdout is the result and stderr is empty: no colour, no bar, no log', async () => {
    const site = await openSite();

    const result = await site.blogctl(['warm-cache'], { env: { NO_COLOR: '', TERM: 'xterm' } });

    expect(result.stdout).toMatch(/^58 articles rendered and set, 0 already there \([\d.]+ m?s\)\n$/);
    expect(result.stderr).toBe('');
  });

  test('--quiet prints nothing of a success, and of a failure all that matters', async () => {
    const site = await openSite();
    const broken = await openSite({ database: 'sqlite:nowhere.db' });

    const good = await site.blogctl(['warm-cache', '--quiet']);
    const bad = await broken.blogctl(['warm-cache', '--quiet']);

    expect(good).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(bad).toMatchObject({ code: 1, stdout: '' });
    expect(bad.stderr).toContain('there is no SQLite file');
  });

  test('--json stays one document beside the log of --verbose, which goes to stderr', async () => {
    const site = await openSite();

    const result = await site.blogctl(['warm-cache', '--json', '--verbose']);

    expect(JSON.parse(result.stdout)).toMatchObject({ job: 'warm-cache', status: 'succeeded' });
    expect(result.stderr).toContain('info  made the cache table');
  });

  test('--verbose shows all changes of a plan, of which there are twenty otherwise', async () => {
    const site = await openSite();

    const short = await site.blogctl(['warm-cache', '--dry-run']);
    const long = await site.blogctl(['warm-cache', '--dry-run', '--verbose']);

    const changes = (text: string): number => text.match(/^would /gm)?.length ?? 0;
    expect(changes(short.stdout)).toBe(20);
    expect(short.stdout).toContain('… and 40 more changes (--verbose shows all)');
    expect(changes(long.stdout)).toBe(60);
  });

  test('a failure shows its stack with --verbose alone, for an action and for a command', async () => {
    const site = await openSite({ database: 'sqlite:nowhere.db' });

    for (const command of ['warm-cache', 'history']) {
      const plain = await site.blogctl([command]);
      const verbose = await site.blogctl([command, '--verbose']);

      expect(plain.stderr).toContain('there is no SQLite file');
      expect(plain.stderr).not.toMatch(stackLine);
      expect(verbose.stderr).toMatch(stackLine);
    }
  });

  test('a failure with --json is one document too', async () => {
    const site = await openSite({ database: 'sqlite:nowhere.db' });

    const action = await site.blogctl(['warm-cache', '--json']);
    const command = await site.blogctl(['history', '--json']);

    expect(JSON.parse(action.stdout)).toMatchObject({ status: 'failed', error: { kind: 'upstream' } });
    expect(JSON.parse(command.stdout)).toMatchObject({ error: { kind: 'upstream' } });
  });
});

describe('on a terminal', () => {
  test('there are a bar, the log of what goes on and colours, and the bar is gone at the end', async () => {
    const site = await openSite();

    const { code, stdout } = await site.blogctl(['warm-cache'], terminal);

    expect(code).toBe(0);
    expect(stdout).toMatch(/\r\u001b\[K(\[[#-]{30}\] \d+\/\d+|\d+ done)/);
    expect(stdout).toContain(`${escape}2minfo `);
    expect(stdout.split('\r\u001b[K').at(-1)).toMatch(/^58 articles rendered and set/);
  });

  test.each([
    { how: 'NO_COLOR', env: { NO_COLOR: '1', TERM: 'xterm' }, flags: [], bar: true },
    { how: '--no-color', env: { NO_COLOR: '', TERM: 'xterm' }, flags: ['--no-color'], bar: true },
    { how: 'TERM=dumb', env: { NO_COLOR: '', TERM: 'dumb' }, flags: [], bar: false },
  ])('$how takes the colours away', async ({ env, flags, bar }) => {
    const site = await openSite();

    const { code, stdout } = await site.blogctl(['warm-cache', ...flags], { tty: true, env });

    expect(code).toBe(0);
    expect(stdout).toContain('made the cache table');
    expect(stdout).not.toMatch(/\u001b\[\d*m/);
    expect(stdout.includes(`\r${escape}K`)).toBe(bar);
  });

  test('--quiet shows neither bar nor log nor result', async () => {
    const site = await openSite();

    const { code, stdout } = await site.blogctl(['warm-cache', '--quiet'], terminal);

    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });

  test('a job that is run by hand answers; cron gets none', async () => {
    const site = await openSite();

    const person = await site.blogctl(['run', 'warm-cache'], terminal);
    const cron = await site.blogctl(['run', 'warm-cache']);

    expect(person.stdout).toContain('58 articles rendered and set');
    expect(cron).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  test('a table takes 80 columns where the terminal does not tell its width', async () => {
    const site = await openSite();
    await site.blogctl(['warm-cache']);

    const { stdout } = await site.blogctl(['history'], terminal);

    const widths = stdout.split('\r\n').map((line) => line.length);
    expect(Math.max(...widths)).toBe(80);
  });
});
