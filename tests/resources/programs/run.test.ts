import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProgramCall } from '../../../src/core/programs.ts';
import { openPrograms } from '../../../src/resources/programs/open.ts';
import { temporaryFolder } from '../../helpers/servers/temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder('programs');
});
afterAll(() => folder.remove());

const open = (readOnly = false) =>
  openPrograms({ folder: folder.path, variables: { PATH: '/usr/bin:/bin', FROM_CRON: 'yes' }, readOnly });
const call = (command: readonly string[], more: Partial<ProgramCall> = {}): ProgramCall => ({
  command,
  variables: {},
  timeoutMs: 20_000,
  mostOutputBytes: 4096,
  signal: new AbortController().signal,
  ...more,
});
const run = (command: readonly string[], more: Partial<ProgramCall> = {}) => open().run(call(command, more));
const sh = (script: string, more: Partial<ProgramCall> = {}) => run(['/bin/sh', '-c', script], more);

/** Puts a file into the folder. */
function file(name: string, text: string, mode = 0o755): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

/** Waits until a process is gone; a zombie is. */
async function gone(pid: number): Promise<boolean> {
  for (let waits = 0; waits < 200; waits++) {
    const stat = `/proc/${pid}/stat`;
    if (!existsSync(stat) || / Z /.test(readFileSync(stat, 'utf8'))) return true;
    await sleep(20);
  }
  return false;
}

test('a program gets its arguments as they are, without a shell, and its variables beside those of ours', async () => {
  const words = ['$HOME', 'a b', "it's", '*', '数据'];

  const end = await run(['/bin/sh', '-c', 'echo "$FROM_CRON $OWN"; printf "%s\\n" "$@"', 'sh', ...words], {
    variables: { OWN: '自己' },
  });

  expect(end).toEqual({ isDone: true, reason: 'exit code 0', output: ['yes 自己', ...words].join('\n') });
});

test('a program runs in the folder of the configuration, has nothing to read, and a group of its own', async () => {
  const end = await sh('pwd; cat; test "$$" = "$(ps -o pgid= -p $$ | tr -d " ")" && echo leader');

  expect(end.output).toBe(`${folder.path}\nleader`);
});

test('a relative path is meant from that folder, a bare name from PATH', async () => {
  file('mine.sh', '#!/bin/sh\necho mine\n');

  expect(await run(['./mine.sh'])).toMatchObject({ isDone: true, output: 'mine' });
  expect(await run(['true'])).toMatchObject({ isDone: true });
  expect(await run(['mine.sh'])).toMatchObject({ isDone: false, reason: 'there is no such program' });
});

test('what it writes is kept from the end, in whole lines and without control characters', async () => {
  const short = await sh('printf "\\033[31mred\\r\\n"; echo err >&2');
  const long = await sh('i=0; while [ $i -lt 2000 ]; do echo "数据 line $i"; i=$((i+1)); done', {
    mostOutputBytes: 100,
  });
  const endless = await sh('head -c 1000000 /dev/zero | tr "\\0" x', { mostOutputBytes: 100 });

  expect(short.output.split('\n').sort()).toEqual(['[31mred', 'err']);
  expect(long.output).toMatch(/^数据 line \d{4}\n[\s\S]*数据 line 1999$/);
  expect(Buffer.byteLength(long.output)).toBeLessThanOrEqual(100);
  // Half a secret would not be known for one: of half a line only its length is told.
  const output = '(a line of more than 100 bytes)';
  expect(endless).toEqual({ isDone: true, reason: 'exit code 0', output });
});

test.each([
  ['an exit code', ['/bin/sh', '-c', 'echo out; exit 3'], 'exit code 3', 'out'],
  ['a signal', ['/bin/sh', '-c', 'kill -9 $$'], 'killed by SIGKILL', ''],
  ['a program that is not there', ['/no/such/program'], 'there is no such program', ''],
  ['a folder', ['/tmp'], 'it may not be executed by this user', ''],
])('%s is told', async (_, command, reason, output) => {
  expect(await run(command)).toEqual({ isDone: false, reason, output });
});

test('a file that may not be executed, or whose first line names no program, is told', async () => {
  const plain = file('plain.sh', '#!/bin/sh\n', 0o644);
  const lost = file('lost.sh', '#!/no/such/interpreter\n');
  mkdirSync(join(folder.path, 'sub'));

  expect(await run([plain])).toMatchObject({ isDone: false, reason: 'it may not be executed by this user' });
  expect(await run([lost])).toMatchObject({
    isDone: false,
    reason: 'the program that its first line names is missing',
  });
  expect(await run(['./sub'])).toMatchObject({ isDone: false, reason: 'it may not be executed by this user' });
});

test('one that takes too long is ended with its children, also where they do not heed it', async () => {
  const pids = join(folder.path, 'pids');
  const stubborn = `trap "" TERM; sh -c 'trap "" TERM; echo $$ >> ${pids}; sleep 600' & echo $$ >> ${pids}; echo begun; wait; sleep 600`;

  const end = await sh(stubborn, { timeoutMs: 2000 });

  expect(end).toEqual({ isDone: false, reason: 'stopped after its time-out of 2s', output: 'begun' });
  const all = readFileSync(pids, 'utf8').trim().split('\n').map(Number);
  expect(all).toHaveLength(2);
  for (const pid of all) expect(await gone(pid)).toBe(true);
});

test('one that heeds the signal has time to clean up, and is still told as stopped', async () => {
  const end = await sh('trap "echo cleaned; exit 0" TERM; echo begun; sleep 600 & wait', { timeoutMs: 2000 });

  expect(end).toEqual({ isDone: false, reason: 'stopped after its time-out of 2s', output: 'begun\ncleaned' });
});

test('a run that is told to stop ends its program, and throws the reason', async () => {
  const stop = new AbortController();
  const pidFile = join(folder.path, 'pid');
  const running = sh(`echo $$ > ${pidFile}; sleep 600`, { signal: stop.signal }).catch((error: unknown) => error);
  while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await sleep(10);

  stop.abort(new Error('enough'));

  expect(await running).toEqual(new Error('enough'));
  expect(await gone(Number(readFileSync(pidFile, 'utf8')))).toBe(true);
});

test('a run that was told to stop starts none', async () => {
  const path = join(folder.path, 'never');

  const running = sh(`touch ${path}`, { signal: AbortSignal.abort(new Error('enough')) });

  await expect(running).rejects.toThrow('enough');
  expect(existsSync(path)).toBe(false);
});

test('a child that is left behind on purpose is left alone, and not waited for', async () => {
  const end = await sh('sleep 60 & echo $!');

  const pid = Number(end.output);
  expect(end.isDone).toBe(true);
  expect(existsSync(`/proc/${pid}`)).toBe(true);
  process.kill(pid, 'SIGKILL');
});

test('closing kills what still runs', async () => {
  const programs = open();
  const pidFile = join(folder.path, 'left');
  const running = programs.run(call(['/bin/sh', '-c', `echo $$ > ${pidFile}; exec sleep 600`]));
  while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await sleep(10);

  await programs.close();

  expect(await running).toMatchObject({ isDone: false, reason: 'killed by SIGKILL' });
});

test('in a dry run no program can be started', async () => {
  const path = join(folder.path, 'dry');

  await expect(open(true).run(call(['/bin/touch', path]))).rejects.toThrow('a dry run cannot start a program');
  expect(existsSync(path)).toBe(false);
});
