import { describe, expect, test } from 'vitest';
import type { Host } from '../../src/core/host.ts';
import type { LogLevel } from '../../src/core/log.ts';
import { createRedactor } from '../../src/core/redact.ts';
import type { GeneralFlags } from '../../src/runner/command.ts';
import { openConsole, paletteFor, type Console } from '../../src/runner/console.ts';
import { testHost, type TestHost } from '../helpers/host.ts';
import { noFlags } from './stage.ts';

/** A console on a machine of one's own. */
async function open(
  flags: Partial<GeneralFlags> = {},
  machine: Partial<Host> = {},
  ...secrets: string[]
): Promise<{ console: Console; host: TestHost }> {
  const host = testHost(machine);
  const redactor = createRedactor();
  redactor.add(secrets);
  return { host, console: await openConsole(host, { ...noFlags, ...flags }, redactor) };
}

describe('the log', () => {
  test.each<[string, Partial<GeneralFlags>, boolean, LogLevel[]]>([
    ['under cron', {}, false, ['warn', 'error']],
    ['on a terminal', {}, true, ['info', 'warn', 'error']],
    ['with --verbose', { verbose: true }, false, ['debug', 'info', 'warn', 'error']],
    ['with --quiet', { quiet: true }, true, ['error']],
    ['with --quiet and --verbose', { quiet: true, verbose: true }, true, ['error']],
  ])('%s shows its levels', async (_, flags, stderrIsTerminal, shown) => {
    const { console, host } = await open(flags, { stderrIsTerminal });

    for (const level of ['debug', 'info', 'warn', 'error'] as const) console.log[level](`a ${level}`);

    expect(host.stderr()).toBe(shown.map((level) => `${level.padEnd(5)} a ${level}\n`).join(''));
    expect(host.stdout()).toBe('');
  });

  test('has its facts behind the text, quoted where they have blanks', async () => {
    const { console, host } = await open();

    console.log.warn('link broken', {
      url: 'https://x.test',
      title: 'a "b" c',
      status: 404,
      ok: false,
      none: null,
      no: undefined,
    });

    expect(host.stderr()).toBe(
      'warn  link broken url=https://x.test title="a \\"b\\" c" status=404 ok=false none=null\n',
    );
  });

  test('has no control character and no secret in it, nor has what is recorded', async () => {
    const { console, host } = await open({}, {}, 'geheim');

    console.log.warn('t\x1b[2Jitle\r', { password: 'geheim', address: 'mysql://u:other@h/x', c: 'a\u202eb' });

    const line = 't[2Jitle password=*** address=mysql://u:***@h/x c=ab';
    expect(host.stderr()).toBe(`warn  ${line}\n`);
    expect(console.lines()).toEqual([`warn ${line}`]);
  });

  test('is recorded whatever is shown, but for what is told for finding faults', async () => {
    const { console, host } = await open({ quiet: true });

    console.log.debug('d');
    console.log.info('i');
    console.log.error('e');

    expect(console.lines()).toEqual(['info i', 'error e']);
    expect(host.stderr()).toBe('error e\n');
  });

  test('is recorded by its last 200 lines', async () => {
    const { console } = await open();

    for (let line = 1; line <= 205; line++) console.log.info(`line ${line}`);

    expect(console.lines()).toHaveLength(200);
    expect(console.lines()[0]).toBe('info line 6');
    expect(console.lines().at(-1)).toBe('info line 205');
  });
});

describe('what is said', () => {
  test('goes to standard output, failures to standard error, neither with a secret', async () => {
    const { console, host } = await open({}, {}, 'geheim');

    console.say('done with geheim');
    console.fail('failed with geheim');

    expect(host.stdout()).toBe('done with ***\n');
    expect(host.stderr()).toBe('failed with ***\n');
  });

  test('with --quiet is only what failed', async () => {
    const { console, host } = await open({ quiet: true });

    console.say('done');
    console.fail('failed');

    expect(host.stdout()).toBe('');
    expect(host.stderr()).toBe('failed\n');
  });

  test('of a failure has no control character: a server may have written it', async () => {
    const { console, host } = await open();

    console.fail('blogctl: failed: \x1b[2J\x1b[Hall is well\r\n  a hint');

    expect(host.stderr()).toBe('blogctl: failed: [2J[Hall is well\n  a hint\n');
  });

  test('takes the bar away first', async () => {
    const { console, host } = await open({}, { stderrIsTerminal: true });

    console.progress.total(2);
    console.say('done');
    console.close();

    expect(host.stderr()).toMatch(/0\/2\r\x1b\[K$/);
  });
});

describe('colours', () => {
  test('are for the stream that has them', async () => {
    const { console, host } = await open({}, { colour: { stdout: true, stderr: false } });

    console.log.error('e');
    console.say(console.out.green('ok'));

    expect(host.stdout()).toBe('\x1b[32mok\x1b[39m\n');
    expect(host.stderr()).toBe('error e\n');
  });

  test('tell levels apart', async () => {
    const { console, host } = await open({}, { colour: { stdout: false, stderr: true } });

    console.log.error('e');
    console.log.warn('w');

    expect(host.stderr()).toBe('\x1b[31merror\x1b[39m e\n\x1b[33mwarn \x1b[39m w\n');
  });

  test('are none where there are none', async () => {
    const palette = await paletteFor(false);

    expect(Object.values(palette).map((paint) => paint('x'))).toEqual(['x', 'x', 'x', 'x', 'x']);
  });
});
